"""Replies that could not leave: after a quarter of an hour the present question replaces them."""

import time
from datetime import timedelta

import pytest

from bot import application
from simulator.phone import Phone
from storage.outbox import OutboxState
from tests.conversations.commune import Commune
from tests.conversations.walking import (
    FRENCH,
    MINUTES,
    TIMES,
    WHY_NEVER,
    begins,
    bot_messages,
    reaches_minutes,
    taps,
)

pytestmark = pytest.mark.usefixtures("hurried")
DOWN = "sendMessage,editMessageText,answerCallbackQuery"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop waits for replies only a moment: these are meant to stay."""
    monkeypatch.setattr(application, "DRAIN_SECONDS", 0.2)


async def test_replies_of_a_quarter_of_an_hour_ago_become_the_present_question(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)
    await commune.settled()
    await commune.town.fault("error", DOWN, status=502, description="Bad Gateway")
    await amina.sends("dix")
    await amina.sends("/vote")
    await amina.sends("15")

    async def answered() -> bool:
        return (await commune.submission()).answers.get("house/walking_minutes") == 15

    await commune.until(answered)

    await commune.passes(timedelta(minutes=20))
    since = await commune.town.forget_requests()
    await commune.town.clear_faults()
    await amina.waits_for(TIMES)
    await commune.settled()

    sent = await commune.town.requests(since, chat_id=amina.chat_id)
    assert [one.method for one in sent] == ["sendMessage"]
    assert not any("sans virgule" in one.text for one in await bot_messages(amina))


async def test_replies_of_a_minute_ago_still_leave_in_order(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.town.fault("error", DOWN, status=502, description="Bad Gateway")
    await amina.taps(first, "Jamais")

    async def answered() -> bool:
        return (await commune.submission()).answers.get("house/visits") == "never"

    await commune.until(answered)
    await commune.passes(timedelta(minutes=1))
    await commune.town.clear_faults()
    await amina.waits_for(WHY_NEVER)
    await taps(amina, FRENCH.skip)
    await amina.waits_for(MINUTES)
    await commune.settled()

    kept = next(one for one in await bot_messages(amina) if one.id == first.id)
    assert kept.text.endswith("⁨Jamais⁩")
    assert not kept.buttons


async def test_a_stop_while_telegram_is_down_ends_in_time_and_leaves_telegram_in_peace(
    commune: Commune, amina: Phone
) -> None:
    await commune.town.fault("error", DOWN, status=502, description="Bad Gateway")
    await amina.sends("/start")
    await commune.town.requests(method="sendMessage", wait=5)

    began = time.monotonic()
    await commune.stop()
    took = time.monotonic() - began

    assert took < 3
    assert len(await commune.town.requests(method="sendMessage")) <= 3
    assert await commune.outbox() == {OutboxState.WAITING: 1}
