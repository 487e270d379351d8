"""What the officers' pages put between « » are words of the screens, sign for sign."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.house import catalogues
from tests.house.project import ROOT

PAGES = ROOT / "docs" / "officers"
OTHERS = ("questionnaires", "training")
"""Their quotations are answers of an example, and words of the demonstration's own page."""
QUOTED = re.compile(r"«\s*([^«»]+?)\s*»")
CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
PLACE = re.compile(r"\\\{\w+\\\}")
PICTURE = re.compile(r"^[^\w\s]+ | [^\w\s]+$")
"""Of a button, beside its words: it need not be quoted."""
DIFFERING = re.compile(r"\s?[:{].*")


def pages() -> list[Path]:
    found = sorted(PAGES.glob("*.md"))
    return [page for page in found if not page.name.startswith(OTHERS)]


def one_line(text: str) -> str:
    return " ".join(text.split())


def said(language: str) -> list[str]:
    """Every sentence of a language, each form of a plural by itself."""
    messages = catalogues.sentences(catalogues.catalogue_in(language)).values()
    forms = [one.string for one in messages if one.string]
    texts = [text for some in forms for text in ((some,) if isinstance(some, str) else some)]
    return [one_line(text) for text in texts]


def strangers(page: str, sentences: Iterable[str]) -> list[str]:
    """What a page quotes and no screen says: whole, without its picture, or up to a place."""
    patterns = [PLACE.sub(".+", re.escape(one)) for one in sentences]
    shortened = {shape.sub("", one) for one in sentences for shape in (PICTURE, DIFFERING)}
    known = re.compile("|".join([*patterns, *(re.escape(one) for one in shortened)]))
    quoted = [one_line(one) for one in QUOTED.findall(CODE.sub("", page))]
    return [one for one in quoted if not known.fullmatch(one)]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_what_a_page_quotes_stands_on_a_screen(page: Path) -> None:
    language = page.suffixes[0].lstrip(".")

    assert strangers(page.read_text(), said(language)) == []


def test_a_button_that_no_screen_has_is_noticed() -> None:
    sentences = ["Ouvrir la consultation", "Messages ({count})", "Fichier : {language}"]
    page = "« Ouvrir\nla consultation », « Messages (3) », « Fichier », « Ouvrir »."

    assert strangers(page, sentences) == ["Ouvrir"]


def test_there_is_something_to_compare() -> None:
    assert all(QUOTED.findall(page.read_text()) for page in pages())
