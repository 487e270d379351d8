"""Every text of ours that the phone page may show: where it stands, and its words."""

import ast
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from forms.compiler import compile_workbook
from tests.house.catalogues import catalogue_in, ids_of, sentences, strings_of
from tests.house.project import ROOT, files

PAGE = ROOT / "simulator" / "page"
CONTENT = ROOT / "examples"
LANGUAGES = {"ar": "ar_MA", "fr": "fr_MA"}
SPEAKING = ("handlers", "bot", "simulator")
"""The packages whose own words reach a screen: sentences, names of buttons, the demo's people."""
TERMINAL = ROOT / "simulator" / "console.py"
"""The phone of a terminal, which has fonts of its own."""

WRITTEN = {
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ءأإآؤئةى ًٌٍَُِّْ ـ ، ؛ ؟ ٪ ٫ ٬ « »",
    "Darija": "پ ڤ ڭ چ گ ݣ",
    "digits": "0123456789 ٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹",
    "French": "àâäæçéèêëîïôœöùûüÿ ÀÂÄÆÇÉÈÊËÎÏÔŒÖÙÛÜŸ ’ “ ” – — … € ° ½",
    "Tamazight": "ⵜⴰⵎⴰⵣⵉⵖⵜ Tamaziɣt ḍ ḥ ṛ ṣ ṭ ẓ č ǧ ɛ ʷ",  # noqa: RUF001
    "unseen marks": "\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200c\u200d\u00a0\u202f\u2011",
    "signs": "← → ↑ ↓ ↔ ✓ ✗ ★ ☆ ● ○ ■ □ ▶ ◀ ▲ ▼ • · × ÷ − ≤ ≥ ≠ ≈ ☐",
    "emoji": "✅ ❌ 🔒 👍🏽 👨‍👩‍👧‍👦 🧑🏿‍🏫 ❤️‍🔥 🏳️‍🌈 1️⃣ #️⃣ *️⃣ 🇲🇦 ☎️ ⚠️ ℹ️",  # noqa: RUF001
}
"""What people may write, of which we show nothing ourselves."""


def shown() -> Iterator[tuple[str, str]]:
    """Place and text: catalogues, dates, the page, the example content, literals of the code."""
    yield from _catalogues()
    yield from _dates_and_numbers()
    yield from _files(PAGE, ".js", ".css", ".html")
    yield from _files(CONTENT, ".toml")
    yield from _forms()
    yield from _literals()


def _catalogues() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for message in sentences(catalogue_in(language)).values():
            place = f"locales/{language}: {ids_of(message)[0]}"
            yield place, " ".join((*ids_of(message), *strings_of(message)))


def _dates_and_numbers() -> Iterator[tuple[str, str]]:
    for locale in LANGUAGES.values():
        for month in range(1, 13):
            day = date(2026, month, month)
            yield f"dates in {locale}", format_date(day, "full", locale=locale)
        yield f"times in {locale}", format_time(None, "short", locale=locale)
        yield f"numbers in {locale}", format_decimal(-1_234_567.5, locale=locale)


def _files(folder: Path, *suffixes: str) -> Iterator[tuple[str, str]]:
    for path in files(folder):
        if path.suffix in suffixes:
            yield _place(path), path.read_text(encoding="utf-8")


def _forms() -> Iterator[tuple[str, str]]:
    """The questionnaires as the real compiler reads them."""
    for path in files(CONTENT, "*.xlsx"):
        form = compile_workbook(path.read_bytes()).form
        yield _place(path), json.dumps(form.to_json(), ensure_ascii=False)


def _literals() -> Iterator[tuple[str, str]]:
    for package in SPEAKING:
        for path in files(ROOT / package, "*.py"):
            if path == TERMINAL:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{_place(path)}:{node.lineno}", node.value


def _place(path: Path) -> str:
    return str(path.relative_to(ROOT))
