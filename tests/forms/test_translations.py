"""A language of the commune in which a sheet cannot be read is said once, with what to do."""

import pytest

from forms.admission import Demands
from forms.compiler import compile_workbook
from forms.findings import WorkbookRefused
from tests.forms.workbooks import workbook

BOTH = Demands(("ar", "fr"))
HEADER = "| type | name | label::Français (fr) |\n"
MISSING = (
    '{sheet}, row 1, {header}: there is no column "{header}", so not everybody could read this;'
    " add it to this sheet, and fill in every row"
)
EMPTY = (
    '{sheet}, row {row}, {header}: the column "{header}" is empty in these rows: {rows}; write'
    " the text of each of these rows in this language"
)
ARABIC = "label::العربية (ar)"


def said(tables: str) -> list[str]:
    with pytest.raises(WorkbookRefused) as refusal:
        compile_workbook(workbook(tables), BOTH)
    return [str(one) for one in refusal.value.findings]


def test_a_missing_column_is_named_once_with_its_header() -> None:
    found = said("survey\n" + HEADER + "| text | a | A |\n| text | b | B |\n")

    assert found == [MISSING.format(sheet="survey", header=ARABIC)]


def test_a_plain_column_of_labels_is_of_no_language() -> None:
    found = said("survey\n| type | name | label |\n| text | a | A |\n")

    assert found == [
        MISSING.format(sheet="survey", header=header)
        for header in (ARABIC, "label::Français (fr)")
    ]


def test_a_column_that_is_there_and_empty_is_named_with_its_rows() -> None:
    found = said(
        "survey\n| type | name | label::Arabe (ar) | label::Français (fr) |\n"
        "| text | a | | A |\n| note | b | | B |\n| | | | |\n| text | c | | C |\n"
    )

    assert found == [
        EMPTY.format(sheet="survey", row=2, header="label::Arabe (ar)", rows="2–3, 5")
    ]


HALF = """
survey
| type | name | label::العربية (ar) | label::Français (fr) | hint::العربية (ar) | hint::Français (fr) |
| select_one l | a | {cell} | A | توضيح | Aide |
choices
| list_name | name | {header} | label::Français (fr) |
| l | x | {choice} | X |
settings
| form_id | version | default_language |
| f | 1 | Français (fr) |
"""  # noqa: E501 (a table)


@pytest.mark.parametrize(
    ("cell", "header", "choice", "codes"),
    [
        ("", ARABIC, "س", [("empty_column", "survey", 2)]),
        ("أ", ARABIC, "", [("empty_column", "choices", 2)]),
        ("أ", "خانة", "", [("missing_language", "choices", 1)]),
        ("", ARABIC, "", [("empty_column", "survey", 2), ("empty_column", "choices", 2)]),
    ],
)
def test_hints_do_not_speak_for_labels_nor_questions_for_choices(
    cell: str, header: str, choice: str, codes: list[tuple[str, str, int]]
) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        compile_workbook(workbook(HALF.format(cell=cell, header=header, choice=choice)), BOTH)

    assert [(one.code, one.sheet, one.row) for one in refusal.value.findings] == codes


def test_one_cell_that_is_empty_keeps_nobody_from_asking() -> None:
    compiled = compile_workbook(
        workbook(
            "survey\n| type | name | label::العربية (ar) | label::Français (fr) |\n"
            "| text | a | أ | A |\n| text | b | | B |\n"
        ),
        BOTH,
    )

    assert [one.code for one in compiled.warnings] == ["empty_translation"]


def test_nothing_is_demanded_of_who_asks_for_nothing() -> None:
    tables = "survey\n" + HEADER + "| text | a | A |\n"

    assert compile_workbook(workbook(tables)).warnings == ()


PLAIN = """
survey
| type | name | label | label::العربية (ar) |
| select_one l | a | {cell} | أ |
choices
| list_name | name | label | label::العربية (ar) |
| l | x | {choice} | س |
| l | y | Y | ص |
settings
| form_id | version | default_language |
| test | 1 | Français (fr) |
"""


def test_a_plain_column_in_the_default_language_is_a_language_of_the_form() -> None:
    compiled = compile_workbook(workbook(PLAIN.format(cell="A", choice="X")), BOTH)

    assert compiled.form.languages == ("ar", "fr")
    assert compiled.warnings == ()


def test_its_empty_cells_and_long_words_are_named_too() -> None:
    empty = compile_workbook(workbook(PLAIN.format(cell="A", choice="")), BOTH)
    with pytest.raises(WorkbookRefused) as refusal:
        compile_workbook(workbook(PLAIN.format(cell="A" * 2_000, choice="X")), BOTH)

    assert [str(one) for one in empty.warnings] == [
        'choices, row 2, label: the text in "fr" is missing; who reads that language would see'
        " the other one"
    ]
    assert [one.code for one in refusal.value.findings] == ["label_too_long"]


@pytest.mark.parametrize("unseen", ["\u200f", "\u200b\u200b", "\u2060", "\u00a0\u200f"])
def test_a_cell_in_which_nothing_can_be_seen_is_empty(unseen: str) -> None:
    compiled = compile_workbook(workbook(PLAIN.format(cell="A", choice=unseen)), BOTH)

    assert [one.code for one in compiled.warnings] == ["empty_translation"]
    assert compiled.form.questions[0].choices[0].label == {"ar": "س"}
