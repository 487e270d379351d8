"""What a person types, understood: digits of any script, decimal signs, days in words."""

import re
import unicodedata
from datetime import date

_CONTROLS = re.compile("[\0\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_MINUSES = re.compile("[\u2010-\u2013\u2212\ufe63\uff0d]")
_SPACES_IN_NUMBERS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_INVISIBLE = re.compile("[\u200b-\u200f\u061c\ufeff]")
_BLANK = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | set(map(chr, range(0xFE00, 0xFE10)))
"""Letters and marks that show nothing, beside what Unicode calls space, control or format."""

_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"([+-]?)(\d{0,20})(?:[.,\u066b](\d{0,20}))?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/\-. ]\s*(\d{1,2})\s*[/\-. ]\s*(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/\-. ]\s*(\d{1,2})\s*[/\-. ]\s*(\d{1,2})", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s+([^\W\d_]+)\.?,?\s+(\d{4})")

_MONTHS = (
    "يناير janvier january janv jan",
    "فبراير février february févr fév feb",
    "مارس mars march mar",
    "أبريل إبريل avril april avr apr",
    "ماي مايو mai may",
    "يونيو juin june jun",
    "يوليوز يوليو juillet july juil jul",
    "غشت أغسطس août august aug",
    "شتنبر سبتمبر septembre september sept sep",
    "أكتوبر octobre october oct",
    "نونبر نوفمبر novembre november nov",
    "دجنبر ديسمبر décembre december déc dec",
)


def without_controls(text: str) -> str:
    """The text letter by letter, without NUL, direction overrides and broken surrogates."""
    return _CONTROLS.sub("", text)


def is_unseen(sign: str) -> bool:
    """Whether one sign shows nothing on a screen: a space, a mark of direction, a filler."""
    return sign.isspace() or sign in _BLANK or unicodedata.category(sign) in {"Cc", "Cf"}


def says_something(text: str) -> bool:
    """Whether there is anything to see in a text."""
    return not all(map(is_unseen, text))


def integer(typed: str) -> int | None:
    """`٢٥`, `1 200`, `−3`; None where it is not a whole number of at most 18 digits."""
    plain = _number(typed)
    return int(plain) if _INTEGER.fullmatch(plain) else None


def decimal(typed: str) -> str | None:
    """The shortest writing of a decimal, `3,50` → `3.5`; None where it is not one."""
    found = _DECIMAL.fullmatch(_number(typed))
    if not found or not (found[2] or found[3]):
        return None
    whole, part = (found[2] or "0").lstrip("0") or "0", (found[3] or "").rstrip("0")
    written = f"{whole}.{part}" if part else whole
    return f"-{written}" if found[1] == "-" and written != "0" else written


def day(typed: str) -> date | None:
    """Day or year first, in digits or with the month in words; None where there is no such day."""
    plain = _MINUSES.sub("-", _digits(typed)).strip()
    if found := _DAY_FIRST.fullmatch(plain):
        parts = (found[3], found[2], found[1])
    elif found := _YEAR_FIRST.fullmatch(plain):
        parts = (found[1], found[2], found[3])
    elif (found := _IN_WORDS.fullmatch(plain)) and (month := _MONTH_NUMBERS.get(folded(found[2]))):
        parts = (found[3], str(month), found[1])
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def folded(text: str) -> str:
    """For comparing only: case, accents, Arabic signs and letter variants, spaces, digits."""
    plain = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", _digits(text).casefold())
        if not unicodedata.combining(sign) and sign != "\u0640"
    )
    return " ".join(plain.translate(_ALIKE).split())


def _digits(typed: str) -> str:
    """Digits of any script as 0–9, invisible direction marks removed."""
    plain = _INVISIBLE.sub("", without_controls(typed))
    if plain.isascii():
        return plain
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.decimal(sign, None) is not None else sign
        for sign in plain
    )


def _number(typed: str) -> str:
    plain = _MINUSES.sub("-", _digits(typed)).strip()
    return _SPACES_IN_NUMBERS.sub("", plain).replace("\u066c", "")


_ALIKE = str.maketrans({"\u0671": "\u0627", "\u0649": "\u064a", "\u0629": "\u0647", "’": "'"})
_MONTH_NUMBERS = {
    folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()
}
