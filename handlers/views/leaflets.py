"""What carries a consultation outside of the chat: link, code, a text to forward, a poster."""

from collections.abc import Callable
from datetime import date

from handlers.language import _, escape, in_language, isolate, short_day, speaking
from handlers.views.commune import Profile, commune_name
from handlers.views.view import Attached, View, lines, paragraphs, said_title
from participation.managing import Managed
from participation.people import LANGUAGES
from participation.poster import Words
from storage.base import Texts


def code(number: int, link: str) -> View:
    """The code as a picture, with the link below it, in both languages: it may be forwarded."""
    return View(paragraphs(_in_both(_scan), escape(link)), media=Attached(number, is_picture=True))


def forwardable(one: Managed, profile: Profile, link: str) -> View:
    """A text in both languages for WhatsApp and the like.

    The link stands on a line of its own and has no isolates around it: an application would take
    them for a part of the address, and a line by itself turns nothing.
    """
    return View(
        paragraphs(_in_both(lambda: _invitation(one, profile)), escape(link)),
    )


def poster(number: int) -> View:
    """The poster as a file to print."""
    return View(
        _("The poster, to be printed on A4. It says when the consultation closes."),
        media=Attached(number),
    )


def poster_words(
    title: Texts, opens_on: date, closes_on: date, profile: Profile, link: str
) -> Words:
    """What the poster says."""
    return Words(
        commune=_by_language(lambda: commune_name(profile)),
        call=_by_language(lambda: _("The commune asks for your opinion:")),
        title=_by_language(lambda: in_language(title)),
        days=_by_language(lambda: _days(opens_on, closes_on)),
        scan=_by_language(_scan),
        link=link,
    )


def _invitation(one: Managed, profile: Profile) -> str:
    title = said_title(one.title)
    commune = isolate(escape(commune_name(profile)) or _("The commune"))
    return lines(
        _("{commune} asks for your opinion on {title}.").format(commune=commune, title=title),
        _days(one.opens_on, one.closes_on),
        _("To take part in Telegram, open this link:"),
    )


def _days(first: date, last: date) -> str:
    return _("From {first} to {last}, both days included.").format(
        first=short_day(first), last=short_day(last)
    )


def _scan() -> str:
    return _("Scan the code with your telephone, or open this link in Telegram:")


def _in_both(say: Callable[[], str]) -> str:
    return "\n\n".join(_by_language(lambda: lines(say())).values())


def _by_language(say: Callable[[], str]) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = say()
    return said
