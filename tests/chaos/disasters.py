"""What befalls the database itself while people answer: it crashes, its disk is full."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asyncpg import InterfaceError, PostgresError

from tests.chaos.bot_process import BotProcess
from tests.chaos.in_process import CrampedBot
from tests.chaos.run import PEOPLE, Scene, scene
from tests.chaos.small_disk import Ballast
from tests.postgres import PostgresServer
from tests.processes.starter import Starter

CRASHES = 2
DOWN_SECONDS = 1.0
BUSY_SECONDS = 1.5
"""How long people answer before and after."""
SPARE_PAGES = 6
NEWCOMERS = 20
MOST_ROUNDS = 12
ROUND_SECONDS = 3.0
STUCK_SECONDS = 1.0
"""So long nothing is confirmed and nothing said: then it is full."""
PATIENCE_SECONDS = 60.0
REVIVAL_SECONDS = 2.0


class NotFull(Exception):
    """The disk should have become full, and everything went on."""


class NotResumed(Exception):
    """Nothing went on after the trouble was over."""


@dataclass(frozen=True)
class Survived:
    """A run's history, and how long it took after each trouble until something was said."""

    history: Path
    resumed: tuple[float, ...]


async def crash_postgres(
    server: PostgresServer,
    url: str,
    folder: Path,
    *,
    seed: int,
    latency: float,
    starter: Starter | None,
) -> Survived:
    """Stop the server as a crash does, under load, and start it again; the bot stays."""
    async with scene(
        url, folder, seed, lambda ground, town: BotProcess(folder, ground.env(town), starter)
    ) as on:
        await on.bot.start()
        await on.town.fault("latency", "*Message*,answer*", seconds=latency, jitter=latency / 2)
        on.crowd.begin(PEOPLE)
        resumed = []
        for _ in range(CRASHES):
            await asyncio.sleep(BUSY_SECONDS + on.rng.random())
            on.calm.ends()
            await asyncio.to_thread(server.stop, "immediate")
            await asyncio.sleep(DOWN_SECONDS)
            await asyncio.to_thread(server.start)
            on.calm.begins()
            resumed.append(await _resumed(on))
        await asyncio.sleep(BUSY_SECONDS)
        return await _judged(on, resumed)


async def fill_sqlite(url: str, folder: Path, *, seed: int) -> Survived:
    """The file may not grow any more, then it may."""
    async with scene(
        url, folder, seed, lambda ground, town: CrampedBot(ground, town, SPARE_PAGES)
    ) as on:
        return await _fill(on, _nothing, lambda on: on.bot.make_room())


async def fill_postgres(
    server: PostgresServer,
    disk: Path,
    url: str,
    folder: Path,
    *,
    seed: int,
    starter: Starter | None,
) -> Survived:
    """The server's disk is full to its last byte, then it is not."""
    ballast = Ballast(disk)

    async def load() -> None:
        await asyncio.to_thread(ballast.load)

    async def make_room(on: Scene[Any]) -> None:
        ballast.throw_out()
        await _revive(server, on)

    async with scene(
        url, folder, seed, lambda ground, town: BotProcess(folder, ground.env(town), starter)
    ) as on:
        return await _fill(on, load, make_room)


async def _fill(
    on: Scene[Any],
    fill: Callable[[], Awaitable[None]],
    make_room: Callable[[Scene[Any]], Awaitable[None]],
) -> Survived:
    await on.bot.start()
    on.crowd.begin(PEOPLE)
    await asyncio.sleep(BUSY_SECONDS)
    on.calm.ends()
    await fill()
    await _until_stuck(on)
    await _note_full(on)
    await make_room(on)
    on.calm.begins()
    resumed = await _resumed(on)
    await asyncio.sleep(BUSY_SECONDS)
    return await _judged(on, [resumed])


async def _note_full(on: Scene[Any]) -> None:
    """What is done now must have found room: confirmed beyond the rows, said without new work."""
    before, (_, done) = await _progress(on), await _rows(on)
    await asyncio.sleep(STUCK_SECONDS)
    after, (stored, still_done) = await _progress(on), await _rows(on)
    on.history.note(
        "full",
        confirmed=max(0, after[0] - max(before[0], stored)),
        said=after[1] - before[1] if done == still_done else 0,
    )


async def _rows(on: Scene[Any]) -> tuple[int, int]:
    """The newest update that is stored and how many are done; zeros while nobody can read."""
    try:
        ((newest, done),) = await on.rows.fetch(
            "SELECT max(update_id), count(CASE WHEN state = 'done' THEN 1 END) FROM inbox"
        )
    except (OSError, PostgresError, InterfaceError):
        return 0, 0
    return newest or 0, done


async def _judged(on: Scene[Any], resumed: list[float]) -> Survived:
    on.crowd.check()
    await on.settle()
    await on.write_rows()
    await on.bot.stop()
    return Survived(on.history.path, tuple(resumed))


async def _until_stuck(on: Scene[Any]) -> None:
    """Nothing moves although updates wait at Telegram; newcomers use up the last room.

    Who answers may live on room that was freed; who comes new needs more.
    """
    begun = time.monotonic()
    seen, since = await _progress(on), begun
    rounds = 0
    while time.monotonic() < begun + PATIENCE_SECONDS:
        await asyncio.sleep(0.1)
        on.crowd.check()
        now = await _progress(on)
        if now != seen:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > STUCK_SECONDS and await on.watcher.pending():
            return
        if rounds < MOST_ROUNDS and time.monotonic() > begun + rounds * ROUND_SECONDS:
            rounds += 1
            on.crowd.begin(NEWCOMERS)
    raise NotFull


async def _progress(on: Scene[Any]) -> tuple[int, int]:
    """The newest update that is confirmed, and how many requests were carried out."""
    await on.watcher.read_record()
    return await on.watcher.confirmed(), len(on.watcher.carried_out())


async def _resumed(on: Scene[Any]) -> float:
    """Seconds until something is said again; raises NotResumed."""
    began = time.monotonic()
    await on.watcher.read_record()
    last = max(on.watcher.requests, default=0)
    if not await on.town.requests(last, stage="effect", wait=PATIENCE_SECONDS):
        raise NotResumed
    return time.monotonic() - began


async def _nothing() -> None:
    """The limit is there from the beginning."""


async def _revive(server: PostgresServer, on: Scene[Any]) -> None:
    """A server that could not write its log has ended, and is started as an operator would."""
    until = time.monotonic() + REVIVAL_SECONDS
    while time.monotonic() < until:
        try:
            await on.rows.fetch("SELECT 1")
        except (OSError, PostgresError, InterfaceError):
            await asyncio.sleep(0.2)
        else:
            return
    await asyncio.to_thread(server.stop, "immediate")
    await asyncio.to_thread(server.start)
