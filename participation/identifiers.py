"""What in free words looks like somebody's ID card, telephone or mailbox: noticed, never kept."""

import re
import unicodedata
from enum import StrEnum

from participation.identity_cards import AMOUNT, has_card


class Identifier(StrEnum):
    """What can be noticed."""

    CNIE = "cnie"
    PHONE = "phone"
    EMAIL = "email"


_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Kinds of characters that can stand inside a number or a word unnoticed: marks, vowel signs."""
_TATWEEL = "\u0640"
_BETWEEN = r"(?:[^\w…]|_){0,5}"
"""What people put between the digits of a telephone number: anything but letters."""

_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[/.\-]\d{1,2}[/.\-]\d{1,2})(?!\d)"
)
"""Two of them beside each other have as many digits as a telephone number."""

_HOUR = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5][05](?!:?\d)")
"""So have opening hours: ``07:30-12:00``. Pairs of digits go on where it is a telephone."""

_PHONE = re.compile(
    rf"(?<!\d)(?:(?:00)?{_BETWEEN}212{_BETWEEN}(?:0{_BETWEEN})?|0{_BETWEEN})"
    rf"[5-7](?:{_BETWEEN}\d){{8}}(?!\d)"
    r"|(?<!\d)[67](?:\d{8}|(?:(?P<gap>[ .:/\-])\d\d)(?:(?P=gap)\d\d){3})"
    rf"(?![ .:/\-]?\d)(?!{AMOUNT})",
    re.IGNORECASE,
)
"""Moroccan numbers, with ``0``, ``212`` or nothing before; not 08, which are public services."""

_ABROAD = re.compile(r"(?<!\d)(?:\+|00)[ .\-/_]?[1-9](?:[ .:\-/_]?\d){9,13}(?!\d)")
"""Numbers of other countries, as they are written from here."""

_EMAIL = re.compile(
    r"(?<![\w.%+\-])[\w.%+\-]{1,64} ?(?:@|\(at\)|\[at\]) ?"
    r"(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,}"
)


def identifiers_in(text: str) -> frozenset[Identifier]:
    """Everything in the words that looks like one; rather one too many than one kept."""
    plain = _HOUR.sub("…", _DATE.sub("…", _plainly(text)))
    found = set()
    if _PHONE.search(plain) or _ABROAD.search(plain):
        found.add(Identifier.PHONE)
    if has_card(plain):
        found.add(Identifier.CNIE)
    if _EMAIL.search(plain):
        found.add(Identifier.EMAIL)
    return frozenset(found)


def _plainly(text: str) -> str:
    """The words with Western digits, one kind of space and of dash, and nothing unseen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(_sign(sign) for sign in plain if not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    return sign == _TATWEEL or unicodedata.category(sign) in _UNSEEN


def _sign(sign: str) -> str:
    if sign.isascii():
        return sign if sign.isprintable() else " "
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    if sign.isspace():
        return " "
    return "-" if unicodedata.category(sign) == "Pd" else sign
