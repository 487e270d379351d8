"""A sheet of a workbook, its rows written as they come; no text becomes markup or a formula.

XlsxWriter keeps a row's cells apart before it writes them, which is most of the time that a large
table takes, and passes a text through as markup that begins and ends like its own rich text. So
rows are written here, straight into the file in which its ``constant_memory`` mode keeps them;
the package, styles, panes, widths and filters stay XlsxWriter's.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
CUT = " […] (the whole text is in the CSV export)"
"""Ends a text that is longer than a cell of an .xlsx file can be."""

Written = str | int | float | Decimal | date | None
Style = str
"""`""`, or the attribute that names a format: ` s="2"`."""

_EXACT_DIGITS = 15
_EXACT_BELOW = 10**_EXACT_DIGITS
_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # earlier days are counted wrongly by Excel
_DAY_SECONDS = 86_400
_SPECIAL = re.compile("[&<>\0-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9a-fA-F]{4}_|^\\s|\\s\\Z")
_ESCAPED = re.compile("(?=_x[0-9a-fA-F]{4}_)")
_CONTROLS = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]")
_PRESERVED = ' xml:space="preserve"'


class Sheet(Worksheet):  # type: ignore[misc]  # it ships no types
    """A worksheet that only grows: `append` and never `write`."""

    def begin(self, columns: int, *, day: Style, instant: Style) -> None:
        """Say how many columns there will be, and how days and instants are shown."""
        self.letters = [xl_col_to_name(place) for place in range(columns)]
        self.rows = 0
        self._day, self._instant = day, instant

    def append(self, cells: Sequence[Written], styles: Sequence[Style] | None = None) -> None:
        """Write the next row; empty cells are left out, whatever their style."""
        self.rows += 1
        row = self.rows
        written, letters = [f'<row r="{row}">'], self.letters
        for place, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            style = styles[place] if styles else ""
            if type(cell) is int and -_EXACT_BELOW < cell < _EXACT_BELOW:  # most cells of most
                inside = f"{style}><v>{cell}</v>"
            else:
                inside = self._cell(cell, style)
            written.append(f'<c r="{letters[place]}{row}"{inside}</c>')
        written.append("</row>")
        self.row_data_fh.write("".join(written))

    def finish(self) -> None:
        """Say how far the rows went; the workbook may be closed now."""
        if self.rows:
            self._check_dimensions(0, 0)
            self._check_dimensions(self.rows - 1, len(self.letters) - 1)

    def _cell(self, cell: Written, style: Style) -> str:
        """All that stands between a cell's address and its end."""
        if isinstance(cell, str):
            return f'{style} t="inlineStr"><is>{_text(cell)}</is>'
        if isinstance(cell, date):
            return self._date(cell, style)
        if isinstance(cell, float) or is_exact(cell):
            return f"{style}><v>{cell:.16G}</v>"
        return f'{style} t="inlineStr"><is>{_text(as_text(cell))}</is>'

    def _date(self, cell: date, style: Style) -> str:
        if isinstance(cell, datetime):
            seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
            days = (cell.date() - _EPOCH).days + seconds / _DAY_SECONDS
            return f"{style or self._instant}><v>{days:.16G}</v>"
        if cell < _FIRST_DAY:
            return f'{style} t="inlineStr"><is>{_text(cell.isoformat())}</is>'
        return f"{style or self._day}><v>{(cell - _EPOCH).days}</v>"


def as_text(cell: Written) -> str:
    """A cell in figures and letters, every digit of it."""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return "" if cell is None else str(cell)


def is_exact(number: int | Decimal | None) -> bool:
    """Excel keeps 15 digits; a longer number is written as text, whole."""
    if isinstance(number, int) and -_EXACT_BELOW < number < _EXACT_BELOW:
        return True
    digits = "".join(map(str, Decimal(number or 0).as_tuple().digits))  # normalize() would round
    return len(digits.strip("0")) <= _EXACT_DIGITS


def _text(text: str) -> str:
    """The text as XML, as Excel escapes it: ``_x0001_`` for what XML cannot hold."""
    if len(text) > LONGEST_CELL // 2:
        text = _cut(text)
    if not _SPECIAL.search(text):
        return f"<t>{text}</t>"
    whole = text.encode("utf-8", "replace").decode()
    whole = _ESCAPED.sub("_x005F", whole)
    whole = _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", whole)
    space = _PRESERVED if whole[:1].isspace() or whole[-1:].isspace() else ""
    whole = whole.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t{space}>{whole}</t>"


def _cut(text: str) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) // 2 <= LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT
