"""Views as mail: what the mail loop sends to many, said once in each language."""

from collections.abc import Callable
from typing import Any

from handlers.buttons import keyboard
from handlers.language import _, speaking
from handlers.saying import HTML
from handlers.views.actions import StopAnnouncements
from handlers.views.view import Button, View
from participation.people import LANGUAGES


def in_each_language(build: Callable[[], View]) -> dict[str, dict[str, Any]]:
    """By language, the parameters of a ``sendMessage``, with the button that stops them last."""
    return {language: _mail(language, build) for language in LANGUAGES}


def _mail(language: str, build: Callable[[], View]) -> dict[str, Any]:
    with speaking(language):
        view = build()
        stop = (Button(_("Stop announcements"), StopAnnouncements()),)
        buttons = keyboard((*view.buttons, stop))
        return {
            "text": view.text,
            "parse_mode": HTML,
            "link_preview_options": {"is_disabled": True},
            "reply_markup": buttons.model_dump(exclude_none=True) if buttons else None,
        }
