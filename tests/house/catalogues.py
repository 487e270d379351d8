"""The catalogues of sentences: extracted from the code, written to locales/, examined.

`make catalogues` extracts anew and prints what is still to be translated.
"""

import ast
import re
import sys
from collections.abc import Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from forms.messages import ADVICE, MESSAGES
from tests.house.project import ROOT, sources

LOCALES = ROOT / "locales"
TEMPLATE = LOCALES / "messages.pot"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
FORMS = {"ar": ("zero", "one", "two", "few", "many", "other"), "fr": ("one", "other")}
"""The forms of a plural in the order of the catalogue, by their names in CLDR."""
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3"
    " : n%100>=11 ? 4 : 5);",
    "fr": "nplurals=2; plural=(n > 1);",
}
NUMBERS = (0, 1, 2, 3, 10, 11, 99, 100, 102, 103)
HEADER = """\
# Musharaka, {language}. Translate the empty msgstr; `make catalogues` keeps the rest up to date.
# EUPL-1.2"""

_PLACE = re.compile(r"\{(\w*)[^}]*\}")
_TAG = re.compile(r"</?[a-z][^>]*>")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_APART = re.compile("\u2068[^\u2069]*\u2069")
_TURNED = re.compile(r"\d-\d|\$\{|[<>]=|(?<![\w(])[./][A-Za-z]|[A-Za-z]\(\W")
"""What is shown in another order than it is written in (UAX #9), unless an isolate holds it."""
_CHANGING = re.compile(
    rb'^"(Project-Id|POT-Creation|PO-Revision|Last-Tr|Language-T|Generated-By|Report).*\n',
    re.MULTILINE,
)


def speaking_sources() -> list[Path]:
    """The files that may say something to a person; the demo only looks for what was said."""
    others = {ROOT / "simulator", ROOT / "bot" / "demo"}
    return [path for path in sources() if others.isdisjoint(path.parents)]


def extracted() -> Catalog:
    """Every sentence of the code, with the files that say it."""
    catalogue = Catalog(project="Musharaka", charset="utf-8", fuzzy=False)
    catalogue.header_comment = HEADER.format(language="the sentences in the code")
    for path in speaking_sources():
        with path.open("rb") as file:
            for _line, function, message, notes in extract_python(
                file, KEYWORDS, ("Translators:",), {}
            ):
                found = [message] if isinstance(message, str) else message or []
                texts = [text for text in found if text]
                if function in KEYWORDS and texts:
                    place = [(str(path.relative_to(ROOT)), 0)]
                    said = (texts[0], texts[1]) if len(texts) > 1 else texts[0]
                    catalogue.add(said, None, place, (), list(notes or ()))
    for text in (*MESSAGES.values(), *ADVICE.values()):
        catalogue.add(text, None, [("forms/messages.py", 0)])
    return catalogue


def unreadable_calls(source: str) -> list[int]:
    """Lines that hand ``_`` or ``ngettext`` something else than a whole sentence."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in KEYWORDS
        ):
            sentences = node.args[: 2 if node.func.id == "ngettext" else 1]
            if not all(
                isinstance(s, ast.Constant) and isinstance(s.value, str) for s in sentences
            ):
                found.append(node.lineno)
    return found


def catalogue_in(language: str, text: bytes | None = None) -> Catalog:
    """The catalogue of a language, from its file or from the text of one."""
    content = (LOCALES / language / "messages.po").read_bytes() if text is None else text
    return read_po(BytesIO(content), locale=language)


def compiled(catalogue: Catalog) -> GNUTranslations:
    """The catalogue as the bot uses it."""
    output = BytesIO()
    write_mo(output, catalogue)
    output.seek(0)
    return GNUTranslations(output)


def sentences(catalogue: Catalog) -> dict[str, Message]:
    """The messages of a catalogue by their (singular) source text; no header."""
    return {ids_of(message)[0]: message for message in catalogue if message.id}


def ids_of(message: Message) -> tuple[str, ...]:
    """The source texts: one, or singular and plural."""
    return tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),)


def strings_of(message: Message) -> tuple[str, ...]:
    """The translations: one, or one a plural form."""
    said = message.string
    return tuple(said) if isinstance(said, list | tuple) else (str(said or ""),)


def wrong_forms(language: str, catalogue: Catalog) -> list[str]:
    """Numbers whose form by the catalogue's header is not the one that the language asks for."""
    probe = Catalog(locale=language, charset="utf-8")
    probe.mime_headers = [
        ("Plural-Forms", f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};")
    ]
    probe.add(("one thing", "things"), FORMS[language])
    translations = compiled(probe)
    return [
        f"{number}: {said} instead of {asked}"
        for number in NUMBERS
        if (said := translations.ngettext("one thing", "things", number))
        != (asked := Locale(language).plural_form(number))
    ]


