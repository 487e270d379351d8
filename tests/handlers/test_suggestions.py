"""A form's default is a suggestion: shown with a button, an answer only once it is taken."""

from forms.form import Form
from tests.forms.workbooks import form_of
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.test_answering import answers

WITH_DEFAULTS = """
survey
| type | name | label::العربية (ar) | label::Français (fr) | required | default | constraint | constraint_message::Français (fr) |
| integer | people | كم شخصا؟ | Combien de personnes ? | | 4 | | |
| select_one uses | use | هل تزورونها؟ | Y allez-vous ? | yes | yes | | |
| select_multiple uses | both | ماذا؟ | Lesquels ? | | yes no | | |
| date | since | منذ متى؟ | Depuis quand ? | | 2026-11-01 | | |
| text | bad | كلمة؟ | Un mot ? | | non | . != 'non' | Un autre mot. |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| uses | yes | نعم | Oui |
| uses | no | لا | Non |
settings
| form_id | version | default_language |
| houses | 1 | العربية (ar) |
"""  # noqa: E501 (a table)
TAKE = "Prendre cette réponse"


def the_form() -> Form:
    return form_of(WITH_DEFAULTS)


async def begins(desk: Desk, visitor: Visitor) -> Shown:
    """Arrive and agree: the first question."""
    await desk.opens(the_form())
    await visitor.sends("/start c_houses")
    await visitor.taps("Remplir")
    return await visitor.taps("J’accepte")


async def test_a_suggestion_is_shown_and_taken_with_one_tap(desk: Desk, amina: Visitor) -> None:
    first = await begins(desk, amina)
    said = [first.text, *[(await amina.taps(TAKE)).text for _question in range(4)]]

    assert "Réponse proposée : \u20684\u2069" in said[0]
    assert "Réponse proposée : \u2068Oui\u2069" in said[1]
    assert "Réponse proposée : \u2068Oui, Non\u2069" in said[2]
    assert "Réponse proposée : \u20681er novembre 2026\u2069" in said[3]
    assert await answers(desk) == {
        "people": 4,
        "use": "yes",
        "both": ["yes", "no"],
        "since": "2026-11-01",
    }


async def test_a_suggestion_that_is_passed_over_is_no_answer(desk: Desk, amina: Visitor) -> None:
    await begins(desk, amina)

    await amina.taps("Passer")

    assert await answers(desk) == {"people": None}


async def test_another_answer_takes_the_place_of_the_suggestion(
    desk: Desk, amina: Visitor
) -> None:
    await begins(desk, amina)

    await amina.sends("7")
    again = await amina.taps("Retour")

    assert "Votre réponse : \u20687\u2069" in again.text
    assert "Réponse proposée" not in again.text
    assert "Garder ma réponse" in again.labels
    assert TAKE not in again.labels


async def test_what_was_passed_over_may_still_take_the_suggestion(
    desk: Desk, amina: Visitor
) -> None:
    await begins(desk, amina)
    await amina.taps("Passer")

    again = await amina.taps("Retour")
    await amina.taps(TAKE)

    assert "Garder ma réponse" not in again.labels
    assert await answers(desk) == {"people": 4}


async def test_ticks_hide_the_suggestion(desk: Desk, amina: Visitor) -> None:
    await begins(desk, amina)
    await amina.taps(TAKE)
    await amina.taps(TAKE)

    ticked = await amina.taps("Non")

    assert "Réponse proposée" not in ticked.text
    assert TAKE not in ticked.labels


async def test_a_suggestion_that_the_form_refuses_is_refused_in_its_words(
    desk: Desk, amina: Visitor
) -> None:
    await begins(desk, amina)
    for _question in range(4):
        await amina.taps(TAKE)

    await amina.taps(TAKE)

    assert amina.notices[-1] == "Un autre mot."
    assert "bad" not in await answers(desk)
