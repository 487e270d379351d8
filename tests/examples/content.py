"""Reads the example commune's content, and says what is wrong with a text."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

TAROUDANT = Path(__file__).parents[2] / "examples" / "taroudant"
LANGUAGES = {"ar", "fr"}

# Months of the Mashreq and of the Levant, and words that a Moroccan office does not use.
_FOREIGN = re.compile(
    r"نوفمبر|ديسمبر|سبتمبر|أغسطس|مايو|يوليو(?!ز)|تموز|أيلول|حزيران|شباط(?!ئ)|نيسان|كانون الأول"
    r"|شكوى|بلدية|يرجى|من فضلك|محافظة|رقم قومي|معاق"
)
_EASTERN_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9]")
_ARABIC = re.compile("[\u0621-\u064a]")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

Texts = Mapping[str, str]
Row = dict[str, str]


def profile() -> dict[str, Any]:
    return tomllib.loads((TAROUDANT / "profile.toml").read_text(encoding="utf-8"))


def consultations() -> dict[str, dict[str, Any]]:
    """Each consultation's file, by the name of its folder."""
    files = sorted(TAROUDANT.glob("consultations/*/consultation.toml"))
    return {f.parent.name: tomllib.loads(f.read_text(encoding="utf-8")) for f in files}


def workbooks() -> list[Path]:
    return sorted(TAROUDANT.glob("consultations/*/*.xlsx"))


def rows(workbook: Path, sheet: str) -> list[Row]:
    """The filled rows of a sheet by column heading; an empty cell is an empty text."""
    book = load_workbook(BytesIO(workbook.read_bytes()), read_only=True)
    heading, *lines = book[sheet].iter_rows(values_only=True)
    names = [str(name) for name in heading]
    filled = [line for line in lines if any(line)]
    return [
        dict(zip(names, ("" if v is None else str(v) for v in f), strict=True)) for f in filled
    ]


def text_tables(value: Any, path: str = "") -> Iterator[tuple[str, Texts]]:
    """Every table that has a side in one of the languages, with the way to it."""
    if isinstance(value, dict):
        if LANGUAGES & value.keys():
            yield path, value
            return
        for key, inner in value.items():
            yield from text_tables(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from text_tables(inner, f"{path}[{place}]")


def workbook_texts(workbook: Path) -> Iterator[tuple[str, Texts]]:
    """Every label, hint and message of a workbook, both languages together."""
    for sheet in ("survey", "choices"):
        for number, row in enumerate(rows(workbook, sheet), start=1):
            kinds = {name.partition("::")[0] for name in row if "::" in name}
            for kind in sorted(kinds):
                sides = {
                    _language(name): row[name] for name in row if name.startswith(kind + "::")
                }
                if any(sides.values()):
                    yield f"{workbook.parent.name} {sheet} {number} {kind}", sides


def every_text() -> list[tuple[str, Texts]]:
    in_toml = chain(
        text_tables(profile(), "profile"),
        *(text_tables(document, slug) for slug, document in consultations().items()),
    )
    return [*in_toml, *chain.from_iterable(workbook_texts(book) for book in workbooks())]


def missing_sides(texts: Texts) -> set[str]:
    """The languages without a text where another has one; none when all sides are empty."""
    if not any(texts.get(language) for language in LANGUAGES):
        return LANGUAGES - texts.keys()
    return {language for language in LANGUAGES if not texts.get(language, "").strip()}


def faults(text: str) -> list[str]:
    """What a Moroccan reader would stumble over: foreign words, digits, hidden controls."""
    return [
        found.group()
        for pattern in (_FOREIGN, _EASTERN_DIGITS, _CONTROLS)
        for found in pattern.finditer(text)
    ]


def is_arabic(text: str) -> bool:
    return _ARABIC.search(text) is not None


def _language(heading: str) -> str:
    return heading.rpartition("(")[2].rstrip(")")
