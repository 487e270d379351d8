"""The page's own fonts: what fonts.css promises, and what the files beside it really draw."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # ships no types

from tests.house.project import ROOT

SHEET = ROOT / "simulator" / "page" / "fonts.css"
FOLDER = SHEET.parent / "fonts"

_RULE = re.compile(r"@font-face\s*\{(?P<body>[^}]*)\}")
_FAMILY = re.compile(r'font-family:\s*"([^"]+)"')
_FILE = re.compile(r'url\("([^"]+)"\)')
_RANGE = re.compile(r"unicode-range:([^;]+);")
_SPAN = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_VARIABLE = re.compile(r"(--font-\w+):([^;]+);")

UNSEEN = {"Cf", "Zl", "Zp", "Zs"}
"""Marks of direction, joiners, spaces: browsers draw them as nothing, or as a blank's width."""
VARIATIONS = {chr(code) for code in range(0xFE00, 0xFE10)}


@dataclass(frozen=True)
class Face:
    """One file of a family, and the characters that the browser asks of it."""

    family: str
    path: Path
    promised: frozenset[str]

    def draws(self, character: str) -> bool:
        """Whether this character comes out of this file, seen or rightly unseen."""
        if character not in self.promised:
            return False
        return is_unseen(character) or character in drawn_in(self.path)

    @property
    def broken_promises(self) -> list[str]:
        """What the sheet asks of the file and the file does not hold."""
        return sorted(one for one in self.promised if not self.draws(one))


def is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN or character in VARIATIONS


def faces(sheet: str) -> list[Face]:
    """The rules of a style sheet, in its order."""
    return [_face(rule["body"]) for rule in _RULE.finditer(sheet)]


def families(sheet: str) -> dict[str, list[str]]:
    """The families behind ``--font-text`` and ``--font-mono``, the first to be asked first."""
    return {name: re.findall(r'"([^"]+)"', value) for name, value in _VARIABLE.findall(sheet)}


@cache
def drawn_in(path: Path) -> frozenset[str]:
    """The characters for which a font file has a drawing."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


@cache
def tables_of(path: Path) -> frozenset[str]:
    """The names of a font file's tables."""
    with TTFont(path, lazy=True) as font:
        return frozenset(map(str, font.keys()))


def undrawn(characters: Iterable[str], drawing: Iterable[Face]) -> list[str]:
    """The characters that none of these files draws; line ends and tabs need no drawing."""
    files = list(drawing)
    return sorted(
        one
        for one in set(characters) - {"\n", "\r", "\t"}
        if not any(face.draws(one) for face in files)
    )


def _face(body: str) -> Face:
    family, file, ranges = (_found(pattern, body) for pattern in (_FAMILY, _FILE, _RANGE))
    spans = [(int(first, 16), int(last or first, 16)) for first, last in _SPAN.findall(ranges)]
    promised = frozenset(chr(code) for first, last in spans for code in range(first, last + 1))
    return Face(family, SHEET.parent / file, promised)


def _found(pattern: re.Pattern[str], body: str) -> str:
    match = pattern.search(body)
    if match is None:
        raise ValueError(f"a rule without {pattern.pattern}: {body.strip()}")
    return match[1]
