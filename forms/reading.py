"""Sheets as rows of named cells, with the numbers and headers that their author sees."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pyxform import aliases
from pyxform.parsing.sheet_headers import clean_text_values, process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey
from pyxform.xls2json_backends import DefinitionData

from forms.findings import Findings
from forms.form import Texts
from forms.typed import says_something

Column = tuple[str, ...]
"""A header in pyxform's words: `("bind", "relevant")`, `("label", "Français (fr)")`."""

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*\)\s*$")
_NAMES = {
    "français": "fr",
    "francais": "fr",
    "french": "fr",
    "arabe": "ar",
    "arabic": "ar",
    "العربية": "ar",
    "english": "en",
    "anglais": "en",
    "tamazight": "zgh",
    "amazigh": "zgh",
}


@dataclass(frozen=True)
class Row:
    """One row that is not empty; `number` as Excel shows it."""

    number: int
    cells: Mapping[Column, str]

    def get(self, *column: str) -> str:
        """The cell's text, `""` where it is empty."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows and the headers as they were written."""

    name: str
    headers: Mapping[Column, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    def written(self, *column: str) -> str:
        """The header as its author wrote it; for a missing column, how it would be written."""
        if column in self.headers:
            return self.headers[column]
        named = column[1:] if column[0] in {"bind", "control"} else column
        return "::".join(_SPOKEN.get(part, part) for part in named)

    def languages(self, *column: str) -> list[str]:
        """The languages as written that this column has, `""` for the plain one."""
        size = len(column)
        return [
            header[size] if len(header) > size else ""
            for header in self.headers
            if header[:size] == column and len(header) <= size + 1
        ]


@dataclass(frozen=True)
class Languages:
    """The form's languages: code by the words in the headers (`Français (fr)` → `fr`)."""

    codes: Mapping[str, str]
    default: str

    def texts(self, row: Row, *column: str) -> Texts:
        """The cell in every language that has one; a plain column speaks the default language.

        As it is printed: pyxform has made every apostrophe straight, as expressions need them.
        """
        found: dict[str, str] = {}
        if plain := row.get(*column):
            found[self.default] = _printed(plain)
        for written, code in self.codes.items():
            if text := row.get(*column, written):
                found[code] = _printed(text)
        return found

    def spoken(self, sheet: Sheet) -> tuple[str, ...]:
        """The codes of all that have a column; a plain one for labels is the default's."""
        plain = [self.default] if ("label",) in sheet.headers else []
        return tuple(dict.fromkeys([*self.codes.values(), *plain])) or (self.default,)

    def lacking(self, sheet: Sheet, row: Row, *column: str) -> Iterator[tuple[str, str]]:
        """Header and language of each empty cell, where the row says this in another language."""
        texts = self.texts(row, *column)
        named = {(*column, written): (written, code) for written, code in self.codes.items()}
        plain = {column: (self.default, self.default)} if column in sheet.headers else {}
        for each, (language, code) in {**named, **plain}.items():
            if texts and code not in texts:
                yield sheet.written(*each), language


def sheet(data: DefinitionData, name: str, findings: Findings) -> Sheet:
    """One sheet of the workbook; empty where there is none."""
    written = [header for header in _headers(data, name) if header]
    double = any("::" in header for header in written)
    columns: dict[str, Column] = {}
    headers: dict[Column, str] = {}
    for header in written:
        column = process_header(header, double, _ALIASES[name], _COLUMNS[name])[1]
        if column in headers:
            findings.add("broken_header", name, 1, header, first=headers[column], second=header)
        columns[header] = column
        headers.setdefault(column, header)
    rows: Sequence[Mapping[str, Any]] = getattr(data, name) or ()
    return Sheet(name, headers, tuple(_rows(rows, columns, strip=name == "survey")))


def code_of(written: str) -> str:
    """`العربية (ar)` → `ar`; a name without a code is looked up, else it is its own code."""
    found = _CODE.search(written)
    if found:
        return found[1].lower()
    folded = written.strip().lower()
    return _NAMES.get(folded, folded)


def _printed(text: str) -> str:
    return _APOSTROPHE.sub("’", text)


def _headers(data: DefinitionData, name: str) -> list[str]:
    header: Sequence[Mapping[str, Any]] = getattr(data, f"{name}_header") or ()
    return [str(key) for key in header[0]] if header else []


def _rows(
    rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Column], *, strip: bool
) -> Iterator[Row]:
    for number, row in enumerate(rows, start=2):
        cells = {
            columns[header]: str(clean_text_values(str(text), strip_whitespace=strip)).strip()
            for header, text in row.items()
            if header in columns and text is not None and says_something(str(text))
        }
        if cells:
            yield Row(number, cells)


_SPOKEN = {
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
    "calculate": "calculation",
    "list name": "list_name",
    "title": "form_title",
    "id_string": "form_id",
}
_ALIASES: dict[str, dict[str, Any]] = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "settings": aliases.settings_header,
}
_COLUMNS: dict[str, set[str]] = {
    "survey": set(MultipleChoiceQuestion.get_slot_names()),
    "choices": set(Option.get_slot_names()),
    "settings": set(Survey.get_slot_names()),
}
