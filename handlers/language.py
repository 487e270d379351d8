"""The languages spoken: sentences from the catalogues, days and names set into them."""

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from participation.clock import local
from participation.people import LANGUAGES, spoken_language

CATALOGUES = Path(__file__).parent.parent / "locales"
OWN_NAMES = {"ar": "العربية", "fr": "Français"}
"""Each language in its own script."""

_LOCALES = {language: Locale(language, "MA") for language in LANGUAGES}
_FIRST = LANGUAGES[0]
_OPEN, _CLOSE = "\u2068", "\u2069"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"
_STRONG = frozenset({"L", "R", "AL"})
_OWN_LETTERS = {
    "ar": frozenset(map(chr, range(0x621, 0x64B))),
    "fr": frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÇÉÈÊËÎÏÔŒÙÛÜ"),
}
"""What a line usually begins with: the quick way out of ``directed``."""
_NO_BREAK = "\u00a0"
_BEFORE_SIGN = re.compile("(?<=«) | (?=[?!:;»])")
_ARABIC = re.compile("[\u0621-\u064a]")
_IN_GROUPS = re.compile(r"(?<![\w+])(?:\+?\d{1,4}(?:[ \u00a0-]\d{1,4}){2,}|\+\d+)(?!\w)")
_ASIDE = re.compile("<[^>]*>|\u2068[^\u2069]*\u2069|&[a-z]+;")


def _compiled(language: str) -> GNUTranslations:
    with (CATALOGUES / language / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


_CATALOGUES = {language: _compiled(language) for language in LANGUAGES}
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Say everything inside in this language; None: in the words of the source."""
    token = _spoken.set(language if language in LANGUAGES else None)
    try:
        yield
    finally:
        _spoken.reset(token)


def language_for(language_code: str | None) -> str:
    """The language to speak with somebody who has chosen none; ours, whatever their app speaks."""
    return spoken_language(language_code) or _FIRST


def language_now() -> str:
    """The language being spoken."""
    return _spoken.get() or _FIRST


def _(message: str) -> str:
    """The sentence in the language being spoken."""
    language = _spoken.get()
    return message if language is None else _CATALOGUES[language].gettext(message)


def translated(source: str) -> str:
    """A sentence that stands as data (``forms/messages.py``), in the language being spoken."""
    language = _spoken.get()
    return source if language is None else _CATALOGUES[language].gettext(source)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The sentence in the plural form that the number asks for; Arabic has six."""
    language = _spoken.get()
    if language is None:
        return singular if number == 1 else plural
    return _CATALOGUES[language].ngettext(singular, plural, number)


def in_language(texts: Mapping[str, str]) -> str:
    """A text of the commune in the language being spoken, else in any; unescaped."""
    language = language_now()
    return texts.get(language) or next((text for text in texts.values() if text), "")


def isolate(value: object) -> str:
    """A name, number, day or code inside a sentence, kept from turning its direction."""
    return f"{_OPEN}{value}{_CLOSE}"


def directed(line: str) -> str:
    """The line, with a mark before it where it would run in the other language's direction.

    A client takes a line's direction from its first strong letter outside isolates (UAX #9, P2).
    """
    if line.removeprefix("<b>")[:1] in _OWN_LETTERS[language_now()]:
        return line
    plain = _ASIDE.sub("", line)
    first = next((kind for kind in map(bidirectional, plain) if kind in _STRONG), "")
    if language_now() == "ar":
        turned = first == "L" and any(bidirectional(letter) == "AL" for letter in plain)
        return f"{_RIGHT_TO_LEFT}{line}" if line and (turned or not first) else line
    turned = first in {"R", "AL"} and any(bidirectional(letter) == "L" for letter in plain)
    return f"{_LEFT_TO_RIGHT}{line}" if turned else line


def unbroken(line: str) -> str:
    """The line, with no break before the double signs of French, as it is usually typed."""
    if language_now() != "fr" or " " not in line:
        return line
    return _BEFORE_SIGN.sub(_NO_BREAK, line)


def escape(text: str) -> str:
    """Somebody's words as they may stand in a view.

    Among Arabic letters the groups of a telephone number would change places.
    """
    if _ARABIC.search(text):
        text = _IN_GROUPS.sub(lambda found: isolate(found[0]), text)
    return html.escape(text, quote=False)


def on_day(day: date) -> str:
    """A day in words: ``Friday 15 April 2024``, its number beside its month; isolated."""
    return isolate(_in_words(day, "EEEE"))


def short_day(day: date) -> str:
    """A day without its name: ``15 April 2024``; isolated."""
    return isolate(day_in_words(day))


def at_time(instant: datetime) -> str:
    """The hour and minute of an instant, as the commune's wall clocks show it; isolated."""
    return isolate(f"{local(instant):%H:%M}")


def day_in_words(day: date) -> str:
    """As ``short_day``, for where it is isolated with other words."""
    return _in_words(day)


def _in_words(day: date, *weekday: str) -> str:
    language = language_now()
    number = "'1er'" if language == "fr" and day.day == 1 else "d"
    pattern = " ".join((*weekday, f"{number}{_NO_BREAK}MMMM y"))
    return format_date(day, pattern, locale=_LOCALES[language])
