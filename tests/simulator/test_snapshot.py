"""The whole town in one answer, as the phone page begins with it."""

from typing import Any

from aiohttp import FormData

from simulator.phone import Phone
from simulator.server import Running, start
from simulator.town import Town
from tests.simulator.asking import Asking
from tests.simulator.test_files import PNG

YES = {"inline_keyboard": [[{"text": "Oui", "callback_data": "yes"}]]}


async def test_the_town_is_told_in_one_answer(bot: Asking, amina: Phone, town: Town) -> None:
    sent = await bot("sendMessage", chat_id=amina.id, text="Bonjour")
    await town.fault("latency", seconds=0.0)
    await amina.sends("Salam")

    page = await snapshot(bot, town)

    assert page["seq"] >= sent["message_id"]
    assert page["bot"]["username"] == "simulated_bot"
    assert page["bot_api"].startswith("10.3")
    assert [person["first_name"] for person in page["people"]] == ["Amina"]
    assert [fault["kind"] for fault in page["faults"]] == ["latency"]
    assert page["pending"] == 1
    assert page["backstage"] is None
    (chat,) = page["chats"]
    assert chat["members"] == [amina.id]
    assert [message["text"] for message in chat["messages"]] == ["/start", "Bonjour", "Salam"]
    assert [message["from_id"] for message in chat["messages"]] == [
        amina.id, page["bot"]["id"], amina.id,
    ]  # fmt: skip


async def test_notices_of_long_ago_do_not_weigh_on_the_page(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await bot("sendMessage", chat_id=amina.id, text="Oui ?", reply_markup=YES)
    await amina.taps(None, "Oui")
    (update,) = await bot.updates()
    await bot("answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="Ok")

    (chat,) = (await snapshot(bot, town))["chats"]

    assert await amina.notices() == ["Ok"]
    assert "notices" not in chat
    assert [message["text"] for message in chat["messages"]] == ["/start", "Oui ?"]


async def test_each_start_is_another_town(running: Running, bot: Asking, town: Town) -> None:
    async with start() as other, Town.open(other.base_url) as elsewhere:
        assert (await snapshot(bot, town))["town"] != (await snapshot(bot, elsewhere))["town"]


async def test_a_message_is_read_when_its_update_was_confirmed(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await amina.sends("Salam")
    assert [await read(bot, town, n) for n in (0, 1)] == [True, False]

    (update,) = await bot.updates()
    assert not await read(bot, town, 1)
    await bot.updates(offset=update["update_id"] + 1)

    assert await read(bot, town, 1)
    await bot("sendMessage", chat_id=amina.id, text="Bonjour")
    assert "read" not in (await snapshot(bot, town))["chats"][0]["messages"][2]


async def test_a_message_of_which_the_bot_hears_nothing_counts_as_read(
    bot: Asking, amina: Phone, town: Town
) -> None:
    group = await town.group("Quartier", amina)
    await amina.within(group).sends("Entre nous")
    await amina.within(group).sends("/aide")

    chat = (await snapshot(bot, town))["chats"][1]
    assert [message["read"] for message in chat["messages"]] == [True, False]


async def test_an_edit_of_a_message_leaves_its_mark(bot: Asking, amina: Phone, town: Town) -> None:
    await amina.edits(1, "Salam")

    assert await read(bot, town, 0)


async def test_the_keyboards_options_are_told_beside_its_rows(
    bot: Asking, amina: Phone, town: Town
) -> None:
    shown = {"resize_keyboard": True, "input_field_placeholder": "Âge"}
    rows = [[{"text": "12"}], [{"text": "Ici", "request_location": True}]]
    keyboard = {"keyboard": rows, **shown}
    await bot("sendMessage", chat_id=amina.id, text="?", reply_markup=keyboard)
    (chat,) = (await snapshot(bot, town))["chats"]
    assert chat["keyboard"] == rows
    assert chat["keyboard_options"] == shown

    forced = {"force_reply": True, "input_field_placeholder": "Nom"}
    await bot("sendMessage", chat_id=amina.id, text="?", reply_markup=forced)
    (chat,) = (await snapshot(bot, town))["chats"]
    assert (chat["keyboard"], chat["keyboard_options"]) == (None, forced)

    await bot("sendMessage", chat_id=amina.id, text="!", reply_markup={"remove_keyboard": True})
    (chat,) = (await snapshot(bot, town))["chats"]
    assert (chat["keyboard"], chat["keyboard_options"]) == (None, None)


async def test_a_message_tells_how_it_is_shown(bot: Asking, amina: Phone, town: Town) -> None:
    form = FormData()
    form.add_field("chat_id", str(amina.id))
    form.add_field("caption", "Plan")
    form.add_field("show_caption_above_media", "true")
    form.add_field("protect_content", "true")
    form.add_field("photo", PNG, filename="a.png", content_type="image/png")
    await bot.form("sendPhoto", form)
    await bot("forwardMessage", chat_id=amina.id, from_chat_id=amina.id, message_id=1)
    await amina.sends_voice(duration=7)

    start, photo, forwarded, voice = (await snapshot(bot, town))["chats"][0]["messages"]

    assert not {"caption_above", "protected", "forward"} & start.keys()
    assert (photo["caption_above"], photo["protected"]) == (True, True)
    assert (photo["file"]["width"], photo["file"]["height"]) == (2, 3)
    assert forwarded["forward"] == "Amina"
    assert voice["file"]["duration"] == 7


async def snapshot(bot: Asking, town: Town) -> dict[str, Any]:
    async with bot.session.get(f"{town.base_url}/control/page") as response:
        page: dict[str, Any] = await response.json()
        return page


async def read(bot: Asking, town: Town, index: int) -> bool:
    return bool((await snapshot(bot, town))["chats"][0]["messages"][index]["read"])
