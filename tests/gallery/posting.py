"""Posts what a scene shows to a simulated Telegram, as the bot posts it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.methods.base import TelegramMethod

from bot.delivery.posting import Kind, Postman
from bot.introduction import introduce
from bot.requests import request_of
from bot.telegram import Telegram
from handlers.saying import said
from handlers.views.view import Attached, HeldFile, View
from simulator.server import Running
from tests.gallery.ground import Ground


class Refused(AssertionError):
    """The simulator did not take a request; nothing is drawn."""


class Poster:
    """The bot's side of a chat, without its loops: requests leave through the real postman."""

    def __init__(self, telegram: Telegram, ground: Ground, bot_id: int) -> None:
        self._telegram = telegram
        self._ground = ground
        self._postman = Postman(telegram, ground.database, bot_id)
        self._offset = 0

    async def says(self, chat_id: int, seen: View | SendMessage) -> int:
        """Send a new message; its id. A file that is not in the rows is shown by its words."""
        if isinstance(seen, View):
            if isinstance(seen.media, Attached | HeldFile):
                seen = replace(seen, media=None)
            return await self._post(said(chat_id, seen))
        return await self._post(seen.model_copy(update={"chat_id": chat_id}))

    async def answers(self, query_id: str, answer: AnswerCallbackQuery) -> None:
        """Answer a tap with these words."""
        await self._post(answer.model_copy(update={"callback_query_id": query_id}))

    async def introduces_itself(self) -> None:
        """Set commands and descriptions, and the name, which operators choose with BotFather."""
        await introduce(self._telegram, self._ground.database)
        commune = self._ground.shelf.commune.get("commune", {})
        short = commune.get("short_name", {}).values()
        names = {"": " · ".join(dict.fromkeys(short)), **commune.get("name", {})}
        for language, name in names.items():
            if name:
                params = {"name": name, "language_code": language}
                await self._telegram.call("setMyName", params)

    async def reads(self) -> list[dict[str, Any]]:
        """Fetch and confirm what people have done since."""
        updates = await self._updates()
        if updates:
            self._offset = updates[-1]["update_id"] + 1
            await self._updates()
        return updates

    async def _updates(self) -> list[dict[str, Any]]:
        answer = await self._telegram.call("getUpdates", {"offset": self._offset, "timeout": 0})
        return list(answer.result)

    async def _post(self, method: TelegramMethod[Any]) -> int:
        name, params = request_of(method)
        outcome = await self._postman.post(name, json.dumps(params).encode(), None)
        if outcome.kind is not Kind.ARRIVED:
            raise Refused(f"{name}: {outcome.error}")
        return outcome.message_id or 0


@asynccontextmanager
async def poster(running: Running, ground: Ground) -> AsyncIterator[Poster]:
    telegram = Telegram(running.base_url, running.token)
    try:
        yield Poster(telegram, ground, int(running.token.partition(":")[0]))
    finally:
        await telegram.close()
