"""Whatever stands in the cells, a workbook becomes a form or findings, and nothing else."""

import io
import json

from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from forms.compiled import Compiled
from forms.compiler import compile_workbook
from forms.findings import WorkbookRefused
from forms.form import Form
from forms.types_table import TYPES

HEADERS = [
    *("type", "name", "label", "label::fr", "hint::ar", "relevant", "constraint", "required"),
    *("calculation", "default", "constraint_message::fr", "choice_filter", "readonly", "disabled"),
    *(
        "chat::weight",
        "media::image",
        "parameters",
        "trigger",
        "label:fr",
        "name ",
        "bind::x",
        ":",
    ),
    *("repeat_count", "save_to", "jr:count", "::", "label::", "type::fr"),
]
LIST_HEADERS = ["list_name", "list name", "name", "label", "label::fr", "value", "label::(", "x"]
SETTINGS = [
    "form_title",
    "form_title::fr",
    "form_id",
    "version",
    "default_language",
    "name",
    "flat",
]
words = st.one_of(
    st.sampled_from(
        [
            *("", "a", "b", "yes", "no", "select_one l", "select_multiple l", "begin group"),
            *("end group", "begin repeat", "end repeat", "text", "integer", "calculate", "note"),
            *(
                "${a}",
                "${a} = 'x'",
                "${b} > 3 and ${a}",
                "(",
                "')",
                "${",
                "today()",
                "regex(., '(')",
            ),
            *("selected(${a}, 'x')", "jr:choice-name(${a}, '${a}')", "1 div 0", "$a", "../a", "."),
            *(
                "select_one l or_other",
                "select_one ${a}",
                "meta",
                "_uuid",
                "true()",
                "rank l",
                "0",
            ),
        ]
    ),
    st.sampled_from(sorted(TYPES)),
    st.text(max_size=12),
)


def rows(headers: list[str], size: int) -> st.SearchStrategy[list[list[str]]]:
    """A header and some rows below it."""
    head = st.lists(st.sampled_from(headers), min_size=1, max_size=8, unique=True)
    return head.flatmap(
        lambda names: st.lists(
            st.lists(words, min_size=len(names), max_size=len(names)), max_size=size
        ).map(lambda body: [names, *body])
    )


def as_xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    """A workbook in which every cell is a text."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, text in enumerate(line):
                    sheet.write_string(row, column, text)
    return file.getvalue()


def compiled(workbook: bytes) -> Compiled | None:
    """The form; None after findings that can all be said."""
    try:
        return compile_workbook(workbook)
    except WorkbookRefused as refusal:
        found = refusal.findings
    assert found
    assert all(str(finding) for finding in found)
    json.dumps([finding.to_json() for finding in found])
    return None


@given(rows(HEADERS, 6), rows(LIST_HEADERS, 4), rows(SETTINGS, 1))
def test_any_cells_give_a_form_or_findings(
    survey: list[list[str]], choices: list[list[str]], settings: list[list[str]]
) -> None:
    done = compiled(as_xlsx({"survey": survey, "choices": choices, "settings": settings}))

    if done:
        assert done.form.program.asked
        assert Form.from_json(done.form.to_json()) == done.form


@given(rows([*HEADERS[:11]], 6))
def test_any_rows_below_good_headers_give_a_form_or_findings(survey: list[list[str]]) -> None:
    names = ["type", "name", "label"]
    first = [["text", "a", "A"], ["select_one l", "b", "B"]]
    lines = [names, *first, *[[*line, "", ""][:3] for line in survey[1:]]]

    choices = [["list_name", "name", "label"], ["l", "x", "X"]]
    compiled(as_xlsx({"survey": lines, "choices": choices}))


@given(st.binary(max_size=300))
def test_any_bytes_give_a_form_or_findings(file: bytes) -> None:
    compiled(file)
    compiled(b"PK\x03\x04" + file)
