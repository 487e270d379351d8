"""What each mode says and keeps; words that name somebody; contact details of minors."""

from typing import Any

import pytest
from sqlalchemy import select

from forms.form import Form
from storage.consultations import Mode
from storage.people import Person
from storage.submissions import Submission
from tests.forms.workbooks import form_of
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.test_answering import answer_all, begin, submissions

CONTACTS = """
survey
| type | name | label::العربية (ar) | label::Français (fr) | required |
| integer | age | كم عمركم؟ | Quel est votre âge ? | |
| text | phone | رقم هاتفكم؟ | Votre numéro de téléphone ? | yes |
| text | email | بريدكم الإلكتروني؟ | Votre adresse électronique ? | |
| text | idea | فكرتكم؟ | Votre idée ? | |
settings
| form_id | version | default_language |
| contacts | 1 | Français (fr) |
"""
AGE_LAST = """
survey
| type | name | label::العربية (ar) | label::Français (fr) |
| text | phone | رقم هاتفكم؟ | Votre numéro de téléphone ? |
| select_one ages | age_group | فئتكم العمرية؟ | Votre tranche d’âge ? |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| ages | 15_17 | من 15 إلى 17 سنة | 15 à 17 ans |
| ages | 18_24 | من 18 إلى 24 سنة | 18 à 24 ans |
settings
| form_id | version | default_language |
| ages | 1 | Français (fr) |
"""


async def arrives(visitor: Visitor, slug: str = "houses") -> Shown:
    await visitor.sends(f"/start c_{slug}")
    return await visitor.taps("Remplir")


async def one(desk: Desk) -> Submission:
    (only,) = await submissions(desk)
    return only


# --- what each mode keeps ----------------------------------------------------------------------


async def test_an_anonymous_answer_keeps_no_person_no_instant_no_pseudonym(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    question = await begin(amina)
    assert "anonyme 🔒" in question.text
    for words in (None, "Pour lire", "34", "2", "23/11/2026"):
        await (amina.taps("Non") if words is None else amina.sends(words))
    await amina.taps("Envoyer")

    row = await one(desk)
    assert (row.person_id, row.submitted_at, row.pseudonym) == (None, None, None)


async def test_a_pseudonym_is_the_same_wherever_this_account_answers_under_it(
    desk: Desk, amina: Visitor, hassan: Visitor, form: Form
) -> None:
    await desk.opens(form, slug="houses", mode=Mode.PSEUDONYMOUS)
    shown = await begin(amina)
    assert "sous un numéro" in shown.text
    await amina.sends("/stop")
    await answer_rest(amina)
    first = await one(desk)
    await desk.opens(form_of(CONTACTS), slug="contacts", mode=Mode.PSEUDONYMOUS)
    await arrives(amina, "contacts")
    await amina.taps("J’accepte")
    for words in ("34", "0612345678", "-", "-"):
        await amina.sends(words)
    await amina.taps("Envoyer")

    both = await submissions(desk)
    assert {row.pseudonym for row in both} == {first.pseudonym}
    assert len(first.pseudonym or "") == 10
    assert first.submitted_at == desk.now
    assert {row.person_id for row in both} == {None}
    assert str(amina.number) not in str(first.pseudonym)


async def answer_rest(amina: Visitor) -> None:
    await amina.sends("/resume")
    await amina.taps("Non")
    for _question in range(4):
        await amina.taps("Passer")
    await amina.taps("Envoyer")


async def test_a_guest_has_a_pseudonym_of_their_own(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await desk.opens(form, slug="houses", mode=Mode.PSEUDONYMOUS)
    await answer_all(amina)
    await amina.taps("Envoyer")
    await amina.taps("Une autre personne", amina.said("code de reçu"))
    await amina.taps("J’accepte")
    await amina.taps("Continuer")
    await amina.taps("Non")
    for _question in range(4):
        await amina.taps("Passer")
    await amina.taps("Envoyer")

    assert len({row.pseudonym for row in await submissions(desk)}) == 2


async def test_an_identified_answer_keeps_its_person_and_its_instant(
    desk: Desk, amina: Visitor, form: Form
) -> None:
    await desk.opens(form, slug="houses", mode=Mode.IDENTIFIED)
    notice = await arrives(amina)
    assert "En votre nom" in notice.text
    shown = await begin(amina)
    assert "en votre nom ✍" in shown.text
    await answer_rest(amina)

    row = await one(desk)
    async with desk.database.reading() as session:
        person = (await session.scalars(select(Person))).one()
    assert (row.person_id, row.submitted_at) == (person.id, desk.now)
    assert row.pseudonym is None


# --- words that name somebody ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Appelez-moi au 06 12 34 56 78", "numéro de téléphone"),
        ("رقمي ٠٦١٢٣٤٥٦٧٨", "numéro de téléphone"),
        ("JC 123456", "carte nationale"),
        ("amina@example.ma", "adresse électronique"),
        ("JC123456 et 0612345678", "disent qui est quelqu’un"),
    ],
)
async def test_words_that_name_somebody_are_asked_again(
    desk: Desk, amina: Visitor, houses: int, words: str, said: str
) -> None:
    await begin(amina)
    await amina.taps("Non")

    again = await amina.sends(words)

    assert again.text.startswith("Cette réponse n’est pas enregistrée, et nous n’en gardons rien.")
    assert said in again.text
    assert "touchez « Passer »" in again.text
    assert "Pourquoi" in again.text
    assert "why" not in (await one(desk)).answers
    await amina.sends("Pour lire")
    assert (await one(desk)).answers["why"] == "Pour lire"


