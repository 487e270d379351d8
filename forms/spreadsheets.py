"""Tables as CSV and XLSX files, written row by row; the same rows give the same bytes."""

import csv
import io
from collections.abc import AsyncIterable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Protocol

from xlsxwriter import Workbook

from forms.sheets import (
    CUT,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Sheet,
    Written,
    as_text,
)
from forms.tabulation import Cell, plain_text

__all__ = ["CUT", "LONGEST_CELL", "MOST_COLUMNS", "MOST_ROWS"]

_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_NARROWEST, _WIDEST, _TEXT_WIDTH = 11, 26, 44


class TooManyColumns(ValueError):
    """An .xlsx sheet cannot hold so many; CSV can, and so can an export without split columns."""


class Spreadsheet(Protocol):
    """A file being written; `close` finishes it and leaves the caller's file open."""

    def write(self, row: Sequence[Cell]) -> None:
        """Append a row."""

    def close(self) -> None:
        """Write what is left."""


class CsvSpreadsheet:
    """UTF-8 with BOM and CRLF, as Excel opens it; only text is neutralised."""

    def __init__(self, file: IO[bytes], headers: Sequence[str]) -> None:
        self._file = file
        self._text = io.StringIO(newline="")
        self._csv = csv.writer(self._text, lineterminator="\r\n")
        self._file.write("\ufeff".encode())
        self.write(list(headers))

    def write(self, row: Sequence[Cell]) -> None:
        self._csv.writerow([_as_csv(cell) for cell in row])
        self._file.write(self._text.getvalue().encode("utf-8", "replace"))
        self._text.seek(0)
        self._text.truncate()

    def close(self) -> None:
        self._file.flush()


class Look(StrEnum):
    """How a line of a front sheet looks."""

    TITLE = "title"
    HEADING = "heading"
    HEADER = "header"
    PLAIN = "plain"
    FEW = "few"
    """Told by so few that it may point to a person: in italics."""
    NOTE = "note"


class Share(float):
    """A part of a whole, shown as a per cent."""


@dataclass(frozen=True)
class Line:
    """One line of a front sheet."""

    cells: tuple[Written, ...] = ()
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class Names:
    """What the sheets are called; without ``front`` there is no sheet before the data."""

    data: str = "data"
    front: str = ""


class XlsxSpreadsheet:
    """Text as strings (never formulas, links or numbers), numbers and days as such, header frozen.

    A row is on disk (a temporary file, in ``folder`` if there is one) before the next begins.
    Raises TooManyColumns.
    """

    def __init__(
        self,
        file: IO[bytes],
        headers: Sequence[str],
        names: Names = Names(),
        *,
        texts: frozenset[int] = frozenset(),
        right_to_left: bool = False,
        folder: Path | None = None,
    ) -> None:
        if len(headers) > MOST_COLUMNS:
            raise TooManyColumns(len(headers))
        options = {"constant_memory": True, "tmpdir": str(folder) if folder else None}
        self._book = Workbook(file, options)
        self._book.set_properties({"created": _CREATED})
        self._right_to_left = right_to_left
        self._styles = _styles(self._book)
        self._headers = list(headers)
        self._texts = texts
        self._names = names
        self._front = self._add(names.front, 4) if names.front else None
        self._sheets: list[Sheet] = []
        self._sheet = self._next_sheet()

    def write(self, row: Sequence[Cell]) -> None:
        if self._sheet.rows >= MOST_ROWS:
            self._sheet = self._next_sheet()
        self._sheet.append(row)

    def summarise(self, lines: Iterable[Line]) -> None:
        """Fill the sheet before the data, once all of them are known."""
        sheet = self._front
        assert sheet is not None  # noqa: S101  (whoever has lines has named it)
        sheet.set_column(0, 0, 60)
        sheet.set_column(1, 3, 16)
        for line in lines:
            sheet.append(line.cells, [self._style(cell, line.look) for cell in line.cells])

    def close(self) -> None:
        if self._front is not None:
            self._front.finish()
        for sheet in self._sheets:
            sheet.finish()
            sheet.autofilter(0, 0, sheet.rows - 1, max(len(self._headers) - 1, 0))
        self._book.close()

    def _next_sheet(self) -> Sheet:
        number = len(self._sheets) + 1
        suffix = f" {number}" if number > 1 else ""
        sheet = self._add(f"{self._names.data}{suffix}", len(self._headers))
        self._sheets.append(sheet)
        sheet.freeze_panes(1, 0)
        for place, header in enumerate(self._headers):
            width = min(max(len(header), _NARROWEST), _WIDEST)
            sheet.set_column(place, place, _TEXT_WIDTH if place in self._texts else width)
        sheet.append(self._headers, [self._styles[Look.HEADER]] * len(self._headers))
        return sheet

    def _add(self, name: str, columns: int) -> Sheet:
        sheet: Sheet = self._book.add_worksheet(name, worksheet_class=Sheet)
        sheet.begin(columns, day=self._styles["day"], instant=self._styles["instant"])
        if self._right_to_left:
            sheet.right_to_left()
        return sheet

    def _style(self, cell: Written, look: Look) -> str:
        if cell is None or isinstance(cell, str):
            return self._styles[Look.PLAIN if look is Look.FEW else look]
        kind = _kind(cell)
        return self._styles[f"{Look.FEW} {kind}" if look is Look.FEW else kind]


def _kind(cell: Written) -> str:
    match cell:
        case Share():
            return "share"
        case float():
            return "part"
        case datetime():
            return "instant"
        case date():
            return "day"
        case _:
            return "whole"


def _styles(book: Workbook) -> dict[str, str]:
    """The attribute of each kind of cell."""
    wrapped = {"text_wrap": True, "valign": "top"}
    faint = {"italic": True, "font_color": "#595959"}
    figures = {
        "whole": {"num_format": "0"},
        "part": {"num_format": "0.0#"},
        "share": {"num_format": "0.0%"},
        "day": {"num_format": "yyyy-mm-dd"},
        "instant": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    }
    formats = {
        Look.TITLE: {"bold": True, "font_size": 16, **wrapped},
        Look.HEADING: {"bold": True, "font_size": 13, "top": 1, **wrapped},
        Look.HEADER: {"bold": True, "bottom": 1, **wrapped},
        Look.PLAIN: wrapped,
        Look.NOTE: {**faint, **wrapped},
        **figures,
        **{f"{Look.FEW} {kind}": {**faint, **figure} for kind, figure in figures.items()},
    }
    return {
        name: f' s="{book.add_format(properties)._get_xf_index()}"'
        for name, properties in formats.items()
    }


async def stream_rows(spreadsheet: Spreadsheet, rows: AsyncIterable[Sequence[Cell]]) -> int:
    """Write rows that arrive one after the other, left open for what else is known; how many."""
    count = 0
    async for row in rows:
        spreadsheet.write(row)
        count += 1
    return count


def _as_csv(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return plain_text(cell)
    return cell if isinstance(cell, int) else as_text(cell)
