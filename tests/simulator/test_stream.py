"""The stream of changes: what it tells, where it goes on, and whom it waits for."""

import asyncio
import socket
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import pytest

from simulator.phone import Phone
from simulator.server import Running
from simulator.town import Town
from tests.simulator.asking import Asking
from tests.simulator.following import Following
from tests.simulator.test_snapshot import snapshot


async def test_messages_are_told_as_they_are_now_and_the_stream_goes_on_where_it_was(
    bot: Asking, amina: Phone, town: Town
) -> None:
    async with Following.open(town.base_url, bot.session, chat_id=amina.id, since=0) as page:
        sent = await bot("sendMessage", chat_id=amina.id, text="Bonjour")
        place = {"chat_id": amina.id, "message_id": sent["message_id"]}
        await bot("editMessageText", **place, text="Bonsoir")
        edit = await page.next("edit")
        await bot("deleteMessage", **place)
        await page.next("delete")

    assert edit["message"]["text"] == "Bonsoir"
    async with Following.open(town.base_url, bot.session, last_id=edit["seq"]) as page:
        assert (await page.next())["kind"] == "delete"


async def test_it_begins_with_the_town_and_its_newest_number(
    bot: Asking, amina: Phone, town: Town
) -> None:
    page = await snapshot(bot, town)

    async with Following.open(town.base_url, bot.session, since=page["seq"]) as stream:
        assert (stream.hello["town"], stream.hello["seq"]) == (page["town"], page["seq"])
        assert await stream.silence()


@pytest.mark.parametrize("since", [10_000, -5])
async def test_a_number_it_cannot_go_on_from_asks_for_everything_again(
    bot: Asking, amina: Phone, town: Town, since: int
) -> None:
    async with Following.open(town.base_url, bot.session, since=since) as stream:
        assert (await stream.next())["kind"] == "reset"
        await amina.sends("Salam")
        assert await stream.kinds(last="message") == ["message"]


