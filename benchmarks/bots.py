"""Bots as processes on a core of their own: ours as operators run it, and its opponents."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import bot_core
from benchmarks.telegram import Telegram

EXAMPLE = Path(__file__).parent.parent / "examples" / "taroudant"
ROOT = Path(__file__).parent.parent
MUSHARAKA = (sys.executable, "-c", "from bot.cli import main; main()")
"""What the installed script ``musharaka`` does."""
ECHO = (sys.executable, "-m", "benchmarks.opponents.echo")
COMMITTING = (sys.executable, "-m", "benchmarks.opponents.committing")
STOP_SECONDS = 15.0


class BotFailed(Exception):
    """A bot ended, or never began; the message quotes the end of its output."""


@dataclass(frozen=True)
class Bot:
    """A running bot and its Telegram."""

    name: str
    telegram: Telegram
    process: subprocess.Popen[bytes]
    output: Path
    start_seconds: float
    """From the start of the process to its first ``getUpdates`` at the server."""

    @property
    def pid(self) -> int:
        return self.process.pid

    def check(self) -> None:
        """Raises BotFailed where the process has ended."""
        if self.process.poll() is not None:
            raise BotFailed(f"{self.name} has ended:\n{tail(self.output)}")


@asynccontextmanager
async def running(
    name: str,
    command: Sequence[str],
    telegram: Telegram,
    folder: Path,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Bot]:
    """Run a bot from its own folder until the block is left."""
    output = folder / f"{name}.log"
    env = {
        **environment(settings),
        "BOT_TOKEN": telegram.token,
        "BOT_API_BASE": telegram.base,
    }
    began = time.time()
    with output.open("wb") as log:
        process = subprocess.Popen(  # noqa: ASYNC220, S603 - nothing is measured meanwhile
            command, cwd=folder, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    os.sched_setaffinity(process.pid, bot_core())
    try:
        try:
            polled = await telegram.first_poll()
        except TimeoutError as error:
            raise BotFailed(f"{name} has not begun:\n{tail(output)}") from error
        yield Bot(name, telegram, process, output, polled - began)
    finally:
        await stop(process)


async def stop(process: subprocess.Popen[bytes]) -> None:
    """SIGTERM, and some patience."""
    process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while process.poll() is None and time.monotonic() < deadline:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    if process.poll() is None:
        process.kill()
        process.wait()


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a bot's process gets: nothing of ours but where the project lies."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **(settings or {})}


async def prepared(folder: Path, database_url: str) -> dict[str, str]:
    """Migrate a new database and load the example; the settings of the bot on it."""
    settings = {"DATABASE_URL": database_url, "KEY_FILE": str(folder / "keys")}
    for command in (("migrate",), ("load", str(EXAMPLE))):
        process = await asyncio.create_subprocess_exec(
            *MUSHARAKA,
            *command,
            cwd=folder,
            env=environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        if process.returncode:
            words = output.decode(errors="replace")
            raise BotFailed(f"musharaka {command[0]} ended with {process.returncode}:\n{words}")
    return settings


def tail(path: Path, length: int = 3000) -> str:
    """The end of what a bot has written."""
    return path.read_text(errors="replace")[-length:]
