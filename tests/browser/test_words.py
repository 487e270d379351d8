"""The page's own words: in three languages, and none that nobody says."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Page

from simulator.town import Town

PAGE = Path(__file__).parents[2] / "simulator" / "page"
LANGUAGES = ("ar", "fr", "en")
NAME = re.compile(r"\b\w+\b")
BEGUN = re.compile(r"`([a-z]\w*)\$\{")
PLACE = re.compile(r"\{\w+\}")

Words = dict[str, dict[str, Any]]


def faults(words: Words) -> list[str]:
    """What is missing in one language, or has other places to fill than in the others."""
    keys = {key for language in LANGUAGES for key in words.get(language, {})}
    found = []
    for key in sorted(keys):
        said = {language: words.get(language, {}).get(key) for language in LANGUAGES}
        missing = [language for language, sentence in said.items() if not sentence]
        found += [f"{key}: nothing in {language}" for language in missing]
        places = {frozenset(PLACE.findall(str(sentence))) for sentence in said.values()}
        if not missing and len(places) > 1:
            found.append(f"{key}: the places differ")
    return found


def unsaid(keys: set[str], source: str) -> list[str]:
    """Keys that no module names, neither whole nor as `theme${…}`."""
    named, begun = set(NAME.findall(source)), tuple(BEGUN.findall(source))
    return sorted(key for key in keys - named if not (begun and key.startswith(begun)))


def source_of_modules() -> str:
    """All modules but those that hold the words."""
    paths = [path for path in PAGE.rglob("*.js") if path.parent.name != "words"]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_planted_faults_are_found() -> None:
    whole = {"send": "Send {n}", "close": "Close"}
    words = {
        "ar": {"send": "\u0625\u0631\u0633\u0627\u0644", "close": "x"},
        "fr": {"send": "{n}"},
        "en": whole,
    }

    assert faults(words) == ["close: nothing in fr", "send: the places differ"]
    assert unsaid({"send", "close", "themeDark"}, "words.sending(words[`theme${a}`])") == [
        "close",
        "send",
    ]


@pytest_asyncio.fixture(loop_scope="session")
async def plain_page(chromium: Browser, town: Town) -> AsyncIterator[Page]:
    """A page of the simulator's origin, from which modules can be taken."""
    page = await chromium.new_page()
    await page.goto(f"{town.base_url}/control/about")
    yield page
    await page.close()


async def test_every_word_is_there_in_three_languages_and_is_said(plain_page: Page) -> None:
    modules = sorted((PAGE / "js" / "words").glob("*.js"))
    assert len(modules) >= 4
    source, found = source_of_modules(), {}

    for module in modules:
        words: Words = await plain_page.evaluate(
            "path => import(path).then(module => module.default)", f"/page/js/words/{module.name}"
        )
        keys = {key for language in LANGUAGES for key in words[language]}
        wrong = faults(words) + [f"{key}: never said" for key in unsaid(keys, source)]
        found[module.name] = wrong
        assert len(keys) > 5

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


async def test_no_key_stands_in_two_modules(plain_page: Page) -> None:
    """One would hide the other where they are merged, unless they say the same."""
    said: dict[tuple[str, str], Any] = {}
    clashes = []

    for module in sorted((PAGE / "js" / "words").glob("*.js")):
        words: Words = await plain_page.evaluate(
            "path => import(path).then(module => module.default)", f"/page/js/words/{module.name}"
        )
        for language in LANGUAGES:
            for key, sentence in words[language].items():
                if said.setdefault((language, key), sentence) != sentence:
                    clashes.append(f"{module.name}: {language}: {key}")

    assert clashes == []
