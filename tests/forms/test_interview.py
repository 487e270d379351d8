"""A conversation with a form: what is asked, what an answer changes, what is handed in."""

from datetime import date
from typing import Any

import pytest

from forms.answers import AnswerRefused, RefusalKind, Value
from forms.form import Form
from forms.interview import Interview
from forms.xpath.functions import LONGEST_JOINED
from tests.forms.workbooks import form_of

today = date(2026, 11, 23)


@pytest.fixture(scope="module")
def form() -> Form:
    return form_of(
        """
        survey
        | type | name | label::Français (fr) | label::العربية (ar) | hint::Français (fr) | required | required_message::Français (fr) | relevant | constraint | constraint_message::Français (fr) | calculation | default |
        | note | welcome | Bienvenue | مرحبا |
        | select_one yn | lives | Habitez-vous ici ? | هل تقطنون هنا؟ | | yes | Il faut choisir |
        | begin group | home | Chez vous | سكناكم | | | | ${lives} = 'yes' |
        | integer | age | Votre âge ? | سنكم؟ | En années | ${lives} = 'yes' | | | . >= 18 | 18 ans ou plus |
        | text | school | Quelle école ? | أي مدرسة؟ | | | | ${age} < 25 |
        | end group |
        | calculate | decade | | | | | | | | | int(${age} div 10) * 10 |
        | select_multiple topic | topics | Thèmes à ${age} ans ? | مواضيع؟ | | | | | count-selected(.) <= 2 |
        | text | why | Pourquoi ${topics} ? | لماذا ${topics}؟ | | | | selected(${topics}, 'water') |
        | date | day | Depuis quand ? | منذ متى؟ | | | | | . <= today() |
        | decimal | hours | Heures depuis le ${day} ? | ساعات؟ | | | | | | | | 2.5 |
        | today | today |
        choices
        | list_name | name | label::Français (fr) | label::العربية (ar) |
        | yn | yes | Oui | نعم |
        | yn | no | Non | لا |
        | topic | water | Eau | الماء |
        | topic | light | Éclairage | الإنارة |
        | topic | roads | Voirie | الطرق |
        """  # noqa: E501 — one line of a table is one line of the sheet
    )


def asked(form: Form, answers: dict[str, Value]) -> Interview:
    return Interview(form, answers, today=today)


def names(interview: Interview) -> list[str]:
    return [question.name for question in interview.relevant()]


def test_the_first_question_without_an_answer_is_the_present_one(form: Form) -> None:
    interview = asked(form, {"welcome": None})

    present = interview.present()

    assert present is not None
    assert present.name == "lives"


def test_irrelevant_questions_are_not_asked(form: Form) -> None:
    assert names(asked(form, {})) == ["welcome", "lives", "topics", "day", "hours"]
    assert names(asked(form, {"lives": "yes", "home/age": 20, "topics": ["water"]})) == [
        "welcome",
        "lives",
        "age",
        "school",
        "topics",
        "why",
        "day",
        "hours",
    ]


def test_the_relevance_of_a_group_is_inherited(form: Form) -> None:
    interview = asked(form, {"lives": "no", "home/age": 20})

    assert not interview.is_relevant("home/school")


def test_an_irrelevant_answer_is_empty_for_other_expressions(form: Form) -> None:
    answers: dict[str, Value] = {"lives": "no", "home/age": 30}

    assert asked(form, answers).record()["decade"] is None
    assert asked(form, answers).label(form.question("topics"), "fr") == "Thèmes à  ans ?"


def test_an_irrelevant_answer_is_kept_but_not_handed_in(form: Form) -> None:
    interview = asked(form, {"lives": "yes", "home/age": 30})

    changed = interview.answer(form.question("lives"), "no")

    assert changed.answers["home/age"] == 30
    assert "home/age" not in changed.record()
    assert changed.answer(form.question("lives"), "yes").record()["home/age"] == 30


def test_answering_leaves_the_interview_as_it_was(form: Form) -> None:
    given: dict[str, Value] = {"lives": "yes"}
    interview = asked(form, given)

    changed = interview.answer(form.question("home/age"), 30)

    assert given == {"lives": "yes"}
    assert interview.answers == {"lives": "yes"}
    assert changed.answers == {"lives": "yes", "home/age": 30}


