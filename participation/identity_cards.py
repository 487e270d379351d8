"""The number of an ID card in free words, told from plots, roads, money and people.

One or two letters and five to seven digits are the shape of a card (and of a passport), and of
much else. What stands around decides: a thing that is named just before, a unit just behind.
Where nothing stands around, it is taken for a card: rather one too many than one kept.
"""

import re

_GAP = r"[ .:\-/_]"
"""What people put between the signs of a number."""
_ANY = r"(?:[^\w…]|_)"
_NUMBER = r"(?:n[°.]|no\b|num\w*|رقم)"

_LETTERS = rf"(?<![A-Za-zÀ-ɏ0-9])(?P<letters>[A-Za-z](?:{_GAP}?[A-Za-z])?)(?!°)"
_GROUPED = "|".join(
    (
        rf"\d{{2,3}}{_GAP}\d{{3}}",
        rf"\d\d{_GAP}\d\d{_GAP}\d\d",
        rf"\d(?:{_GAP}\d){{4,5}}",
    )
)
_TOGETHER = re.compile(rf"{_LETTERS}\d{{5,7}}(?![\dA-Za-z])")
"""``JC123456``, whatever follows."""

_APART = re.compile(
    rf"{_LETTERS}(?:{_ANY}{{1,3}}{_NUMBER}{_ANY}{{0,3}}\d{{5,6}}"
    rf"|(?P<gap>{_ANY}{{1,3}})\d{{5,6}}"
    rf"|(?P<short>{_GAP}?)(?:{_GROUPED}))"
    rf"(?!{_GAP}?\d|[A-Za-z])",
    re.IGNORECASE,
)
"""``A 12 345``, ``JC n° 123456``, ``j.c. 12-34-56``."""

_NAMED = re.compile(
    r"(?:\bcnie?\b|\bcine?\b|carte nationale|carte d.identit|\bla ?karta?\b|بطاق[ةت]|لاكار[طت])"
    r"[^0-9]{0,25}\d{5,7}(?!\d)",
    re.IGNORECASE,
)
"""The card is named, and a number follows: letters may be Arabic, or left out."""

_THING = re.compile(
    r"\b(?:parcelles?|lots?|[iî]lots?|tranches?|titres?|fonciers?|dossiers?|factures?|routes?"
    r"|pistes?|bornes?|poteaux?|lampadaires?|compteurs?|conteneurs?|plans?|blocs?|immeubles?"
    r"|locals?|march[ée]s?|arr[êe]t[ée]s?|d[ée]cisions?|projets?|r[ée]f(?:[ée]rences?)?|bus|lignes?"
    r"|[وبفكل]{0,2}(?:ال)?(?:قطع[ةه]|بقع[ةه]|رسم|ملف|فاتور[ةه]|طريق|عمود|عداد|عمار[ةه]|قرار"
    r"|صفق[ةه]|مشروع|تجزئ[ةه]|حافل[ةه]|خط|عقاري))"
    rf"[ :«(]{{0,3}}(?:{_NUMBER}[ :]{{0,2}})?$",
    re.IGNORECASE,
)
"""What has numbers of the same shape, and belongs to nobody's pocket: plots, files, roads."""
_THING_BEFORE = 40

AMOUNT = (
    r" ?(?:dhs?\b|drh?ms?\b|dirhams?\b|mad\b|euros?\b|درهم|دراهم|ريال|مليون|k?m2?\b|m²|ha\b"
    r"|hectares?\b|arbres?\b|habitants?\b|personnes?\b|foyers?\b|familles?\b|jeunes?\b|femmes?\b"
    r"|نسمة|شخص|أسرة|متر|هكتار|%)"
)
"""Money, people and surfaces are no number of anybody's."""
_AMOUNT = re.compile(AMOUNT, re.IGNORECASE)

_SHORTENED = "no nb dh km bp cp rn rr rp rd tf pv"
_ABBREVIATIONS = frozenset(_SHORTENED.split())
"""Two letters that number something else, and begin no card."""

_SMALL = (
    "le la de du en et ou l d n p pp m av bd qt f an ce au un a ai as si se sa va vu eu on il je "
    "tu ne ex"
)
_GREAT = "Le La De Du En Et Ou Ce Au Un PP Si On Il Je"
_SMALL_WORDS = frozenset(_SMALL.split())
_BEFORE_NUMBERS = frozenset((*_SMALL.split(), *_GREAT.split()))
"""Short words that stand before plain numbers in French: ``de 10 000 dirhams``."""


def has_card(plain: str) -> bool:
    """Whether plain words (Western digits, one kind of space) seem to hold a card's number."""
    return (
        bool(_NAMED.search(plain))
        or any(not _is_thing(one, plain) for one in _TOGETHER.finditer(plain))
        or any(_is_card(one, plain) for one in _APART.finditer(plain))
    )


def _is_card(written: re.Match[str], plain: str) -> bool:
    letters, gap = written["letters"], written["gap"] or written["short"] or ""
    *_before, last = re.split(_GAP, letters)
    if gap and (letters in _BEFORE_NUMBERS or last in _SMALL_WORDS):
        return False
    if gap and _AMOUNT.match(plain, written.end()):
        return False
    if len(letters) == 1 and len(gap) > 1 and gap.strip():
        return False  # ``Option B : 25000`` numbers a choice
    return not _is_thing(written, plain)


def _is_thing(written: re.Match[str], plain: str) -> bool:
    start = written.start()
    return written["letters"].lower() in _ABBREVIATIONS or bool(
        _THING.search(plain[max(0, start - _THING_BEFORE) : start])
    )
