"""Files that people are sent: what they really are, and why one is not taken."""

import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

from participation.content import MEDIA_TYPES, OGG, RECORDINGS
from participation.tables import LARGEST_FILE

KINDS = {**MEDIA_TYPES, **RECORDINGS}
"""By ending: what people are sent to read, and the notice as the commune has spoken it."""
_ODT = b"application/vnd.oasis.opendocument.text"


class NotTaken(StrEnum):
    """Why a file did not become a document."""

    TOO_LARGE = "too_large"
    UNKNOWN_KIND = "unknown_kind"
    """Its name ends in nothing that people are sent to read."""
    NOT_WHAT_IT_SAYS = "not_what_it_says"
    """Its bytes are of another kind than its name."""
    OUT_OF_REACH = "out_of_reach"
    """Telegram does not hand it out any more."""
    FIXED = "fixed"
    """Nobody can answer any more, or the person may not write it any more."""
    HEARD = "heard"
    """A recording of the notice, once people answer."""


class FileRefused(Exception):
    """A file that cannot become a document."""

    def __init__(self, why: NotTaken) -> None:
        super().__init__(why.value)
        self.why = why


def kind_of(content: bytes) -> str | None:
    """The ending that these bytes deserve, by how they begin; None for what we do not send."""
    if content.startswith(b"%PDF-"):
        return ".pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith(OGG):
        return ".ogg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    return _kind_of_archive(content) if content.startswith(b"PK\x03\x04") else None


def _kind_of_archive(content: bytes) -> str | None:
    """An office file tells its kind by what it packs; one that packs macros is none of ours."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return ".docx"
    if "xl/workbook.xml" in names:
        return ".xlsx"
    return ".odt" if "content.xml" in names and _ODT in content[:200] else None


def ending_of(file_name: str) -> str:
    """A name's ending, if it is one of ``KINDS``; raises FileRefused."""
    ending = PurePosixPath(file_name).suffix.lower()
    if ending not in KINDS:
        raise FileRefused(NotTaken.UNKNOWN_KIND)
    return ending


def checked(file_name: str, content: bytes) -> str:
    """The media type of a file that is what its name says; raises FileRefused."""
    ending = ending_of(file_name)
    if len(content) > LARGEST_FILE:
        raise FileRefused(NotTaken.TOO_LARGE)
    found = kind_of(content)
    if found is None or KINDS[found] != KINDS[ending]:
        raise FileRefused(NotTaken.NOT_WHAT_IT_SAYS)
    return KINDS[ending]
