"""Taps on buttons and the answers to them."""

from typing import Any

import pytest

from simulator.phone import Phone
from simulator.town import Town
from tests.simulator.asking import Asking

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"
BUTTONS = {"inline_keyboard": [[{"text": "✓ Soutenir", "callback_data": "s:1"}, {
    "text": "Aide", "url": "https://t.me/simulated_bot?start=help"}]]}  # fmt: skip


@pytest.fixture
async def card(bot: Asking, amina: Phone) -> dict[str, Any]:
    sent: dict[str, Any] = await bot(
        "sendMessage", chat_id=amina.id, text="Pétition", reply_markup=BUTTONS
    )
    return sent


async def test_a_tap_reaches_the_bot_with_the_message_and_its_answer_reaches_the_person(
    bot: Asking, amina: Phone, card: dict[str, Any]
) -> None:
    query_id = await amina.taps(await amina.waits_for("Pétition"), "Soutenir")
    (update,) = await bot.updates()

    await bot("answerCallbackQuery", callback_query_id=query_id, text="Merci", show_alert=True)

    query = update["callback_query"]
    assert (query["id"], query["data"], query["message"]) == (query_id, "s:1", card)
    assert await amina.waits_for_notice() == "Merci"
    assert await amina.notices() == ["Merci"]
    assert await amina.answer_to(query_id) == {
        "answered": True,
        "text": "Merci",
        "show_alert": True,
    }


@pytest.mark.usefixtures("card")
async def test_a_query_can_be_answered_once(bot: Asking, amina: Phone) -> None:
    query_id = await amina.taps(None, "Soutenir")
    await bot("answerCallbackQuery", callback_query_id=query_id)

    refused = await bot.refused("answerCallbackQuery", callback_query_id=query_id)

    assert refused.description == TOO_OLD
    assert await amina.notices() == []


@pytest.mark.usefixtures("card")
async def test_a_query_expires(bot: Asking, amina: Phone, town: Town) -> None:
    query_id = await amina.taps(None, "Soutenir")
    await town.advance_clock(16)

    expired = await bot.refused("answerCallbackQuery", callback_query_id=query_id)
    unknown = await bot.refused("answerCallbackQuery", callback_query_id="1")

    assert expired.description == unknown.description == TOO_OLD


@pytest.mark.usefixtures("card")
async def test_an_answer_has_at_most_200_characters(bot: Asking, amina: Phone) -> None:
    query_id = await amina.taps(None, "Soutenir")

    refused = await bot.refused("answerCallbackQuery", callback_query_id=query_id, text="x" * 201)
    await bot("answerCallbackQuery", callback_query_id=query_id, text="x" * 200)

    assert "0-200 characters" in refused.description


@pytest.mark.usefixtures("card")
async def test_an_old_button_can_still_be_tapped(bot: Asking, amina: Phone) -> None:
    before = await amina.waits_for("Pétition")
    await bot("editMessageText", chat_id=amina.id, message_id=before.id, text="Close")
    await amina.taps(before, "Soutenir")
    await bot("deleteMessage", chat_id=amina.id, message_id=before.id)
    await amina.taps(before, "Soutenir")

    edited, deleted = await bot.updates()
    assert edited["callback_query"]["message"]["text"] == "Close"
    assert edited["callback_query"]["data"] == "s:1"
    assert deleted["callback_query"]["message"]["date"] == 0


@pytest.mark.usefixtures("card")
async def test_any_data_can_be_forged(bot: Asking, amina: Phone) -> None:
    message = await amina.waits_for("Pétition")

    await amina.taps_data(message.id, "s:666")

    (update,) = await bot.updates()
    assert update["callback_query"]["data"] == "s:666"


@pytest.mark.usefixtures("card")
async def test_a_button_with_a_deep_link_opens_it(bot: Asking, amina: Phone) -> None:
    await amina.taps(None, "Aide")

    (update,) = await bot.updates()
    assert update["message"]["text"] == "/start help"
