"""Tables of a commune's TOML files: read key by key, with every fault remembered and named."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from participation.errors import OperatorError
from storage.base import Texts

LARGEST_FILE = 20_000_000
"""Bytes; Telegram lets a bot hand out more, but few phones here would fetch it."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to repair: the file, the key or place inside it, and what to do."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.sentence) if part)


class ContentRefused(OperatorError):
    """A directory that cannot be loaded; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class Unreadable(Exception):
    """A file that cannot be taken; the text says why."""


@dataclass
class Table:
    """One table. A key that is missing or wrong leaves a fault, and a value to go on with."""

    values: Mapping[str, Any]
    file: str
    faults: list[Fault]
    languages: Sequence[str] = ()
    at: str = ""
    read: set[str] = field(default_factory=set)

    def fault(self, key: str, sentence: str) -> None:
        self.faults.append(Fault(self.file, f"{self.at}{key}", sentence))

    def has(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str, longest: int) -> str:
        """A text that must be there."""
        value = self._take(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(key, "must be a text in quotation marks")
            return ""
        self._check(key, value, longest)
        return value

    def slug(self, key: str = "slug") -> str:
        """A short name for links: small letters, digits and hyphens."""
        value = self.text(key, LONGEST_SLUG)
        if value.strip() and not _SLUG.fullmatch(value):
            self.fault(key, "may have small letters a to z, digits, and hyphens between them")
        return value

    def texts(self, key: str, longest: int, *, optional: bool = False) -> dict[str, str]:
        """A text in each of the commune's languages, further languages allowed."""
        if optional and key not in self.values:
            return {}
        value = self._take(key)
        if value is None:
            return {}
        if not is_by_language(value):
            wanted = " and ".join(self.languages)
            self.fault(key, f"must be a table with a text for each of {wanted}")
            return {}
        for language in self.languages:
            if language not in value:
                self.fault(f"{key}.{language}", "is missing: every text is said in each language")
        for language, text in value.items():
            self._check(f"{key}.{language}", text, longest)
        return dict(value)

    def day(self, key: str) -> date | None:
        """A day as TOML writes it, without a time."""
        value = self._take(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.fault(key, "must be a day written as 2026-11-23, without quotation marks")
            return None
        return value

    def number(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fault(key, f"must be a whole number from {low} to {high}")
            return None
        return value

    def table(self, key: str) -> "Table":
        """A table that must be there."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self.fault(key, f"must be a table: [{key}]")
            value = None
        return self._inner(value or {}, key)

    def tables(self, key: str) -> list["Table"]:
        """A list of tables, which may be absent."""
        self.read.add(key)
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(key, f"must be a list of tables: [[{key}]]")
            return []
        return [self._inner(one, f"{key}[{place}]") for place, one in enumerate(value, start=1)]

    def names(self, key: str) -> Any:
        """Whatever stands there, unchecked; a fault where nothing does."""
        return self._take(key)

    def finish(self) -> None:
        """Name the keys that mean nothing here: a misspelt one would be passed over in silence."""
        for key in self.values.keys() - self.read:
            near = get_close_matches(key, self.read, n=1)
            advice = f'; did you mean "{near[0]}"?' if near else ""
            self.fault(key, f"is not a key that is known here{advice}")

    def _inner(self, values: Mapping[str, Any], key: str) -> "Table":
        return Table(values, self.file, self.faults, self.languages, f"{self.at}{key}.")

    def _take(self, key: str) -> Any:
        self.read.add(key)
        if key not in self.values:
            self.fault(key, "is missing")
        return self.values.get(key)

    def _check(self, key: str, text: str, longest: int) -> None:
        if not text.strip():
            self.fault(key, "is empty")
        if len(text) > longest:
            self.fault(key, f"has {len(text)} characters; at most {longest} can be shown")
        if has_control(text):
            self.fault(key, "has a control character in it; take it out")


def is_by_language(value: object) -> bool:
    """Whether a value is a table of texts."""
    return (
        isinstance(value, dict)
        and bool(value)
        and all(isinstance(text, str) for text in value.values())
    )


def has_control(text: str) -> bool:
    """Whether a text has characters that no screen shows: NUL and its kin, not line ends."""
    return any(ord(character) < 32 and character not in "\n\t" for character in text)


def read_toml(path: Path, file: str) -> dict[str, Any]:
    """The document of a TOML file called ``file`` in faults; raises ContentRefused."""
    try:
        return tomllib.loads(read_bytes(path).decode("utf-8-sig"))
    except Unreadable as error:
        raise ContentRefused([Fault(file, "", str(error))]) from None
    except UnicodeDecodeError:
        sentence = "is not UTF-8 text; save it with the encoding UTF-8"
        raise ContentRefused([Fault(file, "", sentence)]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ContentRefused([Fault(file, "", f"is not valid TOML: {error}")]) from None


def read_bytes(path: Path) -> bytes:
    """A whole file of at most LARGEST_FILE bytes; raises Unreadable."""
    try:
        if not path.is_file():
            raise Unreadable("is not there" if not path.exists() else "is not a file")
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(f"is larger than {LARGEST_FILE // 1_000_000} MB; make it smaller")
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise Unreadable(f"cannot be read ({error.strerror})") from None
    if not content:
        raise Unreadable("is empty")
    return content


def inside(folder: Path, name: str) -> Path:
    """The file of that name below a folder; raises Unreadable for one that leads elsewhere."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name:
        raise Unreadable("must be a file below this folder, named without / in front and ..")
    path = folder / parts
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Unreadable("is a link that leads out of this folder")
    return path


def plain(value: Any) -> Any:
    """A TOML value as JSON keeps it: days and times as text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


__all__ = [
    "LARGEST_FILE",
    "ContentRefused",
    "Fault",
    "Table",
    "Texts",
    "Unreadable",
    "has_control",
    "inside",
    "is_by_language",
    "plain",
    "read_bytes",
    "read_toml",
]
