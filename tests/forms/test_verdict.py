"""What pyxform alone finds in a workbook is said in our words, with the place."""

from io import BytesIO
from string import Formatter

import pytest
from openpyxl import load_workbook
from pyxform.errors import ErrorCode

from forms.compiler import compile_workbook
from forms.messages import MESSAGES
from forms.verdict import MEANINGS, recognised
from tests.forms.workbooks import findings, said, workbook

ENTITIES = "the sheet entities and the column save_to are refused"
REPEATS = "repeats and loops are refused as types"
RANGES = "range is refused as a type"
PLACES = "places are refused as types, their parameters as a column"
TRIGGERS = "triggers are refused as a column"
PARAMETERS = "parameters are refused as a column"
OUR_WALK = "our own walk refuses it before pyxform is asked"
NEVER_SAID: dict[str, str] = {
    **{code.name: ENTITIES for code in ErrorCode if code.name.startswith("ENTITY_")},
    **{code.name: RANGES for code in ErrorCode if code.name.startswith("RANGE_")},
    **dict.fromkeys(["HEADER_005", "INTERNAL_002"], ENTITIES),
    **dict.fromkeys(["NAMES_010", "NAMES_011", "NAMES_012", "NAMES_014", "NAMES_015"], ENTITIES),
    **dict.fromkeys(["NAMES_003", "NAMES_004"], REPEATS),
    **dict.fromkeys(["SURVEY_003", "SURVEY_006", "SURVEY_007", "SURVEY_008"], PLACES),
    **dict.fromkeys(["SURVEY_004", "SURVEY_005"], PARAMETERS),
    **dict.fromkeys(["INTERNAL_001", "PYREF_002"], TRIGGERS),
    "SURVEY_009": PLACES,
    "SURVEY_001": OUR_WALK,
    "SURVEY_002": OUR_WALK,
    "HEADER_003": OUR_WALK,
    "HEADER_001": "a cell below no header does not reach pyxform's reader",
    "HEADER_002": OUR_WALK,
    "LABEL_001": OUR_WALK,
    "NAMES_006": OUR_WALK,
    "NAMES_007": OUR_WALK,
    "NAMES_009": OUR_WALK,
}
SURVEY = "survey\n| type | name | label | appearance |\n"
ASKED = "| text | a | A |\n"
CHOICES = "choices\n| list_name | name | label |\n| yn | yes | Oui |\n"
SAID = {
    "HEADER_004": (
        SURVEY
        + ASKED
        + "choices\n| list_name | name | label | my note |\n| yn | yes | Oui | x |\n",
        'choices, row 1, my note: the column "my note" is not known and is ignored; rename it, or'
        " leave it as a note to yourself",
    ),
    "NAMES_001": (
        SURVEY + ASKED + "| deviceid | a |\n",
        'survey, row 3, name: the name "a" is already used in row 2; give every question of a'
        " group its own name",
    ),
    "NAMES_002": (
        SURVEY + ASKED + "| deviceid | A |\n",
        'survey, row 3, name: the names "A" and "a" differ only in capitals; give them names that'
        " cannot be confused",
    ),
    "NAMES_005": (
        SURVEY + ASKED + "| deviceid | meta |\n",
        'survey, row 3, name: the name "meta" is kept for the export; choose another name',
    ),
    "NAMES_008": (
        SURVEY + ASKED + "settings\n| form_id | version | name |\n| f | 1 | my form |\n",
        'settings, row 2, name: "my form" is not a valid name; begin with a letter; then letters,'
        " digits, underscores, hyphens or points",
    ),
    "PYREF_001": (
        SURVEY + ASKED + CHOICES + "| yn | no | Non ${ |\n",
        'choices, row 3, label: "Non ${" is not a reference to a question; write a name of the'
        " form in braces, like ${age}",
    ),
    "PYREF_003": (
        SURVEY + "| text | quartier | A |\n" + CHOICES + "| yn | no | Non ${quarter} |\n",
        'choices, row 3, label: there is no question named "quarter"; did you mean "quartier"?',
    ),
    "PYREF_004": (
        SURVEY
        + ASKED
        + "| begin group | g | G |\n| text | a | A |\n| end group |\n| text | b | B | ${a} |\n",
        'survey, row 6, appearance: more than one question is named "a"; give one of them another'
        " name",
    ),
    "without a code: audit": (
        SURVEY + ASKED + "| audit | mine |\n",
        "survey, row 3: a row of type audit has no name of its own; delete the row; nothing is"
        " recorded for it",
    ),
    "without a code: no name": (
        SURVEY + ASKED + "| deviceid |\n",
        "survey, row 3: this row has no name; write a short name of letters, digits and"
        " underscores",
    ),
    "without a code: lists of a table": (
        SURVEY
        + "| begin group | g | G | table-list |\n| select_one yn | a | A |\n"
        + "| select_one on | b | B |\n| end group |\n"
        + CHOICES
        + "| on | off | Off |\n",
        'survey, row 4: the questions of a table-list have two lists, "yn" and "on"; give all of'
        " them one list, or remove table-list",
    ),
}


