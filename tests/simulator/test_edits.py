"""Messages that the bot changes or takes away."""

from typing import Any

import pytest

from simulator.phone import Phone
from simulator.refusals import NOT_MODIFIED
from simulator.town import Town
from tests.simulator.asking import Asking

BUTTONS = {"inline_keyboard": [[{"text": "Oui", "callback_data": "a:1"}]]}


@pytest.fixture
async def card(bot: Asking, amina: Phone) -> dict[str, Any]:
    """Where a message with one button stands: `chat_id` and `message_id`."""
    sent = await bot("sendMessage", chat_id=amina.id, text="Oui ou non ?", reply_markup=BUTTONS)
    return {"chat_id": amina.id, "message_id": sent["message_id"]}


async def test_an_edit_replaces_text_and_takes_the_buttons_away(
    bot: Asking, amina: Phone, card: dict[str, Any]
) -> None:
    edited = await bot(
        "editMessageText", **card, text="Oui ou non ?\n<i>Oui</i>", parse_mode="HTML"
    )

    seen = (await amina.chat())[-1]
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert (seen.id, seen.edited, seen.buttons) == (card["message_id"], True, [])


async def test_an_edit_that_changes_nothing_is_refused(bot: Asking, card: dict[str, Any]) -> None:
    text = await bot.refused(
        "editMessageText",
        **card,
        text="<b></b>Oui ou non ? ",
        parse_mode="HTML",
        reply_markup=BUTTONS,
    )
    buttons = await bot.refused("editMessageReplyMarkup", **card, reply_markup=BUTTONS)

    assert text.status == buttons.status == 400
    assert text.description == buttons.description == f"Bad Request: {NOT_MODIFIED}"


async def test_buttons_alone_can_be_taken_away(
    bot: Asking, amina: Phone, card: dict[str, Any]
) -> None:
    await bot("editMessageReplyMarkup", **card)

    assert (await amina.chat())[-1].buttons == []


async def test_a_caption_is_edited_and_a_text_is_not_a_caption(
    bot: Asking, amina: Phone, card: dict[str, Any]
) -> None:
    sent = await bot("sendDocument", chat_id=amina.id, document=b"x", caption="before")
    place = {"chat_id": amina.id, "message_id": sent["message_id"]}

    edited = await bot("editMessageCaption", **place, caption="after")

    assert edited["caption"] == "after"
    assert (
        "no caption" in (await bot.refused("editMessageCaption", **card, caption="x")).description
    )
    assert "no text" in (await bot.refused("editMessageText", **place, text="x")).description


async def test_what_is_not_the_bots_or_not_there_cannot_be_edited(
    bot: Asking, amina: Phone
) -> None:
    mine = await amina.sends("mine")

    foreign = await bot.refused("editMessageText", chat_id=amina.id, message_id=mine, text="x")
    missing = await bot.refused("editMessageText", chat_id=amina.id, message_id=9999, text="x")

    assert foreign.description == "Bad Request: message can't be edited"
    assert missing.description == "Bad Request: message to edit not found"


async def test_messages_are_deleted_within_two_days(
    bot: Asking, amina: Phone, card: dict[str, Any], town: Town
) -> None:
    await bot("deleteMessage", **card)
    gone = await bot.refused("deleteMessage", **card)
    old = await bot("sendMessage", chat_id=amina.id, text="old")
    await town.advance_clock(49 * 3600)
    late = await bot.refused("deleteMessage", chat_id=amina.id, message_id=old["message_id"])
    await bot("deleteMessages", chat_id=amina.id, message_ids=[old["message_id"], 9999])

    assert gone.description == "Bad Request: message to delete not found"
    assert late.description == "Bad Request: message can't be deleted for everyone"
    assert [message.text for message in await amina.chat()] == ["/start"]
