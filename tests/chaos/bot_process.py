"""The bot as a process of its own, which can be stopped to look at it, killed and started."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from tests.processes.started import Started, start_fresh
from tests.processes.starter import Starter

START_SECONDS = 40.0
END_SECONDS = 12.0


class BotDidNotStart(Exception):
    """It ended or said nothing; the message holds what it printed."""


class BotProcess:
    """``musharaka run``: forked by a starter, or else a new interpreter, which imports for 4 s."""

    def __init__(self, folder: Path, env: Mapping[str, str], starter: Starter | None) -> None:
        self._folder = folder
        self._env = env
        self._log = folder / "bot.log"
        self._start = start_fresh if starter is None else starter.start
        self._started: Started | None = None
        self.up_at: float | None = None
        """Since when it runs, on the monotonic clock; None while it does not."""

    @property
    def pid(self) -> int:
        return self._process.pid

    async def spawn(self) -> None:
        """Begin a start, and leave it to itself."""
        env = {**os.environ, **self._env}
        self._started = self._start(
            "bot", "run", env=env, folder=self._folder, out=self._log, err=self._log
        )

    async def start(self) -> None:
        """Start, and wait until it runs."""
        await self.spawn()
        await self.runs()

    async def runs(self) -> None:
        """Wait until the loops run; raises BotDidNotStart."""
        until = time.monotonic() + START_SECONDS
        while not self.says_running():
            if time.monotonic() > until or not self.is_alive():
                raise BotDidNotStart(self.printed()[-3000:])
            await asyncio.sleep(0.01)
        self.up_at = time.monotonic()

    def says_running(self) -> bool:
        return "event='running'" in self.printed()

    async def says_running_before(self, instant: float) -> bool:
        """Wait for its word, until an instant of the monotonic clock."""
        while time.monotonic() < instant:
            if self.says_running():
                return True
            await asyncio.sleep(0.001)
        return False

    def printed(self) -> str:
        """What this start has printed so far."""
        return self._process.printed

    def is_alive(self) -> bool:
        return self._started is not None and self._started.code is None

    def freeze(self) -> None:
        """Stop it where it is, so that rows and record can be read at leisure."""
        os.kill(self.pid, signal.SIGSTOP)
        for _ in range(1000):
            if self._state() in "TtZX":
                return
            time.sleep(0.0002)

    def thaw(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        self.up_at = None
        await self._process.killed()

    async def stop(self) -> None:
        """As an operator would; raises TimeoutError when it does not end in time."""
        self.up_at = None
        if self._started is not None:
            self._started.send(signal.SIGTERM)
            await self._started.ends(END_SECONDS)

    async def close(self) -> None:
        """End whatever of it is left."""
        if self._started is not None:
            await self._started.killed()

    @property
    def _process(self) -> Started:
        if self._started is None:
            raise BotDidNotStart("it was never started")
        return self._started

    def _state(self) -> str:
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        return stat.rpartition(")")[2].split()[0]
