"""Tables as CSV and XLSX files, written row by row; the same rows give the same bytes."""

import csv
import io
from collections.abc import AsyncIterable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Protocol

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from forms.tabulation import Cell, plain_text

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
CUT = " […] (the whole text is in the CSV export)"
"""Ends a text that is longer than a cell of an .xlsx file can be."""

_EXACT_DIGITS = 15
_FIRST_DAY = date(1900, 3, 1)  # earlier days are counted wrongly by Excel
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


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


class XlsxSpreadsheet:
    """Text as strings (never formulas, links or numbers), numbers and days as such, header frozen.

    A row is on disk (a temporary file) before the next begins. Raises TooManyColumns.
    """

    def __init__(self, file: IO[bytes], headers: Sequence[str], name: str = "data") -> None:
        if len(headers) > MOST_COLUMNS:
            raise TooManyColumns(len(headers))
        self._book = Workbook(file, {"constant_memory": True})
        self._book.set_properties({"created": _CREATED})
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._headers = list(headers)
        self._name = name
        self._sheets = 0
        self._sheet = self._next_sheet()

    def write(self, row: Sequence[Cell]) -> None:
        if self._place >= MOST_ROWS:
            self._sheet = self._next_sheet()
        for column, cell in enumerate(row):
            self._write(column, cell)
        self._place += 1

    def close(self) -> None:
        self._book.close()

    def _next_sheet(self) -> Worksheet:
        self._sheets += 1
        suffix = f" {self._sheets}" if self._sheets > 1 else ""
        sheet: Worksheet = self._book.add_worksheet(f"{self._name}{suffix}")
        sheet.freeze_panes(1, 0)
        self._sheet = sheet
        for column, header in enumerate(self._headers):
            self._write_text(0, column, header, self._bold)
        self._place = 1
        return sheet

    def _write(self, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, date) and cell >= _FIRST_DAY:
            midnight = datetime.combine(cell, datetime.min.time())
            self._sheet.write_datetime(self._place, column, midnight, self._day)
        elif isinstance(cell, (int, Decimal)) and _is_exact(cell):
            self._sheet.write_number(self._place, column, cell)
        else:
            self._write_text(self._place, column, _as_text(cell), None)

    def _write_text(self, row: int, column: int, text: str, style: Format | None) -> None:
        whole = text.encode("utf-8", "replace").decode()
        if len(whole.encode("utf-16-le")) // 2 > LONGEST_CELL:
            whole = whole.encode("utf-16-le")[: 2 * (LONGEST_CELL - len(CUT))].decode(
                "utf-16-le", "ignore"
            )
            whole += CUT
        self._sheet.write_string(row, column, whole, style)


def write_rows(spreadsheet: Spreadsheet, rows: Iterable[Sequence[Cell]]) -> int:
    """Write and close; the number of rows."""
    count = 0
    for row in rows:
        spreadsheet.write(row)
        count += 1
    spreadsheet.close()
    return count


async def stream_rows(spreadsheet: Spreadsheet, rows: AsyncIterable[Sequence[Cell]]) -> int:
    """The same from rows that arrive one after the other."""
    count = 0
    async for row in rows:
        spreadsheet.write(row)
        count += 1
    spreadsheet.close()
    return count


def _as_csv(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return plain_text(cell)
    return cell if isinstance(cell, int) else _as_text(cell)


def _as_text(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return "" if cell is None else str(cell)


def _is_exact(number: int | Decimal) -> bool:
    """Excel keeps 15 digits; a longer number is written as text, whole."""
    digits = "".join(map(str, Decimal(number).as_tuple().digits))  # normalize() would round
    return len(digits.strip("0")) <= _EXACT_DIGITS
