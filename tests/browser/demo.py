"""`musharaka demo` as a process of its own, for tests that look at all of it through the page."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.demo.house import database_url, key_file

START_SECONDS = 60.0
MARK = "The phones are here: "


@dataclass(frozen=True)
class Demo:
    """A demo that is up: where its page is, and where it keeps everything."""

    base_url: str
    folder: Path

    async def exports(self, consultation: str, out: Path) -> str:
        """`musharaka export`, as an officer's machine would run it; what it printed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "export", consultation, "--out", str(out)),
            env={
                **os.environ,
                "DATABASE_URL": database_url(self.folder),
                "KEY_FILE": str(key_file(self.folder)),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
        assert process.returncode == 0, printed.decode()
        return printed.decode()


@asynccontextmanager
async def demo_in(folder: Path) -> AsyncIterator[Demo]:
    """The demo on a free port, with everything temporary below a folder."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser"),
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        base_url = await asyncio.wait_for(_address(process), START_SECONDS)
        yield Demo(base_url, _home_in(folder))
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        await process.communicate()


def _home_in(folder: Path) -> Path:
    (home,) = folder.glob("musharaka-*")
    return home


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    printed = []
    async for line in process.stdout:
        printed.append(line.decode())
        if MARK in printed[-1]:
            return printed[-1].split(MARK)[1].strip().rstrip("/")
    raise AssertionError("the demo did not start:\n" + "".join(printed))