async def test_what_was_confirmed_while_nobody_followed_is_not_missed(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await amina.sends("Salam")
    page = await snapshot(bot, town)
    (update,) = await bot.updates()
    await bot.updates(offset=update["update_id"] + 1)

    async with Following.open(town.base_url, bot.session, since=page["seq"]) as stream:
        assert (await stream.next())["kind"] == "reset"
        again = await snapshot(bot, town)
        assert again["chats"][0]["messages"][-1]["read"]
    async with Following.open(town.base_url, bot.session, since=again["seq"]) as stream:
        assert await stream.silence()


async def test_read_marks_and_the_queue_are_told_while_somebody_follows(
    bot: Asking, amina: Phone, town: Town
) -> None:
    async with following(bot, town) as stream:
        message_id = await amina.sends("Salam")
        assert (await stream.next("queue"))["pending"] == 1
        (update,) = await bot.updates()
        await bot.updates(offset=update["update_id"] + 1)
        read = await stream.next("read")
        assert (read["chat_id"], read["message_id"]) == (amina.id, message_id)
        assert (await stream.next("queue"))["pending"] == 0


async def test_they_cost_nothing_while_nobody_does(
    running: Running, bot: Asking, amina: Phone, town: Town
) -> None:
    before = running.world.events.seq

    await amina.sends("Salam")
    (update,) = await bot.updates()
    await bot.updates(offset=update["update_id"] + 1)

    assert [event.kind for event in running.world.events.since(before)] == ["message"]


async def test_a_batch_confirmed_at_once_moves_the_queue_once(
    bot: Asking, amina: Phone, town: Town
) -> None:
    for text in "abc":
        await amina.sends(text)
    updates = await bot.updates()

    async with following(bot, town) as stream:
        await bot.updates(offset=updates[-1]["update_id"] + 1)

        assert await stream.kinds(last="queue") == ["read", "read", "read", "queue"]


async def test_a_persons_standing_is_told(bot: Asking, amina: Phone, town: Town) -> None:
    async with following(bot, town) as stream:
        hassan = await town.phone("Hassan", language="ar")
        assert not (await stream.next("chat"))["chat"]["started"]
        assert (await stream.next("person"))["person"]["first_name"] == "Hassan"
        await hassan.sends("/start")
        started = await stream.next("chat")
        assert started["chat"]["started"]
        assert not {"messages", "notices"} & started["chat"].keys()
        await hassan.blocks()
        assert (await stream.next("chat"))["chat"]["blocked"]
        await hassan.unblocks()
        assert not (await stream.next("chat"))["chat"]["blocked"]
        await hassan.changes_language("fr")
        person = await stream.next("person")
        assert (person["chat_id"], person["person"]["language_code"]) == (hassan.id, "fr")
        await hassan.changes_language("fr")
        await town.phone("Hassan")
        assert await stream.silence()


@pytest.mark.parametrize("change", [{"language": ""}, {"language": 3}, {"name": "A"}, {}])
async def test_a_person_changes_nothing_but_the_language(
    bot: Asking, amina: Phone, town: Town, change: dict[str, Any]
) -> None:
    address = f"{town.base_url}/control/people/{amina.id}"
    async with bot.session.patch(address, json=change) as response:
        assert response.status == 400
        assert "language" in (await response.json())["error"]


async def test_a_keyboard_is_told_when_it_changes(bot: Asking, amina: Phone, town: Town) -> None:
    keyboard = {"keyboard": [[{"text": "12"}]], "one_time_keyboard": True}
    async with following(bot, town) as stream:
        for text in ("Âge ?", "Encore ?"):
            await bot("sendMessage", chat_id=amina.id, text=text, reply_markup=keyboard)
        await bot("sendMessage", chat_id=amina.id, text="Nom ?", reply_markup=FORCED)
        await amina.sends("Amina")

        shown = await stream.next("chat")
        forced = await stream.next("chat")
        answered = await stream.next("chat")
    assert shown["chat"]["keyboard"] == [[{"text": "12"}]]
    assert shown["chat"]["keyboard_options"] == {"one_time_keyboard": True}
    assert (forced["chat"]["keyboard"], forced["chat"]["keyboard_options"]) == (None, FORCED)
    assert answered["chat"]["keyboard_options"] is None


async def test_groups_come_and_move(bot: Asking, amina: Phone, town: Town) -> None:
    async with following(bot, town) as stream:
        group = await town.group("Quartier", amina, kind="group")
        assert (await stream.next("chat"))["chat"]["members"] == [amina.id]
        moved = await town.migrates(group)
        assert (await stream.next("chat"))["chat_id"] == moved["id"]
        old = await stream.next("chat")
        assert (old["chat_id"], old["chat"]["migrated_to"]) == (group["id"], moved["id"])
        await bot("leaveChat", chat_id=moved["id"])
        assert (await stream.next("chat"))["chat"]["blocked"]


async def test_silent_answers_to_taps_are_told_too(bot: Asking, amina: Phone, town: Town) -> None:
    row = [{"text": "Oui", "callback_data": "1"}]
    markup = {"inline_keyboard": [row]}
    await bot("sendMessage", chat_id=amina.id, text="?", reply_markup=markup)
    async with following(bot, town) as stream:
        silent, linked = await amina.taps(None, "Oui"), await amina.taps(None, "Oui")
        await bot("answerCallbackQuery", callback_query_id=silent)
        await bot("answerCallbackQuery", callback_query_id=linked, url="https://t.me/x?start=a")

        first, second = await stream.next("notice"), await stream.next("notice")
    assert (first["callback_query_id"], first["text"], first["alert"]) == (silent, "", False)
    assert first["person_id"] == amina.id
    assert "url" not in first
    assert second["url"] == "https://t.me/x?start=a"


async def test_the_bots_face_and_troubles_are_told_when_they_change(
    bot: Asking, amina: Phone, town: Town
) -> None:
    commands = [{"command": "aide", "description": "Aide"}]
    async with following(bot, town) as stream:
        for _ in range(2):
            await bot("setMyCommands", commands=commands)
            await bot("setMyName", name="Musharaka")
            await bot("setMyDescription", description="La commune écoute")
            await bot("setChatMenuButton", menu_button={"type": "commands"})
        await bot("deleteMyCommands")
        fault = await town.fault("latency", seconds=0.0)
        await town.clear_faults(fault)

        assert await stream.kinds(last="faults") == ["profile"] * 5 + ["faults"]
        cleared = await stream.next("faults")
        assert (cleared["chat_id"], cleared["faults"]) == (0, [])


async def test_ten_pages_and_ten_phones_at_once_see_the_same(bot: Asking, town: Town) -> None:
    await town.settings(chat_per_second=0, bulk_per_second=0)
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(following(bot, town)) for _ in range(10)]
        phones = [await town.phone(f"Voisin {number}") for number in range(10)]
        await asyncio.gather(*(phone.sends("/start") for phone in phones))
        for phone in phones:
            await bot("sendMessage", chat_id=phone.id, text=f"Salam {phone.name}")

        for page in pages:
            texts = [(await page.next("message"))["message"]["text"] for _ in range(20)]
            assert sorted(texts)[10:] == [f"Salam Voisin {number}" for number in range(10)]


async def test_a_page_that_reads_nothing_holds_nobody_up_and_is_let_go(
    running: Running, bot: Asking, amina: Phone, town: Town
) -> None:
    await town.settings(follower_patience=0.3, chat_per_second=0)
    address = running.base_url.removeprefix("http://")
    host, _, port = address.partition(":")
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect((host, int(port)))
        deaf.sendall(f"GET /control/events HTTP/1.1\r\nHost: {address}\r\n\r\n".encode())
        async with following(bot, town) as stream:
            for number in range(700):
                await bot("sendMessage", chat_id=amina.id, text=f"{number} " + "x" * 4000)
                await stream.next("message")
        await asyncio.sleep(0.5)
        await amina.sends("Salam")
        await asyncio.sleep(0.05)

        assert not running.world.events.is_followed


async def test_a_page_that_has_gone_is_forgotten(
    running: Running, bot: Asking, amina: Phone, town: Town
) -> None:
    async with following(bot, town):
        assert running.world.events.is_followed
    await amina.sends("Salam")
    await amina.sends("Salam")
    await asyncio.sleep(0.05)

    assert not running.world.events.is_followed


async def test_a_silent_stream_says_that_it_is_there(bot: Asking, town: Town) -> None:
    await town.settings(heartbeat=0.05)

    async with following(bot, town) as stream:
        assert await stream.response.content.readline() == b": still here\n"


async def test_streams_end_at_once_when_the_server_stops(
    running: Running, bot: Asking, amina: Phone, town: Town
) -> None:
    async with following(bot, town) as stream:
        running.world.stop()

        assert await asyncio.wait_for(stream.response.content.read(), 2) == b""


FORCED = {"force_reply": True, "input_field_placeholder": "Nom"}


def following(bot: Asking, town: Town) -> AbstractAsyncContextManager[Following]:
    return Following.open(town.base_url, bot.session)
