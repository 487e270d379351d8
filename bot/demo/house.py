"""The demo's commune: a simulator as a process of its own, a real bot, a temporary folder."""

import asyncio
import socket
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.demo.children import Child, DidNotStart
from bot.demo.running_bot import RunningBot


@dataclass
class House:
    """Where everything is, and the bot."""

    folder: Path
    base: str
    token: str
    bot: RunningBot
    ahead: timedelta = timedelta(0)
    """How far the demo's clocks are ahead of the machine's."""

    @property
    def env(self) -> dict[str, str]:
        """The settings of the demo's bot."""
        return {
            "BOT_TOKEN": self.token,
            "BOT_API_BASE": self.base,
            "DATABASE_URL": database_url(self.folder),
            "KEY_FILE": str(key_file(self.folder)),
            "WEBHOOK_URL": "",
            "CLOCK_OFFSET": f"PT{int(self.ahead.total_seconds())}S",
            "LOG_LEVEL": "INFO",
        }

    async def command(self, *words: str) -> str:
        """Run ``musharaka …`` to its end; what it printed. Raises DidNotStart when it fails."""
        child = await Child.start(f"command {words[0]}", "bot", *words, folder=self.folder)
        child.begin(self.env)
        if await child.ends():
            raise DidNotStart(f"musharaka {' '.join(words)} failed.\n" + "\n".join(child.printed))
        return "\n".join(child.printed)

    async def start_bot(self) -> None:
        await self.bot.start(self.env)

    async def passes(self, time: timedelta) -> None:
        """Let so much time go by for the bot, which is stopped meanwhile."""
        await self.bot.stop()
        self.ahead += time
        await self.start_bot()

    async def count_rows(self) -> dict[str, int]:
        """How many rows each table holds; tables without any are absent."""
        from storage import models
        from storage.database import Database
        from storage.statistics import count_rows

        assert models.__name__  # noqa: S101  (importing it names every table)
        database = Database(database_url(self.folder))
        try:
            async with database.reading() as session:
                return {
                    name: count for name, count in (await count_rows(session)).items() if count
                }
        finally:
            await database.close()


def database_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'musharaka.db'}"


def key_file(folder: Path) -> Path:
    return folder / "musharaka.keys"


@dataclass(frozen=True)
class Simulated:
    """A running simulator: its address, and its process."""

    base: str
    child: Child


@asynccontextmanager
async def simulated(folder: Path, port: int) -> AsyncIterator[Simulated]:
    """A simulator of its own. A port in use is replaced by a free one. Raises DidNotStart."""
    child = await Child.start(
        "simulator", "simulator", "--port", str(port if is_free(port) else 0), folder=folder
    )
    try:
        child.begin({})
        line = await child.says("simulator (")
        yield Simulated(line.rsplit(" ", 1)[-1].rstrip("/"), child)
    finally:
        await child.stop()


class SimulatorEnded(Exception):
    """There is no Telegram any more; the message is what it said last."""


async def beside(simulator: Simulated, work: Coroutine[Any, Any, None]) -> None:
    """Do the work as long as there is a simulator; raises SimulatorEnded."""
    working = asyncio.create_task(work)
    ending = asyncio.create_task(simulator.child.ends())
    try:
        await asyncio.wait({working, ending}, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({ending}, timeout=0 if working.done() and _went_well(working) else 0.5)
        if ending.done():
            raise SimulatorEnded("\n".join(simulator.child.printed[-3:]))
        await working
    finally:
        working.cancel()
        ending.cancel()
        await asyncio.gather(working, ending, return_exceptions=True)


def _went_well(task: "asyncio.Task[None]") -> bool:
    return task.exception() is None


def is_free(port: int) -> bool:
    """Whether a program of ours may listen there, on this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
