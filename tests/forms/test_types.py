"""Every type name that pyxform knows is read or refused here, and the table says which."""

import pytest
from pyxform import aliases
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from forms.form import QuestionType
from forms.messages import ADVICE
from forms.types_table import TYPES, Reading
from tests.forms.workbooks import findings, form_of

PYXFORM = sorted(
    {
        *QUESTION_TYPE_DICT,
        *aliases.select,
        *aliases._type_alias_map,
        *aliases.cascading,
        *aliases.osm,
        *(f"{word} {control}" for word in ("begin", "end") for control in aliases.control),
    }
)
SELECTS = {"select_one", "select_multiple"}


def with_type(name: str) -> str:
    """A form with one row of this type, complete enough to be read if the type is."""
    entry = TYPES[name]
    written = f"{name} list" if entry.meaning in SELECTS else name
    group = any(name.endswith(f" {control}") for control in aliases.control)
    rows = ["begin group", "text", "end group"] if group else [written]
    if group:
        rows[0 if name.startswith("begin") else 2] = name
    names = ["", *"bcd"] if name == "audit" else [*"abcd"]  # pyxform wants audits without a name
    lines = "\n".join(f"| {row} | {names[i]} | Label | 1 |" for i, row in enumerate(rows))
    return f"""
        survey
        | type | name | label | calculation |
        {lines if entry.meaning == "calculate" else lines.replace("| 1 |", "| |")}
        | text | other | Other | |
        choices
        | list_name | name | label |
        | list | a | A |
        """


def test_the_table_names_exactly_the_types_that_pyxform_knows() -> None:
    assert len(PYXFORM) > 100
    assert sorted(TYPES) == PYXFORM


@pytest.mark.parametrize("name", PYXFORM)
def test_a_type_is_read_or_refused_as_the_table_says(name: str) -> None:
    entry = TYPES[name]

    codes = {finding.code for finding in findings(with_type(name))}

    refusing = {"refused_type", "no_list", "group_not_open"}
    if entry.reading is Reading.READ:
        assert not codes - {"day_only"}
    elif entry.reading is Reading.LEFT_OUT:
        assert codes == {"left_out_type"}
    else:
        assert codes & refusing


@pytest.mark.parametrize("kind", QuestionType)
def test_every_type_that_is_asked_has_a_row_in_the_table(kind: QuestionType) -> None:
    names = [name for name, entry in TYPES.items() if entry.meaning == kind]

    assert names
    for name in names:
        asked = form_of(with_type(name)).questions[0]
        assert asked.type is kind


def test_every_refused_type_comes_with_advice() -> None:
    refused = [entry for entry in TYPES.values() if entry.reading is Reading.REFUSED]

    assert refused
    assert all(f"instead_{entry.advice}" in ADVICE for entry in refused)
