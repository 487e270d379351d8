"""Workbooks for tests: a form written as Markdown tables becomes the bytes of an .xlsx file."""

from io import BytesIO

from openpyxl import Workbook

from forms.compiler import Compiled, compile_workbook
from forms.findings import Finding, WorkbookRefused
from forms.form import Form

SETTINGS = """
settings
| form_id | version |
| test    | 1       |
"""


def workbook(tables: str) -> bytes:
    """Each table stands below the name of its sheet; a line is a row, an empty cell is empty."""
    book = Workbook()
    book.remove(book.active)
    sheet = None
    for line in tables.strip().splitlines():
        text = line.strip()
        if text.startswith("|"):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            assert sheet is not None, "a table begins with the name of its sheet"
            sheet.append([cell.replace("\\n", "\n") or None for cell in cells])
        elif text:
            sheet = book.create_sheet(text)
    if "settings" not in book.sheetnames:
        return workbook(tables + SETTINGS)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def compiled(tables: str) -> Compiled:
    """The compiled form with its warnings."""
    return compile_workbook(workbook(tables))


def form_of(tables: str) -> Form:
    """The form alone."""
    return compiled(tables).form


def findings(tables: str) -> tuple[Finding, ...]:
    """Everything said about a workbook, refused or not."""
    try:
        return compiled(tables).warnings
    except WorkbookRefused as refusal:
        return refusal.findings


def said(tables: str) -> list[str]:
    """The findings as an author reads them."""
    return [str(finding) for finding in findings(tables)]
