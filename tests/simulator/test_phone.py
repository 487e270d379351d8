"""What a phone tells whoever drives it."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from simulator.phone import NothingSaid, Phone
from simulator.town import Town
from tests.simulator.asking import Asking


async def test_waiting_sees_only_what_was_said_since_the_persons_last_act(
    bot: Asking, amina: Phone
) -> None:
    await bot("sendMessage", chat_id=amina.id, text="Question 1")
    await amina.sends("12")
    waiting = asyncio.create_task(amina.waits_for())
    await asyncio.sleep(0.05)

    await bot("sendMessage", chat_id=amina.id, text="Question 2")

    assert (await waiting).text == "Question 2"
    assert (await amina.waits_for("Question", after=0)).text == "Question 2"
    assert (await amina.waits_for("Question 1", after=0)).text == "Question 1"


async def test_waiting_can_leave_edits_out(bot: Asking, amina: Phone) -> None:
    asked = await bot("sendMessage", chat_id=amina.id, text="Question 1")
    await amina.sends("12")
    place = {"chat_id": amina.id, "message_id": asked["message_id"]}
    await bot("editMessageText", **place, text="Question 1: 12")
    waiting = asyncio.create_task(amina.waits_for(new=True))
    await asyncio.sleep(0.05)

    await bot("sendMessage", chat_id=amina.id, text="Question 2")

    assert (await waiting).text == "Question 2"
    assert (await amina.waits_for("12")).edited


async def test_waiting_in_vain_shows_the_conversation(bot: Asking, amina: Phone) -> None:
    buttons = {"inline_keyboard": [[{"text": "Oui", "callback_data": "1"}]]}
    await bot("sendMessage", chat_id=amina.id, text="Une question", reply_markup=buttons)

    with pytest.raises(NothingSaid) as nothing:
        await amina.waits_for("Merci", timeout=0.05)

    words = str(nothing.value)
    assert "Amina waited 0.05 s for a message with 'Merci'" in words
    assert "1 person: /start" in words
    assert "2 bot: Une question\n   [Oui]" in words


async def test_a_button_is_found_by_its_text_or_a_part_of_it(bot: Asking, amina: Phone) -> None:
    row = [{"text": text, "callback_data": text} for text in ("Oui", "Oui, toujours", "✓ Non")]
    markup = {"inline_keyboard": [row]}
    await bot("sendMessage", chat_id=amina.id, text="?", reply_markup=markup)
    message = await amina.waits_for("?")

    assert message.button("Oui").callback_data == "Oui"
    assert message.button("Non").callback_data == "✓ Non"
    with pytest.raises(LookupError, match="several buttons fit 'Ou'"):
        message.button("Ou")
    with pytest.raises(LookupError, match="no button 'Peut-être'"):
        await amina.taps(message, "Peut-être")


async def test_two_phones_of_one_person_see_the_same(town: Town, amina: Phone) -> None:
    async with AsyncExitStack() as stack:
        elsewhere = await stack.enter_async_context(Town.open(town.base_url))
        same = await elsewhere.phone("Amina")

        assert same.id == amina.id
        assert await same.transcript() == await amina.transcript()
        assert same.user["language_code"] == "fr"


async def test_a_long_text_is_sent_in_parts_as_clients_do(bot: Asking, amina: Phone) -> None:
    await amina.sends("x" * 10_000)

    lengths = [len(update["message"]["text"]) for update in await bot.updates()]
    assert lengths == [4096, 4096, 1808]


async def test_what_a_phone_cannot_do_is_refused(amina: Phone) -> None:
    with pytest.raises(Exception, match="empty message"):
        await amina.sends("  ")
    with pytest.raises(Exception, match="not one of Amina's"):
        await amina.edits(999, "x")
