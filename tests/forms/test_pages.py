"""The officers' pages say what the code does."""

import re

import pytest

from forms.messages import ADVICE as ADVICE_KEYS
from forms.types_table import TYPES
from forms.xpath.closures import compiled
from tests.forms.pages import ADVICE, MEANINGS, PAGES, READINGS, written

LANGUAGES = sorted(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_a_page_are_the_codes_own(language: str) -> None:
    page = PAGES[language].read_text("utf-8")

    assert written(page, language) == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_names_every_type_and_would_notice_a_missing_one(language: str) -> None:
    page = PAGES[language].read_text("utf-8")
    maimed = page.replace("`geopoint`, ", "", 1)

    assert all(f"`{name}`" in page for name in TYPES)
    assert written(maimed, language) == page != maimed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fate_has_its_words(language: str) -> None:
    meanings = {entry.meaning for entry in TYPES.values() if entry.meaning}
    advice = {entry.advice for entry in TYPES.values() if entry.advice}

    assert meanings <= set(MEANINGS[language])
    assert advice <= set(ADVICE[language])
    assert {entry.reading for entry in TYPES.values()} == set(READINGS[language])
    assert {f"instead_{key}" for key in advice} <= set(ADVICE_KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_of_a_page_can_be_read(language: str) -> None:
    page = PAGES[language].read_text("utf-8")
    examples = [
        code.replace("\\|", "|")
        for code in re.findall(r"^\|[^|]+\| `(.+)` \|$", page, re.MULTILINE)
    ]
    expressions = [code for code in examples if "(" in code or "${" in code or code[0] == "."]

    assert len(expressions) >= 9
    for expression in expressions:
        compiled(expression)
