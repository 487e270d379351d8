"""What stands behind the stage, and acts asked for by the page."""

import asyncio
from typing import Any

import pytest

from simulator.control_client import ControlClient, ControlRefused
from simulator.server import Running
from simulator.town import Town
from tests.simulator.asking import Asking
from tests.simulator.following import Following
from tests.simulator.test_snapshot import snapshot

SHOWN: dict[str, Any] = {
    "bot": {"state": "running", "since": 1732360000.0, "sentence": {"ar": "يعمل", "fr": "Marche"}},
    "acts": ["kill", "play:answer"],
    "queues": [{"name": "inbox", "counts": {"waiting": 0}, "rows": []}],
    "whatever": [1, None],
}


class Stage:
    """Both sides of it: who runs the bot, and the page."""

    def __init__(self, control: ControlClient) -> None:
        self._control = control

    async def shows(self, shown: dict[str, Any]) -> None:
        await self._control.put("/backstage", shown)

    async def asks(self, act: str) -> int:
        return int((await self._control.post("/backstage/acts", {"act": act}))["n"])

    async def asked(self, since: int = 0, *, wait: float = 0.0) -> list[dict[str, Any]]:
        said = await self._control.get("/backstage/acts", since=since, wait=wait)
        acts: list[dict[str, Any]] = said["acts"]
        return acts


@pytest.fixture
def stage(running: Running, bot: Asking) -> Stage:
    return Stage(ControlClient(running.base_url, bot.session))


async def test_what_is_shown_is_passed_on_as_it_is(bot: Asking, town: Town, stage: Stage) -> None:
    async with Following.open(town.base_url, bot.session) as stream:
        await stage.shows(SHOWN)
        event = await stream.next("backstage")
        await stage.shows({"acts": []})

        assert (event["chat_id"], event["backstage"]) == (0, SHOWN)
        assert (await stream.next("backstage"))["backstage"] == {"acts": []}
    assert (await snapshot(bot, town))["backstage"] == {"acts": []}


async def test_an_act_wakes_whoever_waits_for_it(stage: Stage) -> None:
    await stage.shows(SHOWN)
    waiting = asyncio.create_task(stage.asked(wait=30))
    await asyncio.sleep(0.05)

    n = await stage.asks("kill")

    assert await asyncio.wait_for(waiting, 1) == [{"n": n, "act": "kill"}]
    again = await stage.asks("play:answer")
    assert await stage.asked(n) == [{"n": again, "act": "play:answer"}]
    assert await stage.asked(again) == []
    assert len(await stage.asked()) == 2


async def test_nobody_behind_the_stage_is_a_clear_sentence(stage: Stage) -> None:
    with pytest.raises(ControlRefused, match="nobody stands behind the stage"):
        await stage.asks("kill")

    await stage.shows(SHOWN)
    with pytest.raises(ControlRefused, match="start cannot be asked now; what can: kill, play"):
        await stage.asks("start")
    assert await stage.asked() == []


@pytest.mark.parametrize("acts", ["kill", None, ["kill", 3], ["two words"], [""], {"kill": 1}])
async def test_acts_are_words(bot: Asking, town: Town, stage: Stage, acts: Any) -> None:
    await stage.shows(SHOWN)

    with pytest.raises(ControlRefused, match="acts must be a list of words"):
        await stage.shows({"acts": acts})

    assert (await snapshot(bot, town))["backstage"] == SHOWN


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "", [], 400),
        ("PUT", "", {"x": "x" * 270_000}, 413),
        ("POST", "/acts", {"act": "kill"}, 409),
        ("POST", "/acts", {"act": ["kill"]}, 400),
        ("POST", "/acts", {}, 400),
        ("GET", "/acts?since=x", None, 400),
        ("PUT", "", {"x": "x" * 260_000}, 200),
    ],
)
async def test_mistakes_are_explained(
    bot: Asking, town: Town, method: str, path: str, body: Any, status: int
) -> None:
    address = f"{town.base_url}/control/backstage{path}"
    async with bot.session.request(method, address, json=body) as response:
        assert response.status == status
        assert status == 200 or (await response.json())["error"]


async def test_waiting_ends_when_the_server_stops(running: Running, stage: Stage) -> None:
    waiting = asyncio.create_task(stage.asked(wait=30))
    await asyncio.sleep(0.05)

    running.world.stop()

    assert await asyncio.wait_for(waiting, 1) == []
