"""`musharaka demo` as a process of its own, before a terminal or without one."""

import contextlib
import fcntl
import os
import re
import select
import signal
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 90.0
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SCREEN = ("CI", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


class Demo:
    """A started demo. Leaving the block ends it, however it stands."""

    def __init__(
        self,
        *words: str,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        terminal: bool = False,
        before: Callable[[], None] | None = None,
    ) -> None:
        """``terminal`` gives it one of its own; ``before`` runs in the new process."""
        usual = {name: value for name, value in os.environ.items() if name not in SCREEN}
        reading, writing = os.openpty() if terminal else os.pipe()
        self.lines: list[str] = []
        self._grew = threading.Condition()
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "bot", "demo", *words],
            stdin=writing if terminal else subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env={**usual, "COLUMNS": "200", **(env or {})},
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_own_terminal if terminal else before,
        )
        os.close(writing)
        self._screen = reading
        self._closing = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.ends()
        self.hangs_up()

    @property
    def printed(self) -> str:
        return "\n".join(self.lines)

    def says(self, words: str) -> str:
        """The first line with these words, as soon as there is one."""
        with self._grew:
            found = self._grew.wait_for(lambda: self._with(words) or self._ended, PATIENCE_SECONDS)
        line = self._with(words)
        assert found, f"not a word of {words!r}:\n{self.printed}"
        assert line, f"not a word of {words!r}:\n{self.printed}"
        return line

    def address(self) -> str:
        """Where the phones are, once the bot runs."""
        return self.says("The phones are here:").split()[-1].rstrip("/")

    def telegram(self) -> str:
        """Where the simulator is; the bot may still be starting."""
        return self.says("A Telegram on this machine:").split()[-2]

    def ends(self) -> int:
        """Wait for its end and all it printed; the exit code."""
        code = self.process.wait(PATIENCE_SECONDS)
        self._reader.join(PATIENCE_SECONDS)
        return code

    def hangs_up(self) -> None:
        """Close the terminal's window: nobody reads there any more."""
        if not self._closing.is_set():
            self._closing.set()
            self._reader.join()
            os.close(self._screen)

    @property
    def _ended(self) -> bool:
        return not self._reader.is_alive()

    def _with(self, words: str) -> str:
        return next((line for line in self.lines if words in line), "")

    def _read(self) -> None:
        rest = b""
        while chunk := self._chunk():
            *lines, rest = (rest + chunk).split(b"\n")
            with self._grew:
                self.lines += map(_plain, lines)
                self._grew.notify_all()
        with self._grew:
            self.lines.append(_plain(rest))
            self._grew.notify_all()

    def _chunk(self) -> bytes:
        """What is printed next; nothing at the end, or once the window is closed."""
        while not self._closing.is_set():
            if select.select([self._screen], [], [], 0.05)[0]:
                try:
                    return os.read(self._screen, 4096)
                except OSError:  # a terminal without writers
                    return b""
        return b""


def _plain(line: bytes) -> str:
    """A line without the colours of a terminal."""
    return COLOUR.sub("", line.decode(errors="replace")).rstrip()


def _own_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def is_alive(pid: int) -> bool:
    """Whether there is such a process, and not only what is left of it."""
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z"
    return False


def soon(happened: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Whether it happens in time."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True
