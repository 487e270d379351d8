"""What is typed in two languages is told apart, and no word of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.authoring import workbook_of
from forms.compiler import compile_workbook
from participation.bilingual import Both, both
from participation.composing import (
    LONGEST_CHOICE,
    LONGEST_QUESTION,
    MOST_CHOICES,
    MOST_QUESTIONS,
    Awaited,
    Composed,
    Kind,
    Problem,
)
from participation.content import LONGEST_TITLE

TITLE = "السوق\nSouk"
QUESTION = "هل تذهبون؟\nY allez-vous ?"
CHOICES = "نعم\nلا\nOui\nNon"
ARABIC = st.text("ابتثجحخد", min_size=1, max_size=12)
FRENCH = st.text("abcdefgh", min_size=1, max_size=12)
MESSAGES = st.lists(
    st.sampled_from(
        [TITLE, QUESTION, CHOICES, "Oui\nNon", "نعم", "123", "?!", "x" * 400, "a\n" * 30]
    )
    | st.text(max_size=80),
    max_size=20,
)


def written(*messages: str) -> Composed:
    composed = Composed()
    for words in messages:
        composed = composed.write(words)
    return composed


@pytest.mark.parametrize(
    ("typed", "told_apart"),
    [
        ("نعم\nOui", Both(("نعم",), ("Oui",))),
        ("Oui\nنعم", Both(("نعم",), ("Oui",))),
        ("نعم / Oui\nلا / Non", Both(("نعم", "لا"), ("Oui", "Non"))),
        ("نعم | Oui", Both(("نعم",), ("Oui",))),
        ("نعم\nلا\n\nOui\nNon", Both(("نعم", "لا"), ("Oui", "Non"))),
        ("نعم\nOui\nلا\nNon", Both(("نعم", "لا"), ("Oui", "Non"))),
        ("- نعم\n- Oui", Both(("نعم",), ("Oui",))),
        ("1. نعم\n1. Oui", Both(("نعم",), ("Oui",))),
        (
            "أقل من 15\n15-24\nMoins de 15\n15-24",
            Both(("أقل من 15", "15-24"), ("Moins de 15", "15-24")),
        ),
        ("أقل من 15\n15-24\nMoins de 15", Both(("أقل من 15", "15-24"), ("15-24", "Moins de 15"))),
        ("2030", Both(("2030",), ("2030",))),
        ("مشروع حي Assarag", Both(("مشروع حي Assarag",), ())),
        ("و/أو", Both(("و/أو",), ())),
        ("", Both()),
        ("?!\n…", Both()),
    ],
)
def test_lines_are_told_apart_by_their_letters(typed: str, told_apart: Both) -> None:
    assert both(typed) == told_apart


@given(st.lists(ARABIC, min_size=1, max_size=6), st.lists(FRENCH, min_size=1, max_size=6))
def test_two_blocks_come_back_whole(arabic: list[str], french: list[str]) -> None:
    assert both("\n".join([*arabic, *french])) == Both(tuple(arabic), tuple(french))
    assert both("\n".join([*french, *arabic])) == Both(tuple(arabic), tuple(french))


def test_a_question_to_choose_from_needs_two_messages() -> None:
    composed = written(TITLE, QUESTION, CHOICES)

    assert [one.kind for one in composed.items] == [Kind.ONE]
    assert composed.items[0].choices == {"ar": ("نعم", "لا"), "fr": ("Oui", "Non")}
    assert composed.awaited is Awaited.QUESTION
    assert composed.is_ready


def test_the_kind_may_be_chosen_before_and_after_writing() -> None:
    before = written(TITLE).of_kind(Kind.NUMBER).write(QUESTION)
    after = written(TITLE, QUESTION).of_kind(Kind.WORDS)

    assert [one.kind for one in before.items] == [Kind.NUMBER]
    assert [one.kind for one in after.items] == [Kind.WORDS]


def test_each_language_may_come_in_its_own_message() -> None:
    composed = written("Souk", "السوق", "Y allez-vous ?", "هل تذهبون؟", "Oui\nNon")

    assert composed.missing == "ar"
    assert composed.write("نعم\nلا").is_ready


@pytest.mark.parametrize(
    ("messages", "problem"),
    [
        (["?!"], Problem.NO_WORDS),
        (["T" * (LONGEST_TITLE + 1)], Problem.LONG),
        ([TITLE, "Q" * (LONGEST_QUESTION + 1)], Problem.LONG),
        ([TITLE, QUESTION, f"نعم\nلا\n{'O' * (LONGEST_CHOICE + 1)}\nNon"], Problem.LONG),
        ([TITLE, QUESTION, "نعم\nOui"], Problem.FEW),
        ([TITLE, QUESTION, "نعم\nلا\nOui"], Problem.UNEQUAL),
        ([TITLE, QUESTION, "نعم\n" * (MOST_CHOICES + 1)], Problem.MANY),
    ],
)
def test_what_is_not_right_is_said_and_nothing_written_before_is_lost(
    messages: list[str], problem: Problem
) -> None:
    before = written(*messages[:-1])

    composed = before.write(messages[-1])

    assert composed.problem is problem
    assert composed.title == before.title
    assert composed.items == before.items
    assert composed.pending is None or before.pending is not None
    assert not composed.is_ready


def test_no_more_than_ten_are_taken() -> None:
    composed = written(TITLE).of_kind(Kind.WORDS)
    for _ in range(MOST_QUESTIONS + 2):
        composed = composed.write(QUESTION)

    assert len(composed.items) == MOST_QUESTIONS
    assert composed.awaited is Awaited.NOTHING


def test_removing_and_putting_back_is_as_before() -> None:
    composed = written(TITLE, QUESTION, CHOICES).of_kind(Kind.WORDS).write(QUESTION)

    removed = composed.without(0, 2)

    assert removed.without(0, 2) == removed
    assert len(removed.items) == 1
    assert removed.put_back().items == composed.items


def test_what_is_put_back_leaves_room_for_the_question_being_written() -> None:
    ten = written(TITLE, *[QUESTION, CHOICES] * MOST_QUESTIONS)

    begun = ten.without(0, MOST_QUESTIONS).write(QUESTION)
    whole = begun.put_back().write(CHOICES)

    assert len(whole.items) == MOST_QUESTIONS
    assert begun.put_back().without_pending().put_back().items == ten.items


@given(MESSAGES, st.lists(st.sampled_from(list(Kind)), max_size=5))
def test_whatever_is_written_is_kept_and_can_be_finished_or_continued(
    messages: list[str], chosen: list[Kind]
) -> None:
    composed = Composed()
    for at, words in enumerate(messages):
        composed = composed.write(words)
        if at < len(chosen):
            composed = composed.of_kind(chosen[at])

    assert Composed.from_json(composed.to_json()) == composed
    assert len(composed.items) <= MOST_QUESTIONS
    for item in composed.items:
        assert set(item.label) == {"ar", "fr"}
        if item.kind in {Kind.ONE, Kind.SEVERAL}:
            assert len(item.choices["ar"]) == len(item.choices["fr"]) >= 2


def test_what_is_finished_compiles() -> None:
    composed = written(TITLE, QUESTION, CHOICES).requiring(0, wanted=True)
    for kind in Kind:
        composed = composed.of_kind(kind).write(QUESTION)
        composed = composed.write(CHOICES) if composed.pending else composed

    compiled = compile_workbook(workbook_of(composed.questionnaire("souk")))

    assert compiled.warnings == ()
    assert [one.type for one in compiled.form.questions] == [
        *("select_one", "select_one", "select_multiple", "integer", "text")
    ]
    assert compiled.form.questions[0].required
