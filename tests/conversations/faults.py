"""Faults planted in the way of updates, taken out at the end of a test."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram.types import Message, TelegramObject

from bot.dispatcher import the_dispatcher
from storage.people import Channel, Person

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Planted(Exception):
    """Raised by a planted fault; quotes what the person wrote, as careless code would."""


@dataclass
class Fault:
    """Strikes messages whose words hold ``word``, before any handler sees them."""

    word: str
    times: int = 1_000
    at_flush: bool = False
    """Whether a row is added that breaks a uniqueness, instead of raising at once."""
    struck: list[str] = field(default_factory=list)

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        words = _words_of(event)
        if self.word in words and len(self.struck) < self.times:
            self.struck.append(words)
            if not self.at_flush:
                raise Planted(words)
            person: Person = data["person"]
            data["known"].session.add(
                Person(channel=Channel.TELEGRAM, channel_id=person.channel_id, subscribed=False)
            )
        return await handler(event, data)


@contextmanager
def planted(fault: Fault) -> Iterator[Fault]:
    """The fault strikes inside the block."""
    middlewares = the_dispatcher().message.outer_middleware
    middlewares.register(fault)
    try:
        yield fault
    finally:
        middlewares.unregister(fault)


def _words_of(event: TelegramObject) -> str:
    return (event.text or "") if isinstance(event, Message) else ""
