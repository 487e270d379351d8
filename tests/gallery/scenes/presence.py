"""What a person sees before the first word: who this is, and the menu of commands."""

from handlers.commands import EVERYBODY, Presence, presences
from handlers.language import language_now
from tests.gallery.ground import Place
from tests.gallery.scene import Scene
from tests.gallery.visit import Visit


def _presence(visit: Visit) -> Presence:
    spoken = language_now()
    return next(one for one in presences(visit.commune) if one.language_code == spoken)


def _for_everybody(visit: Visit) -> Presence:
    return next(one for one in presences(visit.commune) if one.language_code == EVERYBODY)


SCENES = (
    Scene("empty-chat", None, "The chat before it begins", _presence, dark=True),
    Scene("empty-chat-unloaded", None, "Before a profile is loaded", _presence, Place.EMPTY),
    Scene(
        "empty-chat-other-language",
        None,
        "For those whose app speaks another language",
        _for_everybody,
        app="en",
        bilingual=True,
    ),
)
