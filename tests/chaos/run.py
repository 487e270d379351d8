"""One run: people answer, the bot is killed so many times, and everything is put in a history."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from aiohttp import ClientSession

from simulator.control_client import ControlClient
from simulator.town import Town
from storage.keys import Keyring
from tests.chaos.bot_process import BotProcess
from tests.chaos.ground import Ground, telegram
from tests.chaos.history import History
from tests.chaos.killer import Killer, plan
from tests.chaos.people import Crowd
from tests.chaos.rows import Rows, open_rows
from tests.chaos.stages import Stage, Watcher, same
from tests.processes.starter import Starter

PEOPLE = 8
SETTLE_SECONDS = 25.0
TRIES = 3
"""How often a stage is tried again that was not met."""


class Bot(Protocol):
    """The bot under trial; ``up_at`` as of BotProcess."""

    up_at: float | None

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    async def close(self) -> None: ...


AnyBot = TypeVar("AnyBot", bound=Bot)


@dataclass
class Calm:
    """Whether the database can be used: nobody can be answered meanwhile."""

    since: float | None = 0.0

    def ends(self) -> None:
        self.since = None

    def begins(self) -> None:
        self.since = time.monotonic()


@dataclass
class Scene(Generic[AnyBot]):
    """Everything that takes part in a run."""

    ground: Ground
    town: Town
    bot: AnyBot
    rows: Rows
    watcher: Watcher
    history: History
    crowd: Crowd
    rng: random.Random
    calm: Calm

    async def settle(self) -> None:
        """Nobody acts any more; wait until all is worked on and said, or time is over."""
        await self.crowd.end()
        until = asyncio.get_running_loop().time() + SETTLE_SECONDS
        open_things = (
            "SELECT (SELECT count(*) FROM inbox WHERE state = 'waiting') + "
            "(SELECT count(*) FROM outbox WHERE state = 'waiting')"
        )
        while asyncio.get_running_loop().time() < until:
            ((left,),) = await self.rows.fetch(open_things)
            if not left and not await self.town.pending_updates():
                return
            await asyncio.sleep(0.05)

    async def write_rows(self) -> None:
        """Put the requests and the rows at the end into the history."""
        await self.watcher.look()
        for one in self.watcher.carried_out():
            self.history.note(
                "requests",
                n=one.n,
                chat=one.chat_id,
                method=one.method,
                params=same(one.method, one.params),
            )
        inbox = await self.rows.fetch(
            "SELECT update_id, state FROM inbox WHERE update_id IS NOT NULL ORDER BY seq"
        )
        parked = sum(state == "parked" for _, state in inbox)
        people = {number: phone.chat_id for number, phone in self.crowd.phones.items()}
        submissions, _ = await self.ground.submissions(people)
        self.history.note(
            "rows",
            inbox=[list(row) for row in inbox],
            parked=parked,
            submissions=submissions,
            tallies=await self.ground.tallies(),
            answered_taps=self.watcher.answered_taps(),
            outbox=(await self.rows.fetch("SELECT count(*) FROM outbox"))[0][0],
            still_asking=await self.crowd.still_asking(),
        )


@asynccontextmanager
async def scene(
    url: str,
    folder: Path,
    seed: int,
    make_bot: Callable[[Ground, Town], AnyBot],
    **about: object,
) -> AsyncIterator[Scene[AnyBot]]:
    """Set everything up in a folder; the database is migrated and empty."""
    rng = random.Random(seed)  # noqa: S311  (repeatable)
    ground = await Ground.lay(url, folder)
    history = History(folder / "history.jsonl")
    history.note("run", seed=seed, **about)
    async with telegram(folder) as town, ClientSession() as session:
        bot = make_bot(ground, town)
        rows = open_rows(url)
        control = ControlClient(town.base_url, session)
        watcher = Watcher(town, control, rows, Keyring(ground.key_file))
        calm = Calm()

        def served_since() -> float | None:
            if bot.up_at is None or calm.since is None:
                return None
            return max(bot.up_at, calm.since)

        crowd = Crowd(town, ground.form, history, rng, served_since)
        try:
            yield Scene(ground, town, bot, rows, watcher, history, crowd, rng, calm)
        finally:
            await crowd.finish()
            await bot.close()
            await rows.close()
            history.close()


async def kill_again_and_again(
    url: str, folder: Path, *, kills: int, seed: int, latency: float, starter: Starter | None
) -> Path:
    """The history of a run with so many kills; ``latency`` in seconds."""

    def make_bot(ground: Ground, town: Town) -> BotProcess:
        return BotProcess(folder, ground.env(town), starter)

    async with scene(url, folder, seed, make_bot, kills=kills, latency=latency) as on:
        killer = Killer(
            on.town, on.bot, on.rows, on.watcher, on.history, on.rng, latency, on.crowd.check
        )
        await killer.start()
        on.crowd.begin(PEOPLE)
        waiting = plan(kills, list(Stage), on.rng)
        again: list[Stage] = []
        for _ in range(TRIES):
            again = [aim for aim in waiting if not await killer.strike(aim)]
            if not again:
                break
            waiting = again
        await on.town.clear_faults()
        if on.bot.up_at is None:
            await killer.start()
        await on.settle()
        await on.write_rows()
        await on.bot.stop()
    return on.history.path
