"""How long a form takes, and from when on its author is warned."""

import pytest

from forms.compiler import compile_workbook
from forms.form import Form, Question, QuestionType
from forms.headless import check
from forms.pace import asked_count, is_long, minutes
from tests.forms.workbooks import workbook


def form(count: int, notes: int = 0) -> Form:
    kinds = [QuestionType.TEXT] * count + [QuestionType.NOTE] * notes
    questions = tuple(Question(at, f"q{at}", f"q{at}", kind) for at, kind in enumerate(kinds))
    return Form("f", "1", {}, "fr", ("fr",), questions)


@pytest.mark.parametrize(
    ("count", "notes", "long"), [(0, 0, False), (15, 9, False), (16, 0, True), (40, 0, True)]
)
def test_above_fifteen_questions_or_six_minutes_its_author_is_warned(
    count: int, notes: int, *, long: bool
) -> None:
    assert asked_count(form(count, notes)) == count
    assert is_long(form(count, notes)) is long


def test_a_minute_is_the_least() -> None:
    assert [minutes(count) for count in (0, 1, 5, 15)] == [1, 1, 2, 6]


def test_a_long_form_is_still_a_form() -> None:
    rows = "".join(f"| text | q{at} | A |\n" for at in range(16))

    compiled = compile_workbook(workbook(f"survey\n| type | name | label |\n{rows}"))

    assert [one.code for one in compiled.warnings] == ["long_form"]


def test_checking_for_anonymous_answers_names_what_identifies() -> None:
    book = workbook("survey\n| type | name | label |\n| text | who | Votre nom ? |\n")

    assert check(book).accepted
    anonymous = check(book, anonymous=True)

    assert not anonymous.accepted
    assert anonymous.lines()[-1] == "refused: 1 errors, 0 warnings"
    assert "survey, row 2, label: answers are anonymous" in anonymous.lines()[0]
