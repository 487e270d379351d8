"""A scene: one thing that people see, and how they come to see it."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from aiogram.methods import AnswerCallbackQuery, SendMessage

from handlers.commands import Presence
from handlers.replies import Replies
from handlers.views.view import View
from tests.gallery.ground import Place
from tests.gallery.visit import Visit

VOICE = "a voice message"


@dataclass(frozen=True)
class Notice:
    """Words that answer a tap; ``behind`` is the message that was tapped."""

    behind: View
    answer: AnswerCallbackQuery

    @classmethod
    def among(cls, behind: View, replies: Replies) -> "Notice":
        """The notice that a handler has returned, with other things or alone."""
        (answer,) = (one for one in replies if isinstance(one, AnswerCallbackQuery))
        return cls(behind, answer)


Seen = View | SendMessage | Notice | Presence
Build = Callable[[Visit], Seen | Coroutine[Any, Any, Seen]]


@dataclass(frozen=True)
class Scene:
    """One picture in each language. ``shows`` is the view function itself; None for a notice."""

    name: str
    shows: Callable[..., View] | None
    caption: str
    build: Build
    place: Place = Place.TAROUDANT
    said: str | dict[str, str] = "/start"
    """What the person has just sent, in each language or in any; ``VOICE`` is spoken."""
    app: str = ""
    """What the person's app speaks, where it is none of our languages."""
    bilingual: bool = False
    """Whether both languages stand in it on purpose."""
    dark: bool = False
    """Whether the sheet shows it dark too."""

    async def seen(self, visit: Visit) -> Seen:
        built = self.build(visit)
        # a Bot API method can be awaited too, and must not be
        return await built if isinstance(built, Coroutine) else built

    def words(self, language: str) -> str:
        """What the person has just sent."""
        return self.said if isinstance(self.said, str) else self.said[language]
