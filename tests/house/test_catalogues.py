"""The catalogues of sentences are complete and right, in each language."""

import re
from collections.abc import Sequence

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message

from tests.house.catalogues import (
    FORMS,
    LOCALES,
    NUMBERS,
    TEMPLATE,
    catalogue_in,
    compiled,
    extracted,
    faults,
    faults_of,
    ids_of,
    sentences,
    speaking_sources,
    strings_of,
    unreadable_calls,
    wrong_forms,
)
from tests.house.project import ROOT, files

LANGUAGES = sorted(FORMS)
SWAPPED_BY_PYBABEL = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
"n>=0 && n%100>=11 ? 5 : 4);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""
RIGHT = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"""


def template(*texts: str | tuple[str, str]) -> Catalog:
    """A template of these sentences."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    for text in texts:
        catalogue.add(text)
    return catalogue


def faults_in_french(text: str, source: Sequence[str | tuple[str, str]]) -> list[str]:
    """What is found wrong with a French catalogue for these sentences."""
    return sorted(faults("fr", template(*source), catalogue_in("fr", (RIGHT + text).encode())))


def test_every_language_has_a_catalogue() -> None:
    assert sorted(path.parent.name for path in LOCALES.glob("*/messages.po")) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_right(language: str) -> None:
    asked = extracted()
    assert len(sentences(asked)) > 40

    assert sorted(faults(language, asked, catalogue_in(language))) == []


def test_the_template_holds_the_sentences_of_the_code() -> None:
    written = catalogue_in("fr", TEMPLATE.read_bytes())

    assert sentences(written).keys() == sentences(extracted()).keys()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_each_number_is_said_in_the_form_its_language_asks_for(language: str, number: int) -> None:
    catalogue = catalogue_in(language)
    plurals = [message for message in sentences(catalogue).values() if len(ids_of(message)) > 1]
    asked = FORMS[language].index(Locale(language).plural_form(number))
    translations = compiled(catalogue)
    assert plurals

    for message in plurals:
        singular, plural = ids_of(message)
        said = translations.ngettext(singular, plural, number)
        assert said == strings_of(message)[asked]


def test_the_swapped_header_that_pybabel_writes_is_noticed() -> None:
    wrong = wrong_forms("ar", catalogue_in("ar", SWAPPED_BY_PYBABEL.encode()))

    assert wrong == [
        "11: other instead of many",
        "99: other instead of many",
        "100: many instead of other",
        "102: many instead of other",
    ]


@pytest.mark.parametrize(
    ("text", "source", "fault"),
    [
        ("", ["Back"], "missing: Back"),
        ('msgid "Back"\nmsgstr ""', ["Back"], "not translated: Back"),
        ('msgid "Back"\nmsgstr "Retour"', [], "nobody says any more: Back"),
        ('#, fuzzy\nmsgid "Back"\nmsgstr "Retour"', ["Back"], "fuzzy: Back"),
        ('msgid "Back"\nmsgstr "رجوع"', ["Back"], "not in this language: Back"),
        ('msgid "On {day}"\nmsgstr "Le {jour}"', ["On {day}"], "places ['jour']"),
        ('msgid "On {day}"\nmsgstr "Ce jour"', ["On {day}"], "places []"),
        ('msgid "<b>Read</b>"\nmsgstr "<b>Lire<b>"', ["<b>Read</b>"], "other tags"),
        (
            'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "un jour"\nmsgstr[1] "{n} jours"',
            [("{n} day", "{n} days")],
            "places []",  # French says 0 in this form, too
        ),
    ],
)
def test_a_planted_fault_is_found(
    text: str, source: list[str | tuple[str, str]], fault: str
) -> None:
    found = faults_in_french(text, source)

    assert len(found) == 1
    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    "sign", ["09-08", "/stop", ".odt", "${{age}}", ". >= 18", "string-length(.)", "2026-11-23"]
)
def test_signs_that_would_change_places_among_arabic_words_stand_apart(sign: str) -> None:
    bare = Message(f"Write {sign} here.", f"المرجو كتابة {sign} هنا.")
    apart = Message(f"Write {sign} here.", f"المرجو كتابة \u2068{sign}\u2069 هنا.")

    assert list(faults_of("ar", bare)) == ["signs that change places among Arabic words"]
    assert list(faults_of("ar", apart)) == []


def test_a_right_translation_is_let_through() -> None:
    assert (
        faults_in_french('msgid "<b>{day}</b>"\nmsgstr "<b>{day}</b> !"', ["<b>{day}</b>"]) == []
    )


def test_every_sentence_stands_whole_in_the_code() -> None:
    pages = speaking_sources()
    assert len(pages) > 20

    found = {str(page.relative_to(ROOT)): unreadable_calls(page.read_text()) for page in pages}

    assert {page: lines for page, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line", ['_(f"{n} days")', "_(text)", '_("a" + "b")', 'ngettext("one", word, n)']
)
def test_a_sentence_that_does_not_stand_whole_is_found(line: str) -> None:
    assert unreadable_calls(line) == [1]


def test_the_demo_looks_for_sentences_that_the_bot_says() -> None:
    said = sentences(extracted()).keys()
    looked_for = {
        word: str(page.relative_to(ROOT))
        for page in files(ROOT / "bot" / "demo", "*.py")
        for word in re.findall(r"\.word\(\"([^\"]+)\"\)", page.read_text())
    }
    assert looked_for

    assert {word: page for word, page in looked_for.items() if word not in said} == {}
