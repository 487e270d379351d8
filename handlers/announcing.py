"""Views as mail, said once in each language; and how far the mail loop is with it."""

from collections.abc import Callable
from typing import Any

from handlers.buttons import keyboard
from handlers.events import Data, event
from handlers.language import _, speaking
from handlers.replies import Replies
from handlers.saying import HTML, in_slot
from handlers.views.actions import StopAnnouncements
from handlers.views.announcing import told
from handlers.views.view import Button, View
from participation.announcing import Told
from participation.people import LANGUAGES
from participation.roles import Act
from participation.staff import Staff
from storage.announcements import AnnouncementKind


@event("mail.told", Act.WORK)
async def show_told(staff: Staff, data: Data) -> Replies:
    """One message, changed in place: how far an announcement is."""
    consultation = staff.known.consultations.get(data["consultation"])
    view = told(
        AnnouncementKind(data["kind"]),
        {} if consultation is None else consultation.title,
        Told(**data["told"]),
    )
    return [in_slot(staff.person.channel_id, f"mail:{data['announcement']}", view)]


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