def test_a_required_question_cannot_be_passed_over(form: Form) -> None:
    with pytest.raises(AnswerRefused) as refusal:
        asked(form, {}).answer(form.question("lives"), None)

    assert refusal.value.kind is RefusalKind.REQUIRED
    assert refusal.value.message == {"fr": "Il faut choisir"}


@pytest.mark.parametrize("unseen", ["   ", "\u200e\u200f", "\u200b", "\u3164", "\u00ad\u2800"])
def test_what_nobody_can_see_answers_no_required_question(unseen: str) -> None:
    form = form_of(
        """
        survey
        | type | name | label | required |
        | text | why | Pourquoi ? | yes |
        """
    )
    interview = Interview(form, {}, today=today)
    why = form.question("why")

    for value in (unseen, interview.parse(why, unseen)):
        with pytest.raises(AnswerRefused) as refusal:
            interview.answer(why, value)
        assert refusal.value.kind is RefusalKind.REQUIRED


def test_required_can_depend_on_another_answer(form: Form) -> None:
    age = form.question("home/age")

    assert asked(form, {"lives": "yes"}).is_required(age)
    assert not asked(form, {"lives": "no"}).is_required(age)


def test_a_violated_constraint_is_refused_with_the_forms_own_words(form: Form) -> None:
    with pytest.raises(AnswerRefused) as refusal:
        asked(form, {"lives": "yes"}).answer(form.question("home/age"), 17)

    assert refusal.value.kind is RefusalKind.CONSTRAINT
    assert refusal.value.message == {"fr": "18 ans ou plus"}


def test_a_constraint_may_speak_of_today(form: Form) -> None:
    day = form.question("day")

    assert asked(form, {}).answer(day, "2026-11-23")
    with pytest.raises(AnswerRefused):
        asked(form, {}).answer(day, "2026-11-24")


def test_an_empty_answer_violates_no_constraint(form: Form) -> None:
    assert asked(form, {}).answer(form.question("topics"), []).answers["topics"] is None


def test_choices_are_stored_in_the_order_of_the_sheet(form: Form) -> None:
    changed = asked(form, {}).answer(form.question("topics"), ["roads", "water"])

    assert changed.answers["topics"] == ["water", "roads"]


@pytest.mark.parametrize(
    ("path", "value", "kind"),
    [
        ("lives", "maybe", RefusalKind.UNKNOWN_CHOICE),
        ("topics", ["sea"], RefusalKind.UNKNOWN_CHOICE),
        ("topics", "water", RefusalKind.UNKNOWN_CHOICE),
        ("home/age", "30", RefusalKind.NOT_AN_INTEGER),
        ("hours", "3,5", RefusalKind.NOT_A_NUMBER),
        ("day", "23/11/2026", RefusalKind.NOT_A_DATE),
        ("why", "x" * 4_001, RefusalKind.TOO_LONG),
    ],
)
def test_a_value_of_another_kind_is_refused(
    form: Form, path: str, value: Any, kind: RefusalKind
) -> None:
    with pytest.raises(AnswerRefused) as refusal:
        asked(form, {}).answer(form.question(path), value)

    assert refusal.value.kind is kind


def test_neighbours_are_relevant_ones(form: Form) -> None:
    interview = asked(form, {"lives": "no"})

    after, before = interview.after("lives"), interview.before("topics")

    assert after is not None
    assert before is not None
    assert (after.name, before.name) == ("topics", "lives")
    assert interview.before("welcome") is None
    assert interview.after("hours") is None


def test_an_unknown_path_is_a_key_error(form: Form) -> None:
    interview = asked(form, {})

    assert not interview.is_relevant("nowhere")
    with pytest.raises(KeyError):
        interview.after("nowhere")


def test_progress_counts_questions_and_not_notes(form: Form) -> None:
    interview = asked(form, {"lives": "no"})

    assert interview.progress("lives") == (1, 4)
    assert interview.progress("hours") == (4, 4)
    assert interview.progress("welcome") == (1, 5)


