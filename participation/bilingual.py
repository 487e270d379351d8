"""Words typed in Arabic and French at once, told apart by their letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from participation.wording import language_of

_BETWEEN = (re.compile(r"\s*[|·]\s*"), re.compile(r"\s+/\s+"))
"""What parts two languages on one line; the first that does so counts."""
_BULLET = re.compile(r"^(?:[-•*·]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Both:
    """Lines in each language, in the order in which they were typed."""

    ar: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        return self.ar if language == "ar" else self.fr


def both(text: str) -> Both:
    """The lines of each language: one below the other, block by block, or side by side.

    A line without letters (``15-24``) belongs to the block in which it stands; between single
    lines it belongs to both languages.
    """
    typed = [_clean(line) for line in text.splitlines()]
    lines = [part for line in typed if line for part in _sides(line)]
    if not any(letter.isalnum() for letter in text):
        return Both()
    kinds = [language_of(line) for line in lines]
    if None not in kinds:
        return _sorted(lines, kinds)
    half = len(lines) // 2
    first, second = set(kinds[:half]) - {None}, set(kinds[half:]) - {None}
    if len(lines) == 2 * half and len(first) == len(second) == 1 and first != second:
        return _halves(lines, half, next(iter(first)))
    given = {kind for kind in kinds if kind}
    if len(given) == 1:
        only = next(iter(given))
        return _sorted(lines, [only] * len(lines))
    ar = [line for line, kind in zip(lines, kinds, strict=True) if kind != "fr"]
    fr = [line for line, kind in zip(lines, kinds, strict=True) if kind != "ar"]
    return Both(tuple(ar), tuple(fr))


def one_line(lines: Sequence[str]) -> str:
    """A sentence that was typed on several lines."""
    return " ".join(lines)


def _clean(line: str) -> str:
    return _BULLET.sub("", line.strip()).strip()


def _sides(line: str) -> list[str]:
    """Both languages on one line (``نعم / Oui``) are two lines, parted where the language changes.

    A sign that stands elsewhere belongs to the words: ``سوق · مدينة · Souk`` are two lines.
    """
    for sign in _BETWEEN:
        for found in sign.finditer(line):
            sides = [line[: found.start()], line[found.end() :]]
            if {_only(side, sign) for side in sides} == {"ar", "fr"}:
                return [side.strip() for side in sides]
    return [line]


def _only(text: str, sign: re.Pattern[str]) -> str | None:
    """The language of all parts of a text; None where there are two, or none."""
    spoken = {language_of(part) for part in sign.split(text)} - {None}
    return spoken.pop() if len(spoken) == 1 else None


def _sorted(lines: Sequence[str], kinds: Sequence[str | None]) -> Both:
    pairs = list(zip(lines, kinds, strict=True))
    return Both(
        tuple(line for line, kind in pairs if kind == "ar"),
        tuple(line for line, kind in pairs if kind == "fr"),
    )


def _halves(lines: Sequence[str], half: int, first: str | None) -> Both:
    above, below = tuple(lines[:half]), tuple(lines[half:])
    return Both(above, below) if first == "ar" else Both(below, above)
