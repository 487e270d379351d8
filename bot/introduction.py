"""Bot and Telegram make acquaintance: its own name; commands and descriptions by language."""

from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from aiogram import Bot

from bot.dispatcher import introduced_to_itself
from bot.requests import request_of
from bot.stopping import Backoff, Stop
from bot.telegram import Answer, NotSent, OutcomeUnknown, Telegram
from handlers.commands import PRIVATE_CHATS, Presence, menu_of_staff, presences
from handlers.language import language_for, speaking
from storage.database import Database
from storage.people import Colleague, colleagues
from storage.profiles import profile

FIRST_SECONDS, LONGEST_SECONDS = 1.0, 60.0
"""Between two calls, while Telegram is out of reach."""

Call = tuple[str, dict[str, Any]]

log = structlog.get_logger()


async def own_name(telegram: Telegram) -> dict[str, Any] | None:
    """What Telegram says of the bot; None while it is out of reach."""
    try:
        answer = await telegram.call("getMe", within=5)
    except (NotSent, OutcomeUnknown) as error:
        log.warning("Telegram is out of reach", error=error)
        return None
    return answer.result if answer.ok and isinstance(answer.result, dict) else None


async def learn_name(bot: Bot, telegram: Telegram, stop: Stop) -> None:
    """Ask until Telegram is within reach: links to the bot need its name."""
    backoff = Backoff(stop, FIRST_SECONDS, LONGEST_SECONDS)
    while not stop:
        await backoff.wait()
        me = await own_name(telegram)
        if me is not None:
            introduced_to_itself(bot, me)
            return


async def keep_introducing(telegram: Telegram, database: Database, stop: Stop) -> None:
    """Introduce the bot until Telegram has taken notice."""
    backoff = Backoff(stop, FIRST_SECONDS, LONGEST_SECONDS)
    try:
        while not stop and await introduce(telegram, database):
            await backoff.wait()
    except Exception as error:
        log.warning("the bot could not introduce itself", error=error)


async def introduce(telegram: Telegram, database: Database) -> bool:
    """Say who runs the bot, and which commands there are; whether it has to be tried again."""
    async with database.reading() as session:
        loaded = await profile(session)
        staff = await colleagues(session)
    for method, params in _calls(presences(loaded.document if loaded else {}), staff):
        try:
            answer = await telegram.call(method, params)
        except (NotSent, OutcomeUnknown) as error:
            log.warning("the bot could not introduce itself", method=method, error=error)
            return True
        if _passes(answer):
            log.warning("the bot could not introduce itself", method=method, status=answer.status)
            return True
        if not answer.ok:
            log.warning("an introduction was refused", method=method, status=answer.status)
    return False


def _passes(answer: Answer) -> bool:
    """Whether a refusal is Telegram's own trouble."""
    return answer.status == 429 or answer.status >= 500


def _calls(told: Sequence[Presence], staff: Sequence[Colleague]) -> Iterator[Call]:
    for presence in told:
        yield from _presented(presence)
    for one in staff:
        with speaking(one.language or language_for(None)):
            yield request_of(menu_of_staff(one.chat_id, one.role))


def _presented(presence: Presence) -> Iterator[Call]:
    language = {"language_code": presence.language_code}
    commands = [{"command": name, "description": words} for name, words in presence.commands]
    scope = {"type": PRIVATE_CHATS}
    yield "setMyCommands", {"commands": commands, "scope": scope, **language}
    yield "setMyDescription", {"description": presence.description, **language}
    yield "setMyShortDescription", {"short_description": presence.short_description, **language}
