"""The demo's processes: a simulator and a real bot, on a database in a temporary folder."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE_SECONDS = 30.0


class DidNotStart(Exception):
    """A process ended or stayed silent; the message says which and what it printed."""


@dataclass
class Child:
    """A process of ours, with what it printed last."""

    name: str
    process: asyncio.subprocess.Process
    printed: list[str] = field(default_factory=list)
    _reading: "asyncio.Task[None] | None" = None

    @classmethod
    async def start(cls, name: str, *words: str, folder: Path, env: Mapping[str, str]) -> "Child":
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *words,
            cwd=folder,
            env={**os.environ, **env},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        child = cls(name, process)
        child._reading = asyncio.create_task(child._read())
        return child

    async def _read(self) -> None:
        assert self.process.stdout is not None  # noqa: S101  (it is piped)
        async for line in self.process.stdout:
            self.printed = [*self.printed[-49:], line.decode(errors="replace").rstrip()]

    async def says(self, words: str) -> str:
        """The first line that holds these words; raises DidNotStart."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_SECONDS
        while loop.time() < until:
            for line in self.printed:
                if words in line:
                    return line
            if self.process.returncode is not None:
                break
            await asyncio.sleep(0.03)
        raise DidNotStart(f"The {self.name} did not start.\n" + "\n".join(self.printed))

    async def ends(self) -> int:
        """Wait for its end and its last line; the exit code."""
        code = await self.process.wait()
        if self._reading is not None:
            await self._reading
        return code

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), 12)
            except TimeoutError:
                self.process.kill()
        await self.process.wait()


@dataclass
class House:
    """The demo's commune: where everything is, and its running bot."""

    folder: Path
    base: str
    token: str
    bot: Child | None = None

    @property
    def env(self) -> dict[str, str]:
        """The settings of the demo's bot."""
        return {
            "BOT_TOKEN": self.token,
            "BOT_API_BASE": self.base,
            "DATABASE_URL": f"sqlite:///{self.folder / 'musharaka.db'}",
            "KEY_FILE": str(self.folder / "musharaka.keys"),
            "WEBHOOK_URL": "",
            "CLOCK_OFFSET": "P0D",
            "LOG_LEVEL": "INFO",
        }

    async def command(self, *words: str) -> str:
        """Run ``musharaka …`` to its end; what it printed. Raises DidNotStart when it fails."""
        child = await Child.start(
            f"command {words[0]}", "bot", *words, folder=self.folder, env=self.env
        )
        if await child.ends():
            raise DidNotStart(f"musharaka {' '.join(words)} failed.\n" + "\n".join(child.printed))
        return "\n".join(child.printed)

    async def start_bot(self) -> None:
        self.bot = await Child.start("bot", "bot", "run", folder=self.folder, env=self.env)
        await self.bot.says("running")

    async def kill_bot(self) -> None:
        if self.bot is not None:
            await self.bot.kill()

    async def stop_bot(self) -> None:
        if self.bot is not None:
            await self.bot.stop()


@asynccontextmanager
async def simulated(folder: Path, port: int) -> AsyncIterator[str]:
    """A simulator of its own; its address. A port in use is replaced by a free one."""
    if not is_free(port):
        port = 0
    child = await Child.start("simulator", "simulator", "--port", str(port), folder=folder, env={})
    try:
        line = await child.says("simulator (")
        yield line.rsplit(" ", 1)[-1]
    finally:
        await child.stop()


def is_free(port: int) -> bool:
    """Whether a program of ours may listen there, on this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
