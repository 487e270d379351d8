"""Polls that fail, updates that come twice, tokens and rivals."""

import asyncio
import contextlib
from typing import Any

import pytest

from bot.receiver import StoppedByTelegram
from bot.telegram import Telegram
from simulator.phone import Phone
from tests.conversations.commune import Commune
from tests.conversations.walking import WHY_NEVER, begins, bot_messages

FAULTS: dict[str, dict[str, Any]] = {
    "server error": {"kind": "error", "status": 502},
    "reset before": {"kind": "reset_before"},
    "reset after": {"kind": "reset_after"},
    "half body": {"kind": "half_body"},
    "flood": {"kind": "flood", "retry_after": 1},
}


@pytest.mark.parametrize("trouble", FAULTS)
async def test_a_poll_that_fails_is_tried_again_and_loses_nothing(
    commune: Commune, amina: Phone, trouble: str
) -> None:
    first = await begins(amina)
    await commune.town.fault(methods="getUpdates", count=1, **FAULTS[trouble])

    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert (await commune.submission()).answers == {"welcome": None, "house/visits": "never"}
    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


async def test_updates_that_come_twice_have_one_effect_and_one_reply(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()
    since = await commune.town.forget_requests()

    await commune.town.repeat_updates(last=5)
    await commune.settled()

    assert not await commune.town.requests(since)
    assert (await commune.submission()).answers == {"welcome": None, "house/visits": "never"}


async def test_every_update_delivered_twice_is_as_once(commune: Commune, amina: Phone) -> None:
    await commune.town.fault("duplicate", "getUpdates")

    first = await begins(amina)
    await amina.taps(first, "Jamais")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert [WHY_NEVER in one.text for one in await bot_messages(amina)].count(True) == 1


@pytest.mark.only("sqlite", reason="the end of the receiver touches no row")
async def test_a_second_poller_ends_the_bot_with_one_clear_sentence(commune: Commune) -> None:
    rival = Telegram(commune.town.base_url, commune.town.token)

    async def polls() -> None:
        while True:
            await rival.call("getUpdates", {"timeout": 20})
            await asyncio.sleep(0.01)

    polling = asyncio.create_task(polls())
    with pytest.raises(StoppedByTelegram, match=r"Another program receives this bot's updates"):
        await commune.ends()

    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling
    await rival.close()


@pytest.mark.only("sqlite", reason="the end of the receiver touches no row")
async def test_a_revoked_token_ends_the_bot_with_one_clear_sentence(commune: Commune) -> None:
    await commune.town.fault("error", status=401, description="Unauthorized")

    await commune.town.push_update({"message": {}})

    with pytest.raises(StoppedByTelegram, match=r"Telegram does not know this BOT_TOKEN"):
        await commune.ends()
