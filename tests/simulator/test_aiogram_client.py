"""An independent client's view: aiogram's own, which reads every answer into its own models."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
)

from simulator.phone import Phone
from simulator.town import Town

BUTTONS = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Soutenir", callback_data="s:1")]]
)


@pytest.fixture
async def client(town: Town) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(town.base_url)
    async with Bot(town.token, session=AiohttpSession(api=server)) as client:
        yield client


async def test_a_conversation(client: Bot, amina: Phone) -> None:
    me = await client.get_me()
    sent = await client.send_message(
        amina.id, "<b>Pétition</b>", parse_mode="HTML", reply_markup=BUTTONS
    )
    await amina.taps(None, "Soutenir")
    (update,) = await client.get_updates(timeout=5)
    assert update.callback_query is not None
    await client.answer_callback_query(update.callback_query.id, "Merci")
    edited = await client.edit_message_text(
        "Soutenue", chat_id=amina.id, message_id=sent.message_id
    )

    assert me.is_bot
    assert sent.html_text == "<b>Pétition</b>"
    assert update.callback_query.data == "s:1"
    assert await amina.waits_for_notice() == "Merci"
    assert (edited, edited.text) == (edited, "Soutenue")  # type: ignore[union-attr]


async def test_every_kind_of_message_is_read(client: Bot, amina: Phone) -> None:
    await amina.sends_photo()
    await amina.sends_voice()
    await amina.sends_document(b"x", "a.pdf")
    await amina.sends_sticker()
    await amina.sends_contact("+212600000000")
    await amina.sends_location(30.47, -8.87)
    await amina.blocks()

    updates = await client.get_updates()

    kinds = [update.message.content_type for update in updates if update.message]
    assert kinds == ["photo", "voice", "document", "sticker", "contact", "location"]
    assert updates[-1].my_chat_member is not None


async def test_files_and_commands(client: Bot, amina: Phone) -> None:
    sent = await client.send_document(
        amina.id, BufferedInputFile(b"%PDF-1.7", "charte.pdf"), caption="Charte"
    )
    assert sent.document is not None
    downloaded = await client.download(sent.document)
    scope = BotCommandScopeAllPrivateChats()
    await client.set_my_commands(
        [BotCommand(command="aide", description="Aide")], scope=scope, language_code="fr"
    )

    assert downloaded is not None
    assert downloaded.read() == b"%PDF-1.7"
    assert (await client.get_my_commands(scope, "fr"))[0].command == "aide"
    assert (await amina.menu())["commands"][0]["description"] == "Aide"


async def test_refusals_are_told_apart(client: Bot, amina: Phone, town: Town) -> None:
    with pytest.raises(TelegramBadRequest, match="can't parse entities"):
        await client.send_message(amina.id, "<b>", parse_mode="HTML")
    await town.fault("flood", "sendMessage", count=1, retry_after=3)
    with pytest.raises(TelegramRetryAfter) as flood:
        await client.send_message(amina.id, "x")
    await town.fault("error", "sendMessage", count=1, status=502, description="Bad Gateway")
    with pytest.raises(TelegramServerError):
        await client.send_message(amina.id, "x")
    await amina.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await client.send_message(amina.id, "x")

    assert flood.value.retry_after == 3
