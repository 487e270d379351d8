"""What carries a consultation outside of the chat: link, code, a text to forward, a poster."""

from collections.abc import Callable
from datetime import date

from handlers.language import _, escape, in_language, isolate, short_day, speaking
from handlers.views.actions import ShareConsultation
from handlers.views.commune import Profile, commune_name
from handlers.views.view import Attached, Button, View, lines, paragraphs, rows, said_title
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


def no_poster(consultation: int) -> View:
    """The rest is there already."""
    return View(
        _("The poster could not be drawn. The link and the code work without it."),
        rows((_again(consultation),)),
    )


def given_up(consultation: int | None) -> View:
    """What somebody waited for does not come; ``consultation`` is the one to be shared."""
    return View(
        lines(
            _("What you asked for could not be made: several attempts have failed."),
            _("Please ask for it again. If it fails again, tell the operator of this service."),
        ),
        rows((_again(consultation),) if consultation is not None else ()),
    )


def _again(consultation: int) -> Button:
    return Button(_("Try again"), ShareConsultation(consultation))


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
