"""aiogram's dispatcher, with a bot that may not use the network."""

from collections.abc import AsyncGenerator
from functools import cache
from typing import Any, Never

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.types import User

from handlers.routing import main_router


class RequestOnTheHotPath(Exception):
    """A handler awaited a Bot API method instead of returning it."""


class RefusingSession(BaseSession):
    """A session that makes no request: replies leave from the outbox, saved first."""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Never:  # noqa: ASYNC109  (aiogram's signature)
        raise RequestOnTheHotPath(type(method).__name__)

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        raise RequestOnTheHotPath("stream_content")
        yield b""

    async def close(self) -> None:
        """Nothing is open."""


def silent_bot(token: str, me: dict[str, Any]) -> Bot:
    """A bot that knows itself (``getMe``'s result) and refuses every request."""
    bot = Bot(
        token,
        session=RefusingSession(),
        default=DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True),
    )
    introduced_to_itself(bot, me)
    return bot


def introduced_to_itself(bot: Bot, me: dict[str, Any]) -> None:
    """Let a bot know itself: it may not ask."""
    bot._me = User.model_validate(me)


@cache
def the_dispatcher() -> Dispatcher:
    """The process's dispatcher, without aiogram's own states: where a person stands is a row."""
    dispatcher = Dispatcher(disable_fsm=True)
    unused = dispatcher.update.outer_middleware  # errors are the worker's, people come from rows
    for middleware in tuple(unused):
        unused.unregister(middleware)
    dispatcher.include_router(main_router())
    return dispatcher
