"""Waits for a stage, stops the bot, looks, and kills it if that is what is under way."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulator.town import Town
from tests.chaos.bot_process import BotProcess
from tests.chaos.history import History
from tests.chaos.rows import Rows
from tests.chaos.stages import Look, Stage, Watcher

STRIKE_SECONDS = 8.0
"""How long one stage is waited for before the next is tried."""
REPLIES = "sendMessage,editMessageText,answerCallbackQuery"
POLL_LATENCY = {Stage.FETCHED: 0.06, Stage.STORED: 0.2}
"""Seconds that getUpdates takes, for the stages before the confirmation; others: none."""
GLANCE_SECONDS = 0.0007
ON_THE_WIRE_SECONDS = 0.03
"""After a kill, for what the bot had written to its connections to be read."""
LULL_SECONDS = 0.8
"""At most so long a bot runs before it is lain in wait for."""


@dataclass
class Killer:
    """Knows how each stage announces itself; what is there is judged by a look afterwards."""

    town: Town
    bot: BotProcess
    rows: Rows
    watcher: Watcher
    history: History
    rng: random.Random
    latency: float
    check: Callable[[], None] = lambda: None
    """Raises what makes going on useless."""
    start_seconds: list[float] = field(default_factory=list)

    async def strike(self, aim: Stage) -> bool:
        """Kill at this stage; False where it was not met in time, or was over at the kill."""
        await self._set_latency(aim)
        if aim is Stage.STARTING:
            return await self._strike_a_start()
        if self.bot.up_at is None:
            await self.start()
        await asyncio.sleep(self.rng.uniform(0, LULL_SECONDS))
        until = time.monotonic() + STRIKE_SECONDS
        while time.monotonic() < until:
            self.check()
            if not await self._announced(aim):
                continue
            self.bot.freeze()
            if aim is Stage.FETCHED:  # an answer on its way reaches the stopped bot's machine
                await asyncio.sleep(POLL_LATENCY[aim])
            if aim in (await self.watcher.look()).stages:
                return await self._kill(aim)
            self.bot.thaw()
            await asyncio.sleep(self.rng.uniform(0, 0.02))
        self.history.note("missed", aim=aim, why="not met in time")
        return False

    async def start(self) -> None:
        """Start the bot and note how long it took."""
        await self.watcher.note_start()
        began = time.monotonic()
        await self.bot.start()
        self.start_seconds.append(time.monotonic() - began)
        self.history.note("up", seconds=round(self.start_seconds[-1], 3))

    async def _strike_a_start(self) -> bool:
        """Somewhere between the process's first instruction and its first poll."""
        if self.bot.up_at is not None:
            await self._kill(Stage.STARTING)
        await self.watcher.note_start()
        usual = sum(self.start_seconds) / max(len(self.start_seconds), 1)
        until = time.monotonic() + self.rng.uniform(0.3, 1.1) * usual
        await self.bot.spawn()
        await self.bot.says_running_before(until)
        self.bot.freeze()
        return await self._kill(Stage.STARTING)

    async def _kill(self, aim: Stage) -> bool:
        said = self.bot.says_running()
        await self.bot.kill()
        await self.rows.settled()
        await asyncio.sleep(ON_THE_WIRE_SECONDS)
        look = await self.watcher.look()
        self._note(aim, look, said_running=said)
        return aim in look.stages

    def _note(self, aim: Stage, look: Look, **more: object) -> None:
        self.history.note(
            "kill",
            aim=aim,
            struck=aim in look.stages,
            stages=sorted(look.stages),
            outbox=look.outbox,
            in_flight=look.in_flight,
            waiting=look.waiting,
            unconfirmed=look.unconfirmed,
            request=look.request,
            **more,
        )

    async def _announced(self, aim: Stage) -> bool:
        """Wait for what comes just before a stage; False after a second without it."""
        match aim:
            case Stage.FETCHED:
                return await self._handed_out()
            case Stage.STORED:
                return await self._grows("SELECT max(update_id) FROM inbox")
            case Stage.WAITING:
                return await self._asked("getUpdates", "arrived")
            case Stage.SAVED:
                return await self._grows("SELECT max(id) FROM outbox")
            case Stage.CARRIED_OUT:
                return await self._asked("sendMessage", "effect")
            case _:
                return await self._asked("editMessageText", "effect")

    async def _grows(self, sql: str) -> bool:
        """Watch a number in the rows; it may also fall."""
        ((before,),) = await self.rows.fetch(sql)
        until = time.monotonic() + 1
        while time.monotonic() < until:
            await asyncio.sleep(GLANCE_SECONDS)
            ((now,),) = await self.rows.fetch(sql)
            if now is not None and now > (before or 0):
                return True
            before = now
        return False

    async def _asked(self, method: str, stage: str) -> bool:
        """A new request comes so far."""
        since = await self._last_request()
        polls = method == "getUpdates"
        return bool(
            await self.town.requests(since, method=method, polls=polls, stage=stage, wait=1)
        )

    async def _handed_out(self) -> bool:
        """A poll is being answered with updates; half of the time: has been."""
        stage = self.rng.choice(("effect", "delivered"))
        since = await self._last_request() - 1
        answered = await self.town.requests(
            since, method="getUpdates", polls=True, stage=stage, wait=1
        )
        return any(one.outcome for one in answered)

    async def _last_request(self) -> int:
        await self.watcher.look()
        return max(self.watcher.requests, default=0)

    async def _set_latency(self, aim: Stage) -> None:
        await self.town.clear_faults()
        if self.latency:
            jitter = self.latency / 2
            await self.town.fault("latency", REPLIES, seconds=self.latency, jitter=jitter)
            if seconds := POLL_LATENCY.get(aim):
                await self.town.fault("latency", "getUpdates", seconds=seconds)


def plan(kills: int, stages: Sequence[Stage], rng: random.Random) -> list[Stage]:
    """Every stage as often as the others, shuffled; a start is struck only after another kill."""
    order: list[Stage] = []
    while len(order) < kills:
        some = list(stages)
        rng.shuffle(some)
        order += some
    del order[kills:]
    if order[:1] == [Stage.STARTING]:
        order.reverse()
    return order
