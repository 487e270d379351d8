"""The bot as a process of its own, which can be stopped to look at it, killed and started."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from tests.chaos.starter import END_SECONDS, Starter

START_SECONDS = 40.0


class BotDidNotStart(Exception):
    """It ended or said nothing; the message holds what it printed."""


class BotProcess:
    """``musharaka run``: forked by a starter, or else a new interpreter, which imports for 4 s."""

    def __init__(self, folder: Path, env: Mapping[str, str], starter: Starter | None) -> None:
        self._folder = folder
        self._env = env
        self._log = folder / "bot.log"
        self._log.touch()
        self._said_before = 0
        self._starter = starter
        self._child: subprocess.Popen[bytes] | None = None
        self.pid = 0
        self.up_at: float | None = None
        """Since when it runs, on the monotonic clock; None while it does not."""

    async def spawn(self) -> None:
        """Begin a start, and leave it to itself."""
        self._said_before = self._log.stat().st_size
        if self._starter is None:
            self._child = self._popen()
            self.pid = self._child.pid
        else:
            starting = self._starter.start
            self.pid = await asyncio.to_thread(starting, self._env, self._folder, self._log)

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
        with self._log.open("rb") as file:
            file.seek(self._said_before)
            return file.read().decode(errors="replace")

    def is_alive(self) -> bool:
        """Whether the process exists and is no zombie."""
        try:
            return self._state() not in "ZX"
        except OSError:
            return False

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
        os.kill(self.pid, signal.SIGKILL)
        await self._ended()

    async def stop(self) -> None:
        """As an operator would; raises TimeoutError when it does not end in time."""
        self.up_at = None
        if self.pid and self.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            async with asyncio.timeout(END_SECONDS):
                await self._ended()
        self.pid = 0

    async def close(self) -> None:
        """End whatever of it is left."""
        if self.pid and self.is_alive():
            await self.kill()

    def _state(self) -> str:
        stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8")
        return stat.rpartition(")")[2].split()[0]

    async def _ended(self) -> None:
        if self._child is not None:
            await asyncio.to_thread(self._child.wait)
            self._child = None
        elif self._starter is not None:
            await asyncio.to_thread(self._starter.wait, self.pid)

    def _popen(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self._folder,
                env={**os.environ, **self._env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