async def test_a_telephone_number_is_no_age(desk: Desk, amina: Visitor, houses: int) -> None:
    await begin(amina)
    await amina.taps("Non")
    await amina.taps("Passer")

    again = await amina.sends("0612345678")

    assert "numéro de téléphone" in again.text
    assert "age" not in (await one(desk)).answers


async def test_a_telephone_number_is_taken_where_it_is_asked_for(
    desk: Desk, amina: Visitor
) -> None:
    await desk.opens(form_of(CONTACTS), slug="houses", mode=Mode.IDENTIFIED)
    await arrives(amina)
    await amina.taps("J’accepte")
    await amina.sends("34")

    refused = await amina.sends("JC123456")
    assert "carte nationale" in refused.text
    assert refused.text.count("touchez « Passer »") == 0
    await amina.sends("0612345678")
    await amina.sends("amina@example.ma")
    again = await amina.sends("0612345678 est mon idée")

    assert "numéro de téléphone" in again.text
    assert (await one(desk)).answers == {
        "age": 34,
        "phone": "0612345678",
        "email": "amina@example.ma",
    }


# --- minors ------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [Mode.PSEUDONYMOUS, Mode.IDENTIFIED])
async def test_who_says_under_18_is_not_asked_how_to_be_reached(
    desk: Desk, amina: Visitor, mode: Mode
) -> None:
    await desk.opens(form_of(CONTACTS), slug="houses", mode=mode)
    await arrives(amina)
    await amina.taps("J’accepte")

    following = await amina.sends("17")

    assert "Votre idée" in following.text
    review = await amina.sends("Un banc")
    assert "téléphone" not in review.text
    await amina.taps("Envoyer")
    assert (await one(desk)).answers == {"age": 17, "idea": "Un banc"}


async def test_an_age_that_is_told_later_takes_the_contact_out(desk: Desk, amina: Visitor) -> None:
    await desk.opens(form_of(AGE_LAST), slug="houses", mode=Mode.IDENTIFIED)
    await arrives(amina)
    await amina.taps("J’accepte")
    await amina.sends("0612345678")

    await amina.taps("15 à 17 ans")

    assert (await one(desk)).answers == {"age_group": "15_17"}
    await amina.taps("Changer \u20681")
    asked = await amina.taps("18 à 24 ans")
    assert "numéro de téléphone" in asked.text


# --- the notice --------------------------------------------------------------------------------


async def test_three_plain_lines_come_before_the_first_answer(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    notice = await arrives(amina)

    assert len(notice.text.split("\n")) == 3
    assert notice.labels == ["J’accepte", "En savoir plus", "Retour"]
    assert await submissions(desk) == []


async def test_more_tells_the_whole_notice_and_leads_back(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    short = (await arrives(amina)).text

    full = await amina.taps("En savoir plus")

    for words in (
        *("Responsable du traitement", "Finalité", "Qui lit", "conservées", "hors du Maroc"),
        *("d’accès, de rectification et d’opposition", "CNIE", "0800008585"),
        *("N° de déclaration à la CNDP : pas encore fourni", "scellement"),
    ):
        assert words in full.text
    assert full.labels == ["J’accepte", "Retour"]
    again = await amina.taps("Retour")
    assert again.text == short
    await amina.taps("En savoir plus")
    await amina.taps("J’accepte")
    assert len(await submissions(desk)) == 1


async def test_the_rights_are_told_in_the_regulators_words(hassan: Visitor, houses: int) -> None:
    await hassan.sends("/start c_houses")
    await hassan.taps("تعبئة")

    full = await hassan.taps("المزيد")

    assert "حق الولوج والتصحيح والتعرض" in full.text


async def test_without_a_recording_there_is_nothing_to_listen_to(
    amina: Visitor, houses: int
) -> None:
    notice = await arrives(amina)

    await amina.taps_data(f"ListenToNotice:{houses}", notice)

    assert amina.notices[-1] == "Ce document n’est plus disponible ici."


async def test_the_receipt_is_nine_acts_away_on_five_questions(desk: Desk, amina: Visitor) -> None:
    await desk.opens(form_of(FIVE), slug="houses")
    acts: list[Any] = [
        amina.sends("/start c_houses"),
        *(("taps", "Remplir"), ("taps", "J’accepte")),
        *(("taps", "Oui"), ("sends", "un banc"), ("sends", "34"), ("taps", "Non")),
        *(("sends", "23/11/2026"), ("taps", "Envoyer")),
    ]
    await acts[0]
    for what, words in acts[1:]:
        await getattr(amina, what)(words)

    assert amina.said("code de reçu")
    assert len(acts) == 9


FIVE = """
survey
| type | name | label::العربية (ar) | label::Français (fr) |
| select_one yn | a | هل؟ | Est-ce bien ? |
| text | b | ماذا؟ | Que manque-t-il ? |
| integer | c | كم؟ | Combien de voisins ? |
| select_one yn | d | وهل؟ | Et encore ? |
| date | e | متى؟ | Quand ? |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| yn | yes | نعم | Oui |
| yn | no | لا | Non |
settings
| form_id | version | default_language |
| five | 1 | Français (fr) |
"""
