"""From bytes to sheets: what cannot be a form's workbook is refused before anything reads it."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from pyxform.errors import PyXFormError
from pyxform.xls2json_backends import DefinitionData, get_xlsform

from forms.findings import WorkbookRefused, refused

LARGEST_FILE = 8 * 2**20
LARGEST_UNPACKED = 64 * 2**20
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 2_000
MOST_CELLS = 300_000

_CHUNK = 2**16
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEALED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_BOOK, _STRICT = "xl/workbook.xml", b"purl.oclc.org/ooxml"
"""What Excel saves as “Strict Open XML Spreadsheet” names its parts otherwise."""
_NOT_IN_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_DIMENSION = re.compile(rb"<dimension\s+ref=\"[A-Z]+\d+:([A-Z]+)(\d+)\"")
_ROW_NUMBER = re.compile(rb"<row\b[^>]*?\br=\"(\d+)\"")
_MARKS = re.compile("[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Signs that nobody sees: Arabic keyboards set them, and copied words bring them along."""
_READ_BY_PEOPLE = re.compile(r"\s*(?:short_)?(?:label|hint)|.*(?:message|title)", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def sheets_of(workbook: bytes) -> DefinitionData:
    """The sheets of an .xlsx file as pyxform reads them; raises WorkbookRefused."""
    if len(workbook) > LARGEST_FILE:
        raise refused("file_too_large", size=str(len(workbook)), limit=str(LARGEST_FILE))
    if not workbook.startswith(_ZIP):
        raise _of_another_format(workbook)
    if _OPEN_DOCUMENT in workbook[:100]:
        raise refused("other_format", format=".ods")
    _refuse_bombs(workbook)
    try:
        data = get_xlsform(workbook, file_type=".xlsx")
    except PyXFormError as error:
        if str(error).startswith("Duplicate column header: "):
            name = str(error).removeprefix("Duplicate column header: ")
            raise refused("broken_header", first=name, second=name) from error
        raise refused("not_a_workbook") from error
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the reader fails in its own ways on broken files
        raise refused("not_a_workbook") from error
    for name in ("survey", "choices", "settings"):
        _unmark(getattr(data, name) or ())
        _unmark(getattr(data, f"{name}_header") or ())
    return data


def _unmark(rows: Iterable[dict[str, Any]]) -> None:
    """Take unseen signs out of headers, names and conditions; what people read stays."""
    for row in rows:
        for header in list(row):
            cell = row.pop(header)
            if isinstance(cell, str) and not _READ_BY_PEOPLE.match(header):
                cell = _MARKS.sub("", cell)
            row[_MARKS.sub("", header)] = cell


def _of_another_format(file: bytes) -> WorkbookRefused:
    """What to say of a file by its content; its name may say anything."""
    if file.startswith(_OLE):
        is_sealed = _SEALED in file  # so Excel keeps an .xlsx with a password
        return refused("password") if is_sealed else refused("other_format", format=".xls")
    if file.strip() and not file.startswith(b"%PDF") and not _NOT_IN_TEXT.search(file[:_CHUNK]):
        return refused("other_format", format=".csv")
    return refused("not_a_workbook")


def _refuse_bombs(workbook: bytes) -> None:
    """Unpack everything once, in pieces, without keeping it: declared sizes may lie."""
    try:
        with zipfile.ZipFile(BytesIO(workbook)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise refused("too_many_parts", count=str(len(parts)), limit=str(MOST_PARTS))
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise refused("unpacked_too_large", limit=str(LARGEST_UNPACKED))
            left = LARGEST_UNPACKED
            for part in parts:
                left -= _unpacked(archive, part, left)
            if _BOOK in archive.namelist() and _STRICT in archive.read(_BOOK):
                raise refused("other_format", format="Strict Open XML")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError) as error:
        raise refused("not_a_workbook") from error
    except (RuntimeError, EOFError, OSError, ValueError) as error:  # encrypted or broken parts
        raise refused("not_a_workbook") from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """The real size of one part; refuses it as soon as more than `left` bytes came out."""
    size = 0
    tail = b""
    sheet = _SheetSize() if _SHEET.fullmatch(part.filename) else None
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > left:
                raise refused("unpacked_too_large", limit=str(LARGEST_UNPACKED))
            if b"<!DOCTYPE" in tail + piece or b"<!ENTITY" in tail + piece:
                raise refused("document_type")
            if sheet:
                sheet.read(piece)
            tail = piece[-16:]
    return size


class _SheetSize:
    """The spread of one sheet, counted while its XML passes by."""

    def __init__(self) -> None:
        self._tail = b""
        self._cells = 0
        self._rows = 0
        self._is_first = True

    def read(self, piece: bytes) -> None:
        """Take the next piece; refuses a sheet that nobody could have filled in."""
        seen = self._tail + piece
        if self._is_first and (found := _DIMENSION.search(seen)):
            self._is_first = False
            self._check(int(found[2]), _column_number(found[1]))
        self._cells += seen.count(b"<c ") + seen.count(b"<c>")
        self._rows += seen.count(b"<row ") + seen.count(b"<row>")
        numbers = [int(number) for number in _ROW_NUMBER.findall(seen)]
        self._tail = b"" if seen.endswith(b">") else seen[seen.rfind(b"<") :][:200]
        self._cells -= self._tail.count(b"<c ")
        self._rows -= self._tail.count(b"<row ")
        self._check(max([self._rows, *numbers]), 0)
        if self._cells > MOST_CELLS:
            raise refused("absurd_sheet", rows=str(self._rows), columns="?")

    def _check(self, rows: int, columns: int) -> None:
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            raise refused("absurd_sheet", rows=str(rows), columns=str(columns or "?"))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number