def test_every_code_of_pyxform_has_our_words_or_a_reason_why_it_is_never_said() -> None:
    codes = {code.name for code in ErrorCode}
    meant = {code.name for code in MEANINGS}

    assert len(codes) > 50
    assert meant | set(NEVER_SAID) == codes
    assert not meant & set(NEVER_SAID)


def test_every_meaning_is_a_finding_and_fills_its_sentence() -> None:
    for meaning, named in MEANINGS.values():
        gaps = {name for _, name, _, _ in Formatter().parse(MESSAGES[meaning]) if name}
        assert gaps <= set(named), meaning


def test_every_meaning_is_reached_by_a_workbook() -> None:
    assert {code.name for code in MEANINGS} == {name for name in SAID if " " not in name} | {
        "NAMES_013"
    }


@pytest.mark.parametrize("name", SAID)
def test_what_pyxform_alone_finds_is_said_in_our_words(name: str) -> None:
    tables, sentence = SAID[name]

    assert sentence in said(tables)
    assert not {"xlsform", "xlsform_warning"} & {finding.code for finding in findings(tables)}


@pytest.mark.parametrize("code", list(ErrorCode), ids=lambda code: code.name)
def test_a_sentence_is_known_by_its_words(code: ErrorCode) -> None:
    gaps = {name: "x_1" for _, name, _, _ in Formatter().parse(code.value.msg) if name}

    assert recognised(code.value.format(**gaps)) == (code, gaps)


def test_what_fits_nothing_is_quoted_as_pyxforms_own() -> None:
    tables = SURVEY.replace("appearance", "bind::type") + "| select_one yn | a | A | x |\n"

    told = findings(tables + CHOICES)

    assert [finding.code for finding in told] == ["xlsform", "unknown_column"]
    assert told[0].message.startswith("ODK would not open this form; pyxform says: Invalid value")


def test_a_sheet_whose_name_is_nearly_right_is_pointed_at() -> None:
    file = BytesIO()
    book = load_workbook(BytesIO(workbook(SURVEY + ASKED)))
    book["settings"].title = "setting"
    book.save(file)

    told = [str(finding) for finding in compile_workbook(file.getvalue()).warnings]

    assert (
        'there is no sheet "settings", but one named "setting"; name it "settings" if its rows'
        " belong to the form"
    ) in told


def test_a_sheet_like_one_that_is_not_read_is_nobodys_business() -> None:
    assert said(SURVEY + ASKED + "entitys\n| a |\n| 1 |\n") == []


def test_a_warning_without_meaning_in_a_chat_is_not_passed_on() -> None:
    header = SURVEY.replace("appearance", "disabled")

    assert said(header + "| text | a | A | no |\n") == []
