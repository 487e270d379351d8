"""A command that was started as a process of its own: what it says, how it ends."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

LOOK_SECONDS = 0.01
PATIENCE_SECONDS = 90.0


@dataclass(frozen=True)
class Page:
    """What one process writes into a file, which may hold the words of earlier ones."""

    path: Path
    begins_at: int

    @classmethod
    def turned(cls, path: Path) -> Self:
        path.touch()
        return cls(path, path.stat().st_size)

    def read(self) -> str:
        with self.path.open("rb") as file:
            file.seek(self.begins_at)
            return file.read().decode(errors="replace")


class Started:
    """The process. ``poll`` tells its exit code, or None while it runs."""

    def __init__(self, pid: int, poll: Callable[[], int | None], out: Page, err: Page) -> None:
        self.pid = pid
        self._poll = poll
        self._out, self._err = out, err
        self._code: int | None = None

    @property
    def code(self) -> int | None:
        """As ``subprocess`` has it: below zero after a signal; None while it runs."""
        if self._code is None:
            self._code = self._poll()
        return self._code

    @property
    def out(self) -> str:
        """What it has written to standard output."""
        return self._out.read()

    @property
    def err(self) -> str:
        """What it has written to standard error."""
        return self._err.read()

    @property
    def printed(self) -> str:
        return self.out if self._out.path == self._err.path else self.out + self.err

    def line(self, words: str) -> str | None:
        """The last whole line with these words, if there is one yet."""
        lines = self.printed.splitlines(keepends=True)
        return next((one for one in reversed(lines) if words in one and one[-1] == "\n"), None)

    async def says(self, words: str, seconds: float = PATIENCE_SECONDS) -> str:
        """Wait for a line with these words."""
        until = time.monotonic() + seconds
        while (found := self.line(words)) is None:
            over = self.code is not None or time.monotonic() > until
            if over and self.line(words) is None:
                raise AssertionError(f"not a word of {words!r}:\n{self.printed[-3000:]}")
            await asyncio.sleep(LOOK_SECONDS)
        return found

    def send(self, number: signal.Signals) -> None:
        if self.code is None:
            os.kill(self.pid, number)

    async def ends(self, seconds: float = PATIENCE_SECONDS) -> int:
        """Wait for its end; the exit code."""
        async with asyncio.timeout(seconds):
            while (code := self.code) is None:  # noqa: ASYNC110  (nobody tells)
                await asyncio.sleep(LOOK_SECONDS)
        return code

    async def killed(self) -> None:
        """End it at once, as a power cut would."""
        self.send(signal.SIGKILL)
        await self.ends()


def start_fresh(
    *words: str,
    env: Mapping[str, str],
    folder: Path,
    out: Path,
    err: Path,
    options: Sequence[str] = (),
) -> Started:
    """``python -m WORDS`` as a new interpreter, which imports for seconds."""
    pages = Page.turned(out), Page.turned(err)
    with out.open("ab") as to_out, err.open("ab") as to_err:
        process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, *options, "-m", *words],
            cwd=folder,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=to_out,
            stderr=to_err,
        )
    return Started(process.pid, process.poll, *pages)
