"""Announcements as they arrive, and what whoever announced sees meanwhile."""

from aiogram.methods import SendMessage

from handlers.announcing import in_each_language
from handlers.views.actions import OpenConsultation
from handlers.views.announcing import told
from handlers.views.view import Button, View, rows
from participation.announcing import Told
from storage.announcements import AnnouncementKind
from tests.gallery.scene import Scene
from tests.gallery.visit import Visit

BEGINNING = Told(
    total=1240, sent=316, unreachable=0, stopped=0, failed=0, uncertain=0, waiting=924
)
ENDED = Told(total=1240, sent=1231, unreachable=5, stopped=2, failed=1, uncertain=1, waiting=0)
WORDS = {
    "ar": "انطلق تشاور جديد: دور الحي",
    "fr": "Une consultation est ouverte : maisons de quartier",
}
READ = {"ar": "الاطلاع", "fr": "Lire"}


def _arrived(visit: Visit) -> SendMessage:
    """Invented words, dressed as the mail loop sends them."""
    button = Button(READ[visit.language], OpenConsultation(visit.id()))
    mail = in_each_language(lambda: View(WORDS[visit.language], rows((button,))))
    return SendMessage(chat_id=visit.person.channel_id, **mail[visit.language])


def _told(visit: Visit, kind: AnnouncementKind, so_far: Told) -> View:
    title = visit.known.consultations[visit.card().listed.consultation_id].title
    return told(kind, title, so_far)


SCENES = (
    Scene("announcement", None, "An announcement, with the way to stop them", _arrived),
    Scene(
        "told-beginning",
        told,
        "An announcement is being sent",
        lambda visit: _told(visit, AnnouncementKind.OPENING, BEGINNING),
    ),
    Scene(
        "told-ended",
        told,
        "An announcement has been sent; some people were not told",
        lambda visit: _told(visit, AnnouncementKind.EXTENSION, ENDED),
    ),
    Scene(
        "told-closing",
        told,
        "Those who began hear of an early closing",
        lambda visit: _told(visit, AnnouncementKind.CLOSING, BEGINNING),
    ),
    Scene(
        "told-outcome",
        told,
        "Everybody has heard the outcome but those who are away",
        lambda visit: _told(
            visit,
            AnnouncementKind.OUTCOME,
            Told(total=87, sent=84, unreachable=3, stopped=0, failed=0, uncertain=0, waiting=0),
        ),
    ),
)
