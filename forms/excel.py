"""What Excel makes of a cell unasked: *1-5* becomes the first of May."""

import re

from forms.findings import Findings
from forms.reading import Sheet

_DATE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?|\d\d:\d\d:\d\d(\.\d+)?")
"""How a real date or an hour of a workbook is read; nobody types seconds."""


def is_excel_date(text: str) -> bool:
    """Whether a cell's text was a date or an hour in the workbook."""
    return _DATE.fullmatch(text.strip()) is not None


def find_excel_dates(sheet: Sheet, findings: Findings) -> None:
    """Name every cell that holds a date of Excel's where a text was meant."""
    for row in sheet.rows:
        for column, text in row.cells.items():
            if is_excel_date(text):
                written = sheet.headers[column]
                findings.add("excel_date", sheet.name, row.number, written, value=text)
