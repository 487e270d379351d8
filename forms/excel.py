"""What Excel makes of a cell unasked: *1-5* becomes the first of May, *VRAI* a truth value."""

import re
from collections.abc import Mapping

from forms.findings import Findings
from forms.reading import Column, Sheet

_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?|\d\d:\d\d:\d\d(\.\d+)?")
"""How a real date or an hour of a workbook is read; nobody types seconds."""
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BUSY!)")
"""How a formula that failed is kept, in whatever language Excel shows it."""
_TRUTH = re.compile(r"TRUE|FALSE")
_KINDS: Mapping[str, re.Pattern[str]] = {
    "excel_date": _DATE,
    "excel_error": _ERROR,
    "excel_truth": _TRUTH,
}
_READ_BY_PEOPLE = frozenset({"label", "hint", "title"})


def find_excel_cells(sheet: Sheet, findings: Findings) -> None:
    """Name every cell of which Excel has made something else than the text that was meant."""
    for row in sheet.rows:
        for column, text in row.cells.items():
            if code := _made(column, text.strip()):
                written = sheet.headers[column]
                findings.add(code, sheet.name, row.number, written, value=text)
                findings.settle(sheet.name, row.number, written)


def _made(column: Column, text: str) -> str:
    """What became of a cell; `TRUE` may be meant where nobody reads it."""
    found = next((code for code, kind in _KINDS.items() if kind.fullmatch(text)), "")
    return "" if found == "excel_truth" and column[0] not in _READ_BY_PEOPLE else found
