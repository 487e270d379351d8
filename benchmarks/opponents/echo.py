"""A stock aiogram echo bot: polling, default settings, no database, uvloop as ours.

It is the example of aiogram's documentation without its logging, which would slow it down. An
update says how many requests its answer takes: a text begins with their letters (``es``: edit the
last message, send a copy), a button's data too (``aes``: answer, edit, send; ``aess``: send two).
"""

import asyncio
import os
from typing import Any

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

dispatcher = Dispatcher()
last: dict[int, int] = {}
"""The bot's last message in each chat."""


@dispatcher.message()
async def echo(message: Message) -> None:
    wish, _, _ = (message.text or "").partition(" ")
    if "e" in wish and message.bot is not None:
        await message.bot.edit_message_text(
            text=message.text or "", chat_id=message.chat.id, message_id=last[message.chat.id]
        )
    for _copy in range(wish.count("s")):
        copy = await message.send_copy(chat_id=message.chat.id)
        last[message.chat.id] = copy.message_id


@dispatcher.callback_query()
async def echo_tap(query: CallbackQuery) -> None:
    words = query.data or ""
    wish, _, _ = words.partition(" ")
    if "a" in wish:
        await query.answer()
    if not isinstance(query.message, Message):
        return
    if "e" in wish:
        await query.message.edit_text(words)
    for _copy in range(wish.count("s")):
        copy = await query.message.answer(words)
        last[query.message.chat.id] = copy.message_id


async def run(**workflow: Any) -> None:
    server = TelegramAPIServer.from_base(os.environ["BOT_API_BASE"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=server))
    await dispatcher.start_polling(bot, **workflow)


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())
