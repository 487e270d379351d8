"""Requests kept for inspection, and how mistakes are answered."""

import asyncio
import json

import pytest

from simulator.phone import Phone
from simulator.town import NotQuiet, Town
from tests.simulator.asking import Asking


async def test_every_request_is_recorded_with_how_it_ended(
    bot: Asking, amina: Phone, town: Town
) -> None:
    before = await town.forget_requests()
    sent = await bot("sendMessage", chat_id=amina.id, text="x")
    await bot.refused("sendMessage", chat_id=42, text="x")
    await bot("sendDocument", chat_id=amina.id, document=b"abc")

    first, second, third = await town.requests(since=before)

    assert (first.method, first.chat_id, first.status) == ("sendMessage", amina.id, 200)
    assert (first.outcome, first.delivered) == (sent["message_id"], True)
    assert (second.status, second.outcome) == (400, "Bad Request: chat not found")
    assert third.params["document"]["size"] == 3
    assert [one.n for one in (first, second, third)] == [before + 1, before + 2, before + 3]


async def test_requests_are_served_as_json_lines_and_can_be_waited_for(
    bot: Asking, amina: Phone, town: Town
) -> None:
    waiting = asyncio.create_task(town.requests(method="sendMessage", wait=5))
    await asyncio.sleep(0.05)

    await bot("getMe")
    await bot("sendMessage", chat_id=amina.id, text="x")

    (found,) = await asyncio.wait_for(waiting, 2)
    assert found.params["text"] == "x"
    async with bot.session.get(f"{town.base_url}/control/requests") as response:
        assert response.content_type == "application/x-ndjson"
        lines = (await response.text()).splitlines()
    assert [json.loads(line)["method"] for line in lines][-2:] == ["getMe", "sendMessage"]


async def test_the_record_is_bounded(bot: Asking, town: Town) -> None:
    await town.settings(kept_requests=5)

    for _ in range(9):
        await bot("getMe")

    assert [one.n for one in await town.requests()] == [5, 6, 7, 8, 9]


async def test_quiet_waits_for_pending_updates_and_requests_in_flight(
    bot: Asking, amina: Phone, town: Town
) -> None:
    await amina.sends("Salam")
    with pytest.raises(NotQuiet, match="1 updates are pending"):
        await town.quiet(0.2)

    (update,) = await bot.updates()
    await town.fault("latency", "sendMessage", seconds=0.4)
    sending = asyncio.create_task(bot("sendMessage", chat_id=amina.id, text="x"))
    await bot.updates(offset=update["update_id"] + 1)
    await town.quiet()

    assert sending.done()
    await sending


async def test_other_sites_cannot_drive_the_simulator(bot: Asking, town: Town) -> None:
    headers = {"Origin": "https://elsewhere.example"}

    async with bot.session.post(f"{town.base_url}/control/people", headers=headers) as response:
        assert response.status == 403


async def test_mistakes_are_explained(bot: Asking, town: Town) -> None:
    async with bot.session.patch(
        f"{town.base_url}/control/settings", json={"speed": 3}
    ) as response:
        body = await response.json()

    assert response.status == 400
    assert "there is no setting 'speed'" in body["error"]
