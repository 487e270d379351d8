"""Cells that Excel has made something else of."""

from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from forms.compiler import compile_workbook
from forms.findings import WorkbookRefused
from forms.form import Form

HEADER = ["type", "name", "label::العربية (ar)", "label::Français (fr)", "default"]


def book(survey: list[list[Any]], choices: list[list[Any]] | None = None) -> bytes:
    """A workbook of real cells: days, hours, numbers."""
    made = Workbook()
    first = made.active
    assert first is not None
    first.title = "survey"
    for row in [HEADER, *survey]:
        first.append(row)
    second = made.create_sheet("choices")
    second.append(["list_name", "name", *HEADER[2:4]])
    for row in choices or []:
        second.append(row)
    third = made.create_sheet("settings")
    third.append(["form_id", "version"])
    third.append(["f", 1.0])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def said(workbook: bytes) -> list[str]:
    with pytest.raises(WorkbookRefused) as refusal:
        compile_workbook(workbook)
    return [str(one) for one in refusal.value.findings]


def form_of(workbook: bytes) -> Form:
    return compile_workbook(workbook).form


def test_a_real_date_as_a_default_is_named_with_what_to_do() -> None:
    found = said(book([["date", "day", "متى؟", "Quand ?", date(2026, 11, 23)]]))

    assert found[0] == (
        'survey, row 2, default: Excel has made a date or an hour of this cell: "2026-11-23'
        ' 00:00:00"; format the cell as text, then write the value again'
    )


@pytest.mark.parametrize("value", [datetime(2026, 5, 1), datetime(2026, 5, 1, 8, 30), time(8, 30)])  # noqa: DTZ001
@pytest.mark.parametrize(
    ("column", "header"),
    [(1, "name"), (2, "label::العربية (ar)"), (3, "label::Français (fr)")],
)
def test_a_choice_that_became_a_date_is_named(value: Any, column: int, header: str) -> None:
    choice: list[Any] = ["ages", "a", "من 1 إلى 5", "1-5"]
    choice[column] = value

    found = said(book([["select_one ages", "age", "كم؟", "Quel âge ?"]], [choice]))

    assert any(
        one.startswith(f"choices, row 2, {header}: Excel has made a date or an hour")
        for one in found
    )


def test_whole_numbers_that_are_kept_as_floats_are_whole() -> None:
    form = form_of(
        book(
            [
                ["select_one ages", "age", "كم؟", "Quel âge ?", 1.0],
                ["integer", "n", "كم؟", "Combien ?", 3.0],
            ],
            [["ages", 1.0, 1.0, 2.0]],
        )
    )

    assert form.version == "1"
    assert [one.default for one in form.questions] == ["1", "3"]
    assert form.questions[0].choices[0].name == "1"
    assert form.questions[0].choices[0].label == {"ar": "1", "fr": "2"}


def test_an_empty_arabic_cell_is_named_with_its_column() -> None:
    found = compile_workbook(
        book([["text", "a", "ما رأيكم؟", "Votre avis ?"], ["text", "b", None, "Autre chose ?"]])
    ).warnings

    assert [str(one) for one in found] == [
        'survey, row 3, label::العربية (ar): the text in "العربية (ar)" is missing; who reads that'
        " language would see the other one"
    ]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("#REF!", 'a formula of Excel failed in this cell: "#REF!"'),
        (True, 'Excel has made true or false of this cell: "TRUE"'),
    ],
)
def test_an_error_and_a_truth_value_are_no_labels(value: object, sentence: str) -> None:
    found = said(book([["select_one l", "a", "ما رأيكم؟", value]], [["l", "yes", value, "Oui"]]))

    assert [one.partition(";")[0] for one in found] == [
        f"survey, row 2, label::Français (fr): {sentence}",
        f"choices, row 2, label::العربية (ar): {sentence}",
    ]


def test_a_choice_may_be_named_true() -> None:
    form = form_of(book([["select_one l", "a", "أ", "A"]], [["l", True, "نعم", "Oui"]]))

    assert [one.name for one in form.questions[0].choices] == ["TRUE"]
