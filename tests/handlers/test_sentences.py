"""Sentences as they are seen: plurals, days, direction, length."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from unicodedata import bidirectional

import pytest

from forms.form import Choice, Form, Question, QuestionType
from forms.interview import Interview, Value
from handlers.buttons import keyboard
from handlers.language import _, directed, escape, ngettext, on_day, speaking
from handlers.views.answers import answered
from handlers.views.questions import question
from handlers.views.reviews import receipt, review, sent
from handlers.views.view import View, lines, paragraphs
from participation.answering import Answered, Asked, Reviewed, Submitted
from storage.base import ConsultationId
from tests.handlers.desk import Desk, Visitor
from tests.handlers.test_answering import answer_all, begin

HOUSES = ConsultationId(1)
TODAY = date(2026, 11, 23)
LATER = datetime(2026, 11, 24, 12, tzinfo=UTC)


def counted(number: int) -> str:
    return ngettext(
        "{count} consultation is open.", "{count} consultations are open.", number
    ).format(count=number)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "ليس هناك أي تشاور مفتوح."),
        (1, "هناك تشاور واحد مفتوح."),
        (2, "هناك تشاوران مفتوحان."),
        (3, "هناك 3 تشاورات مفتوحة."),
        (10, "هناك 10 تشاورات مفتوحة."),
        (11, "هناك 11 تشاورا مفتوحا."),
        (99, "هناك 99 تشاورا مفتوحا."),
        (100, "هناك 100 تشاور مفتوح."),
        (102, "هناك 102 تشاور مفتوح."),
        (103, "هناك 103 تشاورات مفتوحة."),
    ],
)
def test_arabic_counts_in_six_forms(number: int, said: str) -> None:
    with speaking("ar"):
        assert counted(number) == said


def test_days_are_said_as_in_morocco() -> None:
    with speaking("ar"):
        assert on_day(TODAY) == "\u2068الاثنين 23\u00a0نونبر 2026\u2069"
    with speaking("fr"):
        assert on_day(TODAY) == "\u2068lundi 23\u00a0novembre 2026\u2069"


def test_a_double_sign_of_french_stays_on_the_line_of_its_word() -> None:
    typed = "Quel jour ? « Le soir » : oui ; non !"
    kept = "Quel jour\u00a0? «\u00a0Le soir\u00a0»\u00a0: oui\u00a0; non\u00a0!"

    with speaking("fr"):
        assert lines(typed) == paragraphs(typed) == kept
    with speaking("ar"):
        assert typed in lines(typed)


def test_without_a_language_the_source_is_said() -> None:
    with speaking(None):
        assert _("Recorded.") == "Recorded."
        assert counted(2) == "2 consultations are open."


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("ar", "Amina قالت", "\u200fAmina قالت"),
        ("ar", "34", "\u200f34"),
        ("ar", "\u2068Amina\u2069", "\u200f\u2068Amina\u2069"),
        ("ar", "<b>نعم</b> 5", "<b>نعم</b> 5"),
        ("fr", "سوق : le marché", "\u200eسوق : le marché"),
        ("fr", "سوق", "سوق"),
    ],
)
def test_a_line_runs_in_its_language(language: str, line: str, said: str) -> None:
    with speaking(language):
        assert directed(line) == said


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("رقمي 06 12 34 56 78.", "رقمي \u206806 12 34 56 78\u2069."),
        ("رقمي 0528-85-00-00", "رقمي \u20680528-85-00-00\u2069"),
        ("رقمي +212612345678", "رقمي \u2068+212612345678\u2069"),
        ("من 08:30 إلى 16:30، الشباك 3", "من 08:30 إلى 16:30، الشباك 3"),
        ("Mon numéro : 06 12 34 56 78", "Mon numéro : 06 12 34 56 78"),
    ],
)
def test_a_telephone_number_among_arabic_words_keeps_its_order(typed: str, shown: str) -> None:
    assert escape(typed) == shown


async def test_every_arabic_line_begins_with_arabic(
    desk: Desk, hassan: Visitor, houses: int
) -> None:
    await begin(hassan)
    await hassan.taps("نعم")
    for words in ("3", "Rue 5, oui", "34", "2.5", "23/11/2026"):
        await hassan.sends(words)
    await hassan.taps("إرسال")
    await hassan.sends("/help")
    await hassan.sends("/consultations")

    lines = [line for shown in hassan.chat for line in shown.text.split("\n") if line]

    assert len(lines) > 40
    assert [line for line in lines if first_strong(line) not in {"AL", "R"}] == []


def first_strong(line: str) -> str:
    inside = 0
    for letter in line.replace("<b>", "").replace("<code>", ""):
        inside += (letter == "\u2068") - (letter == "\u2069")
        if not inside and bidirectional(letter) in {"L", "AL", "R"}:
            return bidirectional(letter)
    return ""


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_largest_form_fits_in_a_message(language: str) -> None:
    form = immense_form()
    chosen = form.questions[0].choices[0].name
    answers: Mapping[str, Value] = {
        one.path: [chosen] if one.type is QuestionType.SELECT_MULTIPLE else "<" * 4000
        for one in form.questions
    }
    interview = Interview(form, answers, today=TODAY)
    views: list[View] = []

    with speaking(language):
        for one in form.questions:
            ticked = tuple(choice.name for choice in one.choices)
            asked = Asked(HOUSES, interview, one, ticked, finish_by=LATER)
            views += [question(asked, first="x" * 200, page=page) for page in range(3)]
            views.append(answered(Answered(interview, one)))
        done = Submitted(HOUSES, {"fr": "t" * 200}, TODAY, False, "0000-0000-0000", interview)
        reviewed = Reviewed(HOUSES, {}, interview, finish_by=LATER)
        views += [review(reviewed, page=page) for page in range(6)]
        views += [sent(done), receipt(done)]

    assert len(views) > 30
    assert all(len(seen(view)) <= 4096 for view in views)
    assert all(keyboard(view.buttons) is None or buttons(view) <= 100 for view in views)


def seen(view: View) -> str:
    """The text as Telegram counts it: entities are one character."""
    return view.text.replace("&lt;", "<").replace("<b>", "").replace("</b>", "")


def buttons(view: View) -> int:
    return sum(len(row) for row in view.buttons)


def immense_form() -> Form:
    """Forty questions, each with words and choices far longer than anybody reads."""
    words = {"ar": "م" * 5000, "fr": "<" * 5000}
    choices = tuple(Choice(f"c{number}", words) for number in range(60))
    kinds = (QuestionType.SELECT_MULTIPLE, QuestionType.TEXT)
    questions = tuple(
        Question(
            index=number,
            path=f"q{number}",
            name=f"q{number}",
            type=kinds[number % 2],
            label=words,
            hint=words,
            choices=choices if number % 2 == 0 else (),
        )
        for number in range(40)
    )
    return Form("immense", "1", words, "fr", ("ar", "fr"), questions)


def test_a_long_review_and_a_long_list_of_choices_have_pages() -> None:
    form = immense_form()
    interview = Interview(form, {one.path: None for one in form.questions}, today=TODAY)

    with speaking("fr"):
        reviewed = review(Reviewed(HOUSES, {}, interview), page=1)
        beyond = review(Reviewed(HOUSES, {}, interview), page=99)
        asked = question(Asked(HOUSES, interview, form.questions[0]), page=7)

    assert "Page \u20682\u2069 sur \u20685\u2069" in reviewed.text
    assert "Page \u20685\u2069 sur \u20685\u2069" in beyond.text
    assert "Page \u20688\u2069 sur \u20688\u2069" in asked.text
    labels = [button.label for row in reviewed.buttons for button in row]
    assert "Page précédente" in labels
    assert "Page suivante" in labels


async def test_a_review_numbers_its_answers_as_they_were_asked(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    shown = await answer_all(amina)

    assert "\u20683\u2069. <b>Pourquoi ?</b>\nRéponse : \u2068Pour &lt;lire&gt;" in shown.text
    assert "Réponse : \u206823 novembre 2026\u2069" in shown.text
    rows = [[button["text"] for button in row] for row in shown.buttons[:2]]
    assert rows == [[f"Changer \u2068{at}\u2069" for at in row] for row in ((1, 2, 3), (4, 5, 6))]


async def test_what_to_do_is_not_said_twice() -> None:
    told = question_of(hint={"fr": "Écrivez un nombre. Exemple : 10"})
    chosen = question_of({"fr": "Plusieurs réponses possibles."}, QuestionType.SELECT_MULTIPLE)
    untold = question_of(hint={})

    assert "Répondez par un message." in told
    assert "en chiffres" not in told
    assert "Écrivez un nombre en chiffres dans un message." in untold
    assert "Quand vous avez choisi, touchez «\u00a0Terminé\u00a0»." in chosen
    assert "toutes les réponses" not in chosen


def question_of(hint: Mapping[str, str], kind: QuestionType = QuestionType.INTEGER) -> str:
    """The text of a question with this hint."""
    one = Question(0, "age", "age", kind, {"fr": "Âge"}, hint)
    interview = Interview(Form("f", "1", {}, "fr", ("fr",), (one,)), {}, today=TODAY)
    with speaking("fr"):
        return question(Asked(HOUSES, interview, one)).text


async def test_a_review_is_turned_in_place(desk: Desk, amina: Visitor, houses: int) -> None:
    shown = await answer_all(amina)
    seen_before = len(amina.chat)

    await amina.taps_data(f"ReviewAnswers:{houses}:7", shown)

    assert len(amina.chat) == seen_before
    assert "Voici vos réponses" in shown.text