def test_labels_speak_the_language_and_carry_earlier_answers(form: Form) -> None:
    answers: dict[str, Value] = {"topics": ["water", "roads"], "day": "2026-11-02"}
    interview = asked(form, answers)
    why = form.question("why")

    assert interview.label(why, "fr") == "Pourquoi \u2068Eau, Voirie\u2069 ?"
    assert interview.label(why, "ar") == "لماذا \u2068الماء، الطرق\u2069؟"
    assert (
        interview.label(form.question("hours"), "fr")
        == "Heures depuis le \u206802/11/2026\u2069 ?"
    )


def test_a_label_of_nothing_but_an_empty_answer_still_shows_something() -> None:
    form = form_of(
        """
        survey
        | type | name | label |
        | text | wish | Un souhait ? |
        | note | said | ${wish} |
        """
    )

    passed = Interview(form, {"wish": None}, today=today)
    answered = Interview(form, {"wish": "Un parc"}, today=today)

    assert passed.label(form.question("said"), "fr") == "…"
    assert answered.label(form.question("said"), "fr") == "\u2068Un parc\u2069"


def test_calculations_that_double_a_text_stay_within_bounds() -> None:
    doubled = "\n".join(
        f"| calculate | c{i + 1} | | concat(${{c{i}}}, ${{c{i}}}) |" for i in range(40)
    )
    form = form_of(
        f"""
        survey
        | type | name | label | calculation |
        | text | c0 | Un souhait ? | |
        {doubled}
        """
    )

    record = Interview(form, {"c0": "x" * 4_000}, today=today).record()

    assert len(str(record["c40"])) == LONGEST_JOINED


def test_a_missing_language_falls_back_to_the_forms_own(form: Form) -> None:
    interview = asked(form, {})

    assert interview.hint(form.question("home/age"), "ar") == "En années"
    assert interview.label(form.question("lives"), "zgh") == "Habitez-vous ici ?"
    assert interview.hint(form.question("lives"), "fr") == ""


def test_a_default_stands_until_it_is_answered(form: Form) -> None:
    hours = form.question("hours")

    assert asked(form, {}).default(hours) == "2.5"
    assert asked(form, {}).record()["hours"] == "2.5"
    assert asked(form, {"hours": None}).record()["hours"] is None


def test_the_record_follows_the_sheet(form: Form) -> None:
    answers: dict[str, Value] = {
        "hours": "3",
        "topics": ["light"],
        "home/age": 34,
        "lives": "yes",
        "welcome": None,
        "day": None,
    }

    assert asked(form, answers).record() == {
        "lives": "yes",
        "home/age": 34,
        "decade": 30,
        "topics": ["light"],
        "day": None,
        "hours": "3",
        "today": "2026-11-23",
    }


def test_unfinished_names_what_keeps_a_form_back(form: Form) -> None:
    interview = asked(form, {"lives": "yes", "home/age": 12})

    assert [question.name for question in interview.unfinished()] == ["age"]
    assert [question.name for question in asked(form, {}).unfinished()] == ["lives"]
    assert asked(form, {"lives": "no"}).unfinished() == ()


def test_an_answer_that_fits_no_more_is_asked_again(form: Form) -> None:
    interview = asked(form, {"welcome": None, "lives": "sometimes"})

    present = interview.present()

    assert present is not None
    assert present.name == "lives"


def test_a_long_chain_of_calculations_is_computed() -> None:
    steps = "\n".join(f"| calculate | c{i} | | ${{c{i - 1}}} + 1 |" for i in range(1, 300))
    form = form_of(
        f"""
        survey
        | type | name | label | calculation |
        | integer | c0 | Nombre | |
        {steps}
        """
    )

    assert asked(form, {"c0": 1}).record()["c299"] == 300


def test_a_form_in_a_circle_does_not_hang() -> None:
    document = form_of(
        """
        survey
        | type | name | label | relevant |
        | text | a | A | |
        | text | b | B | ${a} = 'x' |
        """
    ).to_json()
    document["questions"][0]["relevant"] = "${b} != 'x'"

    interview = asked(Form.from_json(document), {"a": "x"})

    assert interview.record() in ({}, {"a": "x"}, {"a": "x", "b": None})
