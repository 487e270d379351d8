"""What in free words looks like somebody's ID card, telephone or mailbox: noticed, never kept."""

import re
import unicodedata
from enum import StrEnum


class Identifier(StrEnum):
    """What can be noticed."""

    CNIE = "cnie"
    PHONE = "phone"
    EMAIL = "email"


_UNSEEN = frozenset({"Cf", "Me", "Mn"})
"""Kinds of characters that can stand inside a number or a word unnoticed: marks, vowel signs."""
_TATWEEL = "\u0640"
_GAP = r"[ .\-/_]"
"""What people put between the signs of a number."""

_BETWEEN = r"[ .,;*~·•|\-/_]{0,5}"
"""What people put between the pairs of a telephone number."""

_AMOUNT = (
    r" ?(?:dhs?\b|drh?ms?\b|dirhams?\b|mad\b|euros?\b|درهم|دراهم|ريال|مليون|m2\b|m²"
    r"|habitants?\b|personnes?\b|نسمة|%)"
)
"""Money, people and surfaces are no number of anybody's."""

_GROUPS = "|".join(
    (
        r"\d{5,6}",
        rf"\d{{2,3}}{_GAP}\d{{3}}",
        rf"\d\d{_GAP}\d\d{_GAP}\d\d",
        rf"\d(?:{_GAP}\d){{4,5}}",
    )
)
_CNIE = re.compile(
    rf"(?<![A-Za-z0-9])([A-Za-z](?:{_GAP}?[A-Za-z])?)({_GAP}?)(?:{_GROUPS})"
    rf"(?!{_GAP}?\d|[A-Za-z])(?P<amount>{_AMOUNT})?",
    re.IGNORECASE,
)
"""One or two letters, five or six digits: ``JC123456``, ``A 12 345``."""

_CARD = re.compile(
    r"(?:\bcnie?\b|\bcine?\b|carte nationale|carte d.identit|\bla ?karta?\b|البطاقة الوطنية"
    r"|بطاقة التعريف|بطاقتي|رقم البطاقة|لاكار[طت])"
    r"[^0-9]{0,25}\d{5,7}(?!\d)",
    re.IGNORECASE,
)
"""The card is named, and a number follows: letters may be Arabic, or left out."""

_SMALL = "le la de du en et ou l d n no nr p pp bp cp km m rn rr rp rd av bd qt dh f an ce au un a"
_GREAT = "Le La De Du En Et Ou Ce Au Un Dh Km No BP CP DH KM RN RR RP RD PP NO"
_SMALL_WORDS = frozenset(_SMALL.split())
_BEFORE_NUMBERS = frozenset((*_SMALL.split(), *_GREAT.split()))
"""Short words that stand before plain numbers in French: ``de 10 000 dirhams``, ``km 12345``."""

_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d"
    r"|(?:19|20)\d\d[/.\-]\d{1,2}[/.\-]\d{1,2})(?!\d)"
)
"""Two of them beside each other have as many digits as a telephone number."""

_PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?{_GAP}?212\)?{_BETWEEN}(?:\(0\)|0)?{_BETWEEN}|\(?0{_BETWEEN})"
    rf"[5-7](?:\)?{_BETWEEN}\d){{8}}(?!\d)"
    rf"|(?<!\d)[67](?:\d{{8}}|(?: \d\d){{4}})(?! ?\d)(?!{_AMOUNT})",
    re.IGNORECASE,
)
"""Moroccan numbers, with ``0``, ``212`` or nothing before; not 08, which are public services."""

_ABROAD = re.compile(rf"(?<!\d)(?:\+|00){_GAP}?[1-9](?:{_GAP}?\d){{9,13}}(?!\d)")
"""Numbers of other countries, as they are written from here."""

_EMAIL = re.compile(
    r"(?<![\w.%+\-])[\w.%+\-]{1,64} ?(?:@|\(at\)|\[at\]) ?"
    r"(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,}"
)


def identifiers_in(text: str) -> frozenset[Identifier]:
    """Everything in the words that looks like one; rather one too many than one kept."""
    plain = _DATE.sub("…", _plainly(text))
    found = set()
    if _PHONE.search(plain) or _ABROAD.search(plain):
        found.add(Identifier.PHONE)
    if _CARD.search(plain) or any(_is_cnie(one) for one in _CNIE.finditer(plain)):
        found.add(Identifier.CNIE)
    if _EMAIL.search(plain):
        found.add(Identifier.EMAIL)
    return frozenset(found)


def _is_cnie(written: re.Match[str]) -> bool:
    letters, gap, amount = written.groups()
    *_before, last = re.split(_GAP, letters)
    return not (gap and (amount or letters in _BEFORE_NUMBERS or last in _SMALL_WORDS))


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
