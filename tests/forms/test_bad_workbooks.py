"""Files that are no workbooks, and workbooks made to hurt, end as one clear sentence."""

import os
import time
import zipfile
from io import BytesIO

import pytest
from openpyxl import load_workbook

from forms.compiler import compile_workbook
from forms.findings import WorkbookRefused
from forms.workbook import LARGEST_FILE, MOST_PARTS, sheets_of
from participation.workbooks import compile_in_child
from tests.forms.workbooks import workbook

GOOD = """
survey
| type | name | label |
| text | a | A |
"""
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"


def changed(replaced: dict[str, bytes], tables: str = GOOD) -> bytes:
    """A good workbook in which some parts are replaced or added."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(tables))) as good,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, replaced.pop(name, good.read(name)))
        for name, content in replaced.items():
            bad.writestr(name, content)
    return file.getvalue()


def sheet(rows: str, dimension: str = "A1:C2") -> bytes:
    """The XML of a survey sheet."""
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return (
        f'{start}<dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'.encode()
    )


def lying() -> bytes:
    """A bomb that declares one byte for each of its parts."""
    file = bytearray(changed({"xl/bomb.xml": b" " * 70 * 2**20}))
    place = file.rfind(b"PK\x01\x02", 0, file.rfind(b"xl/bomb.xml"))
    file[place + 24 : place + 28] = (1).to_bytes(4, "little")
    return bytes(file)


def above(tables: str) -> bytes:
    """A workbook whose first sheet begins with an empty row."""
    book = load_workbook(BytesIO(workbook(tables)))
    book.worksheets[0].insert_rows(1)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def strict() -> bytes:
    """What Excel saves as “Strict Open XML Spreadsheet”: names of its own for everything."""
    with zipfile.ZipFile(BytesIO(workbook(GOOD))) as good:
        book = good.read(BOOK)
    return changed({BOOK: book.replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")})


def ods() -> bytes:
    """The beginning of a LibreOffice table: its first part names its kind."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old workbooks begin with, and new ones that are locked."""

ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
BAD = {
    "a letter": (b"Bonjour", "other_format"),
    "a table as text": (b"survey\n,type,name,label\n,text,a,A\n", "other_format"),
    "Arabic text of Windows": ("نص".encode("cp1256"), "other_format"),
    "text in UTF-16": ("survey;type".encode("utf-16"), "not_a_workbook"),
    "blanks": (b" \n" * 9, "not_a_workbook"),
    "a page": (b"%PDF-1.7\n%\xe2\xe3", "not_a_workbook"),
    "a table of LibreOffice": (ods(), "other_format"),
    "a workbook with a password": (
        OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500),
        "password",
    ),
    "nothing": (b"", "not_a_workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_workbook"),
    "a broken archive": (b"PK\x03\x04" + bytes(100), "not_a_workbook"),
    "half a workbook": (workbook(GOOD)[:2_000], "not_a_workbook"),
    "an old workbook": (OLE + bytes(4_000), "other_format"),
    "an archive without sheets": (changed({"xl/workbook.xml": b"<x/>"}), "no_survey_sheet"),
    "a large file": (bytes(LARGEST_FILE + 1), "file_too_large"),
    "a zip bomb": (changed({"xl/bomb.xml": b" " * 70 * 2**20}), "unpacked_too_large"),
    "a bomb that lies about its size": (lying(), "not_a_workbook"),
    "thousands of parts": (
        changed({f"xl/part{i}.xml": b"" for i in range(MOST_PARTS)}),
        "too_many_parts",
    ),
    "entities": (changed({"xl/sharedStrings.xml": ENTITY}), "document_type"),
    "entities across a border": (
        changed({"xl/sharedStrings.xml": b" " * (2**16 - 4) + ENTITY}),
        "document_type",
    ),
    "a sheet that says it is endless": (
        changed({SHEET: sheet("", "A1:XFD1048576")}),
        "absurd_sheet",
    ),
    "a cell at the end of the world": (
        changed({SHEET: sheet('<row r="1048576"><c r="A1048576"/></row>')}),
        "absurd_sheet",
    ),
    "too many rows": (changed({SHEET: sheet("<row></row>" * 20_001)}), "absurd_sheet"),
    "too many cells": (
        changed({SHEET: sheet('<row r="1">' + '<c r="A1"/>' * 300_001 + "</row>")}),
        "absurd_sheet",
    ),
    "no sheets of a form": (
        changed({}, "one\n| a | b |\n| 1 | 2 |\ntwo\n| a |\n| 1 |\n"),
        "no_survey_sheet",
    ),
    "an empty row above the headers": (above(GOOD), "empty_survey"),
    "the other kind of .xlsx that Excel offers": (strict(), "other_format"),
    "an empty sheet": (changed({}, "survey\n"), "empty_survey"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_moment(name: str) -> None:
    file, code = BAD[name]
    begun = time.perf_counter()

    with pytest.raises(WorkbookRefused) as refusal:
        compile_workbook(file)

    assert code in {finding.code for finding in refusal.value.findings}
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("an old workbook", "this file is a .xls file inside, whatever it is called; "),
        ("a table as text", "this file is a .csv file inside, whatever it is called; "),
        ("a table of LibreOffice", "this file is a .ods file inside, whatever it is called; "),
        (
            "the other kind of .xlsx that Excel offers",
            "this file is a Strict Open XML file inside, whatever it is called; ",
        ),
    ],
)
def test_another_format_is_named_with_what_to_do(name: str, sentence: str) -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        compile_workbook(BAD[name][0])

    assert str(refusal.value.findings[0]) == (
        sentence + "open it in Excel or LibreOffice, save it as .xlsx and send that file"
    )


def test_a_header_twice_is_named() -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        sheets_of(workbook("survey\n| type | name | name |\n| text | a | b |\n"))

    assert str(refusal.value.findings[0]) == (
        'the headers "name" and "name" mean the same column; keep one of them'
    )


async def test_the_child_process_gives_the_form() -> None:
    compiled = await compile_in_child(workbook(GOOD))

    assert compiled == compile_workbook(workbook(GOOD))


async def test_the_child_process_gives_the_findings() -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        await compile_in_child(b"Bonjour")

    assert [finding.code for finding in refusal.value.findings] == ["other_format"]


async def test_a_child_that_needs_too_long_is_ended() -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        await compile_in_child(workbook(GOOD), seconds=0.01)

    assert [finding.code for finding in refusal.value.findings] == ["too_heavy"]


async def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    monkeypatch.setenv("PYTHONSTARTUP", os.devnull)

    compiled = await compile_in_child(workbook(GOOD))

    assert compiled.form.questions
