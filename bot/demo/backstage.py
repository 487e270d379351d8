"""Behind the stage: tells the simulator's page what goes on here, and does what the page asks."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.demo.children import DidNotStart
from bot.demo.example import posters_in
from bot.demo.house import House
from bot.demo.queues import Queues
from bot.demo.running_bot import BotState
from simulator.control_client import ControlClient, ControlRefused

GLANCE_SECONDS = 0.25
POLL_SECONDS = 30
PLAY = "play:answer"

Play = Callable[[Callable[[Sequence[int]], None]], Awaitable[str]]
"""Plays a day; is told where to say who takes part, and gives the place of what it leaves."""
UNREACHABLE = (ClientError, ControlRefused, TimeoutError, ValueError)


class Backstage:
    """Shows the bot, its queues and the posters; kills, stops, starts, plays."""

    task: asyncio.Task[None]

    def __init__(self, house: House, play: Play) -> None:
        self._house = house
        self._links: Sequence[dict[str, Any]] = ()
        self._queues: Queues | None = None
        self._bot = house.bot
        self._play = play
        self._journey: dict[str, Any] | None = None
        self._seen: list[dict[str, Any]] = []

    async def run(self) -> None:
        """Until cancelled. A simulator that does not answer is asked again."""
        try:
            async with ClientSession() as session, asyncio.TaskGroup() as group:
                control = ControlClient(self._house.base, session)
                group.create_task(self._show(control))
                group.create_task(self._obey(control, group))
        finally:
            if self._queues is not None:
                await self._queues.close()

    async def open_the_books(self) -> None:
        """The database is there: show its queues and its posters."""
        self._links = await posters_in(self._house.folder)
        self._queues = Queues(self._house.folder)

    def state(self) -> dict[str, Any]:
        """What the page is told; see docs/developers/demo.md."""
        bot = self._bot
        return {
            "bot": {
                "state": bot.state,
                "since": round(bot.since, 2),
                "starts": bot.starts,
                "pid": bot.pid,
                "sentence": bot.sentence,
            },
            "acts": self._acts(),
            "links": list(self._links),
            "queues": self._seen,
            "journey": self._journey,
        }

    def _acts(self) -> list[str]:
        """What may be asked just now."""
        match self._bot.state:
            case BotState.STARTING | BotState.STOPPING:
                return ["kill"] if self._bot.pid else []
            case BotState.RUNNING:
                playing = self._journey is not None and self._journey["running"]
                return ["kill", "stop"] if playing else ["kill", "stop", PLAY]
            case _:
                return ["start"]

    async def _show(self, control: ControlClient) -> None:
        """Tell the simulator at once when the bot changes, and soon when a queue does."""
        told: dict[str, Any] | None = None
        while True:
            self._bot.changed.clear()
            if self._queues is not None:
                self._seen = await self._queues.seen() or self._seen
            state = self.state()
            if state != told:
                with suppress(*UNREACHABLE):
                    await control.put("/backstage", state)
                    told = state
            with suppress(TimeoutError):
                await asyncio.wait_for(self._bot.changed.wait(), GLANCE_SECONDS)

    async def _obey(self, control: ControlClient, group: asyncio.TaskGroup) -> None:
        """Long-poll what the page asks; each act goes on beside the others."""
        since = 0
        while True:
            try:
                asked = await control.get("/backstage/acts", since=since, wait=POLL_SECONDS)
            except UNREACHABLE:
                await asyncio.sleep(GLANCE_SECONDS)
                continue
            for one in asked["acts"]:
                since = one["n"]
                group.create_task(self._do(one["act"]))

    async def _do(self, act: str) -> None:
        if act not in self._acts():
            return  # it could be asked a moment ago
        with suppress(DidNotStart):  # the bot's state says so
            match act:
                case "kill":
                    await self._bot.kill()
                case "stop":
                    await self._bot.stop()
                case "start":
                    await self._house.start_bot()
                case _:
                    await self._play_the_day()

    async def _play_the_day(self) -> None:
        """Whatever goes wrong in a played day ends that day, not the demo."""
        journey: dict[str, Any] = {"name": PLAY.partition(":")[2], "running": True}

        def tell(**more: Any) -> None:
            self._journey = {**(self._journey or {}), **more}
            self._bot.changed.set()

        self._journey = None
        tell(**journey)
        try:
            tell(running=False, left=await self._play(lambda people: tell(people=list(people))))
        except (DidNotStart, AssertionError, LookupError, OSError, *UNREACHABLE):
            tell(running=False, failed=True)
