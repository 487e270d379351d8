"""The queue of updates as the bot sees it by polling."""

import asyncio

import pytest

from simulator.phone import Phone
from simulator.refusals import Refused
from simulator.town import Town
from tests.simulator.asking import Asking


async def test_an_update_is_delivered_again_until_it_is_confirmed(
    bot: Asking, amina: Phone
) -> None:
    await amina.sends("Salam")

    (first,) = await bot.updates()
    (again,) = await bot.updates()
    confirmed = await bot.updates(offset=first["update_id"] + 1)

    assert first == again
    assert first["message"]["text"] == "Salam"
    assert confirmed == []


async def test_ids_of_updates_and_messages_increase(bot: Asking, amina: Phone) -> None:
    for text in ("one", "two", "three"):
        await amina.sends(text)

    updates = await bot.updates()

    ids = [update["update_id"] for update in updates]
    messages = [update["message"]["message_id"] for update in updates]
    assert ids == list(range(ids[0], ids[0] + 3))
    assert messages == sorted(set(messages))


async def test_limit_hands_out_the_oldest(bot: Asking, amina: Phone) -> None:
    for text in ("one", "two", "three"):
        await amina.sends(text)

    updates = await bot.updates(limit=2)

    assert [update["message"]["text"] for update in updates] == ["one", "two"]


async def test_a_negative_offset_keeps_the_end_of_the_queue_and_forgets_the_rest(
    bot: Asking, amina: Phone, town: Town
) -> None:
    for text in ("one", "two", "three"):
        await amina.sends(text)

    updates = await bot.updates(offset=-1)

    assert [update["message"]["text"] for update in updates] == ["three"]
    assert await town.pending_updates() == 1


async def test_a_long_poll_ends_when_something_happens(bot: Asking, amina: Phone) -> None:
    poll = asyncio.create_task(bot.updates(timeout=20))
    await asyncio.sleep(0.05)

    await amina.sends("Salam")

    updates = await asyncio.wait_for(poll, 2)
    assert [update["message"]["text"] for update in updates] == ["Salam"]


async def test_a_long_poll_ends_empty_after_its_timeout(bot: Asking) -> None:
    assert await asyncio.wait_for(bot.updates(timeout=1), 3) == []


async def test_of_two_polls_the_older_is_ended_with_a_conflict(bot: Asking, amina: Phone) -> None:
    older = asyncio.create_task(bot.updates(timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.updates(timeout=20))

    with pytest.raises(Refused) as refusal:
        await older
    await amina.sends("Salam")

    assert refusal.value.status == 409
    assert refusal.value.description == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert len(await newer) == 1


async def test_the_wish_for_kinds_of_updates_sticks(bot: Asking, amina: Phone) -> None:
    await bot.updates(allowed_updates=["callback_query"])

    await amina.sends("not wanted")
    wanted_nothing = await bot.updates()
    await bot.updates(allowed_updates=[])
    await amina.sends("wanted")

    assert wanted_nothing == []
    assert [update["message"]["text"] for update in await bot.updates()] == ["wanted"]


async def test_an_update_nobody_fetches_is_dropped_after_a_day(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await amina.sends("long ago")
    await town.advance_clock(25 * 3600)
    await amina.sends("now")

    assert [update["message"]["text"] for update in await bot.updates()] == ["now"]


async def test_confirmed_updates_can_be_delivered_once_more(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await amina.sends("Salam")
    (first,) = await bot.updates()
    after = first["update_id"] + 1
    await bot.updates(offset=after)

    repeated = await town.repeat_updates(last=1)

    assert repeated == [first["update_id"]]
    assert await bot.updates(offset=after) == [first]
    assert await bot.updates(offset=after) == []


async def test_raw_updates_pass_as_they_are(bot: Asking, running: object, town: Town) -> None:
    update_id = await town.push_update({"surprise": {"of": "a newer Bot API"}})

    async with bot.session.get(f"{bot.url}/getUpdates") as response:
        body = await response.json()

    assert body["result"] == [{"surprise": {"of": "a newer Bot API"}, "update_id": update_id}]


async def test_what_a_person_does_becomes_updates_of_the_right_kind(
    bot: Asking, amina: Phone
) -> None:
    """Each is checked against the schema by the client."""
    sent = await amina.sends("Bonjour @simulated_bot, https://taroudant.ma #eau")
    await amina.edits(sent, "Bonsoir")
    await amina.sends_contact("+212661000000")
    await amina.sends_location(30.47, -8.87)
    await amina.sends_photo(caption="La rue")
    await amina.sends_voice()
    await amina.sends_sticker()
    await amina.sends_document(b"%PDF-1.7", "plan.pdf", "application/pdf")
    await amina.blocks()
    await amina.unblocks()

    updates = await bot.updates()

    kinds = [next(key for key in update if key != "update_id") for update in updates]
    assert kinds == ["message", "edited_message", *["message"] * 6, *["my_chat_member"] * 2]
    assert updates[1]["edited_message"]["text"] == "Bonsoir"
    assert updates[1]["edited_message"]["message_id"] == sent
    assert updates[2]["message"]["contact"]["user_id"] == amina.id
    assert updates[4]["message"]["caption"] == "La rue"
    assert updates[8]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert updates[9]["my_chat_member"]["new_chat_member"]["status"] == "member"
    entities = [entity["type"] for entity in updates[0]["message"]["entities"]]
    assert entities == ["mention", "url", "hashtag"]


async def test_a_deep_link_sends_start_with_its_parameter(bot: Asking, amina: Phone) -> None:
    await amina.opens_link("c_charter")

    (update,) = await bot.updates()

    assert update["message"]["text"] == "/start c_charter"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_of_a_group_the_bot_hears_what_concerns_it(
    bot: Asking, amina: Phone, town: Town
) -> None:
    within = amina.within(await town.group("Conseil", amina))
    await within.sends("entre nous")
    await within.sends("/aide")
    await within.sends("et toi @simulated_bot ?")
    await town.settings(group_privacy=False)
    await within.sends("pour tous")

    added, *heard = await bot.updates()

    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    texts = [update["message"]["text"] for update in heard]
    assert texts == ["/aide", "et toi @simulated_bot ?", "pour tous"]


async def test_a_wrong_token_is_unauthorized(bot: Asking) -> None:
    stranger = Asking(bot.url.replace("1000001", "1000002"), bot.session)

    assert (await stranger.refused("getMe")).description == "Unauthorized"