def faults(language: str, template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What keeps a catalogue from being used; nothing when it is complete and right."""
    yield from (f"plural forms: {wrong}" for wrong in wrong_forms(language, catalogue))
    asked, answered = sentences(template), sentences(catalogue)
    yield from (f"missing: {text}" for text in asked.keys() - answered.keys())
    yield from (f"nobody says any more: {text}" for text in answered.keys() - asked.keys())
    for text in asked.keys() & answered.keys():
        for fault in faults_of(language, answered[text]):
            yield f"{fault}: {text}"


def faults_of(language: str, message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    source, strings = ids_of(message)[-1], strings_of(message)
    plural = len(ids_of(message)) > 1
    if message.fuzzy:
        yield "fuzzy"
    if len(strings) != (len(FORMS[language]) if plural else 1) or not all(strings):
        yield "not translated"
        return
    for form, string in enumerate(strings):
        says_its_number = plural and FORMS[language][form] in single_forms(language)
        wanted, given = set(_PLACE.findall(source)), set(_PLACE.findall(string))
        if given - wanted or len(wanted - given) > says_its_number:
            yield f"places {sorted(given)} instead of {sorted(wanted)}"
        if sorted(_TAG.findall(string)) != sorted(_TAG.findall(source)):
            yield "other tags"
        words = _TAG.sub("", _PLACE.sub("", string))
        if bool(_ARABIC.search(words)) != (language == "ar") and re.search(r"\w", words):
            yield "not in this language"
        if language == "ar" and _TURNED.search(_APART.sub("", string)):
            yield "signs that change places among Arabic words"


def single_forms(language: str) -> set[str]:
    """The forms for one single number, as Arabic's two: they may say it as a word."""
    used = [Locale(language).plural_form(number) for number in range(1000)]
    return {form for form in FORMS[language] if used.count(form) == 1}


def written(catalogue: Catalog) -> bytes:
    """A catalogue as text that changes only when a sentence does."""
    output = BytesIO()
    write_po(
        output, catalogue, width=99, sort_output=True, ignore_obsolete=True, include_lineno=False
    )
    return _CHANGING.sub(b"", output.getvalue())


def update() -> None:
    """Write the template and bring every language's file up to date with it."""
    template = extracted()
    LOCALES.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(written(template))
    for language, plurals in PLURALS.items():
        path = LOCALES / language / "messages.po"
        path.parent.mkdir(exist_ok=True)
        catalogue = (
            catalogue_in(language) if path.exists() else Catalog(locale=language, charset="utf-8")
        )
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.mime_headers = [("Plural-Forms", plurals)]
        catalogue.fuzzy = False
        catalogue.header_comment = HEADER.format(language=Locale(language).english_name)
        path.write_bytes(written(catalogue))
        left = sorted(faults(language, template, catalogue_in(language)))
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(left)} to do\n")
        sys.stdout.writelines(f"  {fault}\n" for fault in left)


if __name__ == "__main__":
    update()
