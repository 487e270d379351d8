"""Files that are no workbooks, and workbooks made to hurt, end as one clear sentence."""

import os
import time
import zipfile
from io import BytesIO

import pytest

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


ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
BAD = {
    "a letter": (b"Bonjour", "not_a_workbook"),
    "nothing": (b"", "not_a_workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_workbook"),
    "a broken archive": (b"PK\x03\x04" + bytes(100), "not_a_workbook"),
    "half a workbook": (workbook(GOOD)[:2_000], "not_a_workbook"),
    "an old file that is none": (b"\xd0\xcf\x11\xe0" + bytes(4_000), "not_a_workbook"),
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

    assert [finding.code for finding in refusal.value.findings] == ["not_a_workbook"]


async def test_a_child_that_needs_too_long_is_ended() -> None:
    with pytest.raises(WorkbookRefused) as refusal:
        await compile_in_child(workbook(GOOD), seconds=0.01)

    assert [finding.code for finding in refusal.value.findings] == ["too_heavy"]


async def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    monkeypatch.setenv("PYTHONSTARTUP", os.devnull)

    compiled = await compile_in_child(workbook(GOOD))

    assert compiled.form.questions
