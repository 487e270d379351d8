"""Tells Telegram how the bot introduces itself: commands and descriptions by language."""

from collections.abc import Iterator
from typing import Any

import structlog

from bot.telegram import NotSent, OutcomeUnknown, Telegram
from handlers.commands import PRIVATE_CHATS, Presence, presences
from storage.database import Database
from storage.profiles import profile

log = structlog.get_logger()


async def introduce(telegram: Telegram, database: Database) -> None:
    """Best effort: what could not be set is left to the next start."""
    async with database.reading() as session:
        loaded = await profile(session)
    for presence in presences(loaded.document if loaded else {}):
        for method, params in _calls(presence):
            try:
                answer = await telegram.call(method, params)
            except (NotSent, OutcomeUnknown) as error:
                log.warning("the bot could not introduce itself", method=method, error=error)
                return
            if not answer.ok:
                log.warning("an introduction was refused", method=method, status=answer.status)


def _calls(presence: Presence) -> Iterator[tuple[str, dict[str, Any]]]:
    language = {"language_code": presence.language_code}
    commands = [{"command": name, "description": words} for name, words in presence.commands]
    scope = {"type": PRIVATE_CHATS}
    yield "setMyCommands", {"commands": commands, "scope": scope, **language}
    yield "setMyDescription", {"description": presence.description, **language}
    yield "setMyShortDescription", {"short_description": presence.short_description, **language}
