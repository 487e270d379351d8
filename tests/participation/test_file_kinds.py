"""What a file really is: by its bytes, not by its name."""

import zipfile
from io import BytesIO

import pytest

from participation.file_kinds import FileRefused, NotTaken, checked, kind_of
from participation.tables import LARGEST_FILE

PDF = b"%PDF-1.7\n..."
JPEG = b"\xff\xd8\xff\xe0...."
PNG = b"\x89PNG\r\n\x1a\n...."


def packed(*names: str, first: bytes = b"") -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as writing:
        if first:
            writing.writestr("mimetype", first)
        for name in names:
            writing.writestr(name, "x")
    return archive.getvalue()


DOCX = packed("word/document.xml")
XLSX = packed("xl/workbook.xml")
ODT = packed("content.xml", first=b"application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (PDF, ".pdf"),
        (JPEG, ".jpg"),
        (PNG, ".png"),
        (DOCX, ".docx"),
        (XLSX, ".xlsx"),
        (ODT, ".odt"),
        (packed("content.xml", first=b"application/vnd.oasis.opendocument.spreadsheet"), None),
        (packed("word/document.xml", "word/vbaProject.bin"), None),
        (packed("anything"), None),
        (b"PK\x03\x04 and nothing", None),
        (b"MZ", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_the_bytes_tell_the_kind(content: bytes, ending: str | None) -> None:
    assert kind_of(content) == ending


def test_a_file_that_is_what_its_name_says_is_taken() -> None:
    assert checked("plan.PDF", PDF) == "application/pdf"
    assert checked("photo.jpeg", JPEG) == "image/jpeg"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("plan.exe", b"MZ", NotTaken.UNKNOWN_KIND),
        ("plan", PDF, NotTaken.UNKNOWN_KIND),
        ("plan.xls", b"", NotTaken.UNKNOWN_KIND),
        ("plan.pdf", b"MZ", NotTaken.NOT_WHAT_IT_SAYS),
        ("plan.pdf", DOCX, NotTaken.NOT_WHAT_IT_SAYS),
        ("plan.docx", XLSX, NotTaken.NOT_WHAT_IT_SAYS),
        ("plan.pdf", PDF + bytes(LARGEST_FILE), NotTaken.TOO_LARGE),
    ],
)
def test_other_files_are_refused(name: str, content: bytes, why: NotTaken) -> None:
    with pytest.raises(FileRefused) as refused:
        checked(name, content)

    assert refused.value.why is why
