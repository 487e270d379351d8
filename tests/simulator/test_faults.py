"""Trouble on demand, as the bot's client meets it."""

import asyncio
import time

import pytest
from aiohttp import ClientConnectionError, ClientError, ClientPayloadError

from simulator.phone import Phone
from simulator.town import Town
from tests.simulator.asking import Asking


async def test_the_next_three_are_reset_after_the_effect(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("reset_after", "sendMessage", count=3)

    for number in range(3):
        with pytest.raises(ClientConnectionError):
            await bot("sendMessage", chat_id=amina.id, text=f"lost {number}")
    await bot("sendMessage", chat_id=amina.id, text="arrived")

    texts = [message.text for message in await amina.chat()]
    assert texts[1:] == ["lost 0", "lost 1", "lost 2", "arrived"]
    recorded = await town.requests(method="sendMessage")
    assert [(one.effect, one.delivered) for one in recorded] == [(True, False)] * 3 + [
        (True, True)
    ]


async def test_a_reset_before_the_effect_leaves_nothing(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("reset_before", "send*", count=1)

    with pytest.raises(ClientConnectionError):
        await bot("sendMessage", chat_id=amina.id, text="lost")

    assert len(await amina.chat()) == 1
    (recorded,) = await town.requests(method="sendMessage")
    assert (recorded.effect, recorded.status, recorded.delivered) == (False, None, False)


async def test_an_error_is_answered_instead_of_the_effect(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("error", "sendMessage", count=1, status=502, description="Bad Gateway")

    refused = await bot.refused("sendMessage", chat_id=amina.id, text="lost")

    assert (refused.status, refused.description) == (502, "Bad Gateway")
    assert len(await amina.chat()) == 1


async def test_a_flood_asks_to_wait(bot: Asking, amina: Phone, town: Town) -> None:
    await town.fault("flood", "sendMessage", count=1, retry_after=7)

    refused = await bot.refused("sendMessage", chat_id=amina.id, text="x")

    assert refused.description == "Too Many Requests: retry after 7"
    assert refused.parameters == {"retry_after": 7}


async def test_half_a_body_breaks_off_after_the_effect(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("half_body", "sendMessage", count=1)

    with pytest.raises(ClientPayloadError):
        await bot("sendMessage", chat_id=amina.id, text="half")

    assert (await amina.chat())[-1].text == "half"


async def test_a_stall_keeps_the_client_waiting_after_the_effect(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("stall_after", "sendMessage", count=1, seconds=30)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(bot("sendMessage", chat_id=amina.id, text="late"), 0.3)

    assert (await amina.chat())[-1].text == "late"


async def test_latency_delays_every_matching_request(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("latency", "sendMessage,editMessage*", seconds=0.2)

    began = time.monotonic()
    await bot("sendMessage", chat_id=amina.id, text="x")
    slow = time.monotonic() - began
    await bot("getMe")

    assert 0.2 <= slow < 1
    assert (time.monotonic() - began) - slow < 0.15


async def test_polls_can_be_made_to_fail(bot: Asking, amina: Phone, town: Town) -> None:
    await amina.sends("Salam")
    fault = await town.fault("error", "getUpdates", status=500)

    refused = await bot.refused("getUpdates")
    await town.clear_faults(fault)

    assert refused.status == 500
    assert len(await bot.updates()) == 1


async def test_updates_are_delivered_twice(bot: Asking, amina: Phone, town: Town) -> None:
    await town.fault("duplicate")
    await amina.sends("Salam")
    (update,) = await bot.updates()
    after = update["update_id"] + 1

    again = await bot.updates(offset=after)

    assert again == [update]
    assert await bot.updates(offset=after) == []


async def test_faults_strike_by_chat_count_and_skipping(
    bot: Asking, amina: Phone, town: Town
) -> None:
    hassan = await town.phone("Hassan")
    await hassan.sends("/start")
    await town.fault("error", "sendMessage", chat_id=hassan.id, skip=1, count=1)

    await bot("sendMessage", chat_id=amina.id, text="1")
    await bot("sendMessage", chat_id=hassan.id, text="2")
    await bot.refused("sendMessage", chat_id=hassan.id, text="3")
    await bot("sendMessage", chat_id=hassan.id, text="4")

    (fault,) = await town.faults()
    assert fault["happened"] == 1


async def test_a_probability_is_drawn_the_same_way_from_the_same_seed(
    bot: Asking, town: Town
) -> None:
    async def drawn() -> str:
        await town.clear_faults()
        await town.fault("error", "getMe", probability=0.5, seed=7)
        outcomes = ""
        for _ in range(20):
            async with bot.session.get(f"{bot.url}/getMe") as response:
                outcomes += "." if response.status == 200 else "x"
        return outcomes

    first, second = await drawn(), await drawn()

    assert first == second
    assert set(first) == {".", "x"}


async def test_a_fault_that_is_none_is_refused_with_the_known_ones(town: Town) -> None:
    with pytest.raises(Exception, match="reset_before"):
        await town.fault("earthquake")


async def test_an_answer_to_a_client_that_has_gone_is_not_delivered(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await town.fault("latency", "sendMessage", seconds=0.3)

    with pytest.raises((ClientError, TimeoutError)):
        await asyncio.wait_for(bot("sendMessage", chat_id=amina.id, text="x"), 0.1)
    await town.quiet()

    (recorded,) = await town.requests(method="sendMessage")
    assert (recorded.effect, recorded.status, recorded.delivered) == (True, 200, False)
