"""Child processes: started, listened to, killed or asked to end."""

import asyncio
import json
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

PATIENCE_SECONDS = 60.0
ENDING_SECONDS = 12.0
KEPT_LINES = 50


class DidNotStart(Exception):
    """A process ended or stayed silent; the message says which and what it printed."""


class Child:
    """A process of ours, with what it printed last."""

    def __init__(self, name: str, process: asyncio.subprocess.Process) -> None:
        self.name = name
        self.process = process
        self.printed: list[str] = []
        self._heard = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, name: str, module: str, *words: str, folder: Path) -> "Child":
        """Start ``python -m module words``; it waits for ``begin``.

        It has a session of its own: a Ctrl+C is for us, who then end it in good order. Raises
        DidNotStart where the machine has no room for it, or the folder is gone.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.demo.child", module, *words),
                cwd=folder,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise DidNotStart(f"The {name} did not start: {error.strerror}.") from None
        return cls(name, process)

    def begin(self, env: Mapping[str, str]) -> None:
        """Give it its settings, which it waits for."""
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(dict(env)).encode() + b"\n")

    async def says(self, words: str) -> str:
        """The first line that holds these words; raises DidNotStart."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._line_with(words)
        except TimeoutError:
            raise self.did_not_start() from None

    async def _line_with(self, words: str) -> str:
        while True:
            for line in self.printed:
                if words in line:
                    return line
            if self._reading.done():
                raise self.did_not_start()
            self._heard.clear()
            await self._heard.wait()

    def did_not_start(self) -> DidNotStart:
        return DidNotStart("\n".join([f"The {self.name} did not start.", *self.printed]))

    async def ends(self) -> int:
        """Wait for its end and, for a moment, for its last line; the exit code."""
        code = await self.process.wait()
        await asyncio.wait({self._reading}, timeout=1)
        return code

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        """Ask it to end; end it when it does not, or when nobody wants to wait any longer."""
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(ENDING_SECONDS):
                await self.process.wait()
        except (TimeoutError, asyncio.CancelledError) as error:
            self._signal(signal.SIGKILL)
            if not isinstance(error, TimeoutError):
                raise
            await self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self.process.returncode is None:
            self.process.send_signal(number)

    async def _read(self) -> None:
        assert self.process.stdout is not None  # noqa: S101  (it is piped)
        async for line in self.process.stdout:
            text = line.decode(errors="replace").rstrip()
            self.printed = [*self.printed[1 - KEPT_LINES :], text]
            self._heard.set()
        self._heard.set()
