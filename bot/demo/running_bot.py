"""The demo's bot: a real process, which may be killed, stopped and started again."""

import asyncio
import re
import signal
import time
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from bot.demo.children import Child, DidNotStart

SENTENCE_LIMIT = 200
_EVENT = re.compile(r"event=(['\"])(?P<words>.*?)\1(?= |$)")
_CODE = re.compile(r"\bMUSH(?:-[0-9A-Z]{4})+\b")
_TOKEN = re.compile(r"\d+:[\w-]{8,}")


class BotState(StrEnum):
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"
    STOPPED = "stopped"
    KILLED = "killed"
    FAILED = "failed"
    """It ended by itself; ``sentence`` is the last that it said."""


UP = frozenset({BotState.STARTING, BotState.RUNNING, BotState.STOPPING})


class RunningBot:
    """The bot and how it is; ``changed`` is set whenever that changes."""

    def __init__(self, folder: Path) -> None:
        self.state = BotState.STARTING
        self.since = time.time()
        self.starts = 0
        self.pid: int | None = None
        self.sentence: str | None = None
        self.start_up_code = ""
        self.changed = asyncio.Event()
        self._folder = folder
        self._ready: Child | None = None
        self._child: Child | None = None
        self._starting: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    async def prepare(self) -> None:
        """Let the first process import what it needs, while others make its database."""
        self._ready = await self._new_child()

    async def start(self, env: Mapping[str, str]) -> None:
        """Start it, unless it runs or is about to; raises DidNotStart."""
        if self._starting is None or (self._starting.done() and self.state not in UP):
            self._starting = asyncio.create_task(self._start(env))
            self._starting.add_done_callback(_looked_at)
        await asyncio.shield(self._starting)

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._child is not None and self._watching is not None:
            await self._child.kill()
            await self._watching

    async def stop(self) -> None:
        """Ask it to end, and wait for that."""
        if self._ready is not None:
            await self._ready.kill()
        if self._child is not None and self._watching is not None and self.state in UP:
            self._become(BotState.STOPPING)
            await self._child.stop()
            await self._watching

    async def _start(self, env: Mapping[str, str]) -> None:
        self._become(BotState.STARTING)
        try:
            child, self._ready = self._ready or await self._new_child(), None
        except DidNotStart as error:
            self._become(BotState.FAILED, str(error))
            raise
        self.starts += 1
        self._child, self.pid = child, child.process.pid
        self._watching = asyncio.create_task(self._watch(child))
        child.begin(env)
        await child.says("event='running'")
        self._remember_code(child.printed)
        if self.state is BotState.STARTING:
            self._become(BotState.RUNNING)

    def _remember_code(self, printed: list[str]) -> None:
        """The code that makes the first administrator is printed at the first start alone."""
        found = _CODE.search("\n".join(printed))
        if found is not None:
            self.start_up_code = found[0]

    async def _new_child(self) -> Child:
        return await Child.start("bot", "bot", "run", folder=self._folder)

    async def _watch(self, child: Child) -> None:
        """Whoever ended it, a button or a person in a terminal: say how it ended."""
        code = await child.process.wait()
        if code == -signal.SIGKILL:
            self._become(BotState.KILLED)
        elif code == 0:
            self._become(BotState.STOPPED)
        else:
            await child.ends()
            self._become(BotState.FAILED, last_sentence(child.printed))

    def _become(self, state: BotState, sentence: str | None = None) -> None:
        self.state, self.sentence, self.since = state, sentence, time.time()
        if state not in UP:
            self.pid = None
        self.changed.set()


def _looked_at(starting: asyncio.Task[None]) -> None:
    """Nobody may be waiting any more for a start that went wrong."""
    if not starting.cancelled():
        starting.exception()


def last_sentence(printed: list[str]) -> str | None:
    """The last line without what only a log needs, and without tokens."""
    lines = [line for line in printed if line.strip()]
    if not lines:
        return None
    event = _EVENT.search(lines[-1])
    words = event["words"] if event else lines[-1].strip()
    return _TOKEN.sub("[token]", words)[:SENTENCE_LIMIT]
