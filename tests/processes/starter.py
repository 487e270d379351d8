"""Starts ``musharaka`` quickly: the libraries are imported once, and each start is a fork.

``python -m tests.processes.starter`` has read nothing but program text when it forks: no setting,
no database, no key file; no loop has run and no log is configured. The child has the environment,
folder and files that it is given, then does what ``python -m`` does, to the interpreter's own end.
One JSON object a line: ``{"words", "env", "folder", "out", "err"}`` starts a process and is
answered by its number; ``{"poll": number}`` is answered by its exit code, or null while it runs.
"""

import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import bot
from tests.house.project import ROOT
from tests.processes.started import Page, Started

LIBRARIES = ("uvloop", "aiosqlite", "asyncpg")
"""What is imported only when a database's address is read."""


class Starter:
    """The starter from the side of those who want processes; it answers within milliseconds."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is ours, and ``close`` follows it
        )
        self._answer()

    def start(
        self, *words: str, env: Mapping[str, str], folder: Path, out: Path, err: Path
    ) -> Started:
        """``python -m WORDS`` with this environment and no other."""
        pages = Page.turned(out), Page.turned(err)
        where = {"folder": str(folder), "out": str(out), "err": str(err)}
        pid = self._ask({"words": words, "env": dict(env), **where})
        return Started(pid, partial(self._ask, {"poll": pid}), *pages)

    def close(self) -> None:
        """End it, and every process of its that is left."""
        self._process.communicate()

    def _ask(self, wish: Mapping[str, Any]) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(wish)}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


def main() -> None:
    """Serve until standard input ends, or be the process that was asked for."""
    _import_everything()
    words = _serve()
    if words:
        module, *sys.argv[1:] = words
        runpy.run_module(module, run_name="__main__", alter_sys=True)


def _import_everything() -> None:
    gc.disable()
    for module in pkgutil.walk_packages(bot.__path__, "bot."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in LIBRARIES:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    gc.enable()


def _serve() -> list[str]:
    """Returns the words of a command in its process, and none in the starter at the end."""
    children = set[int]()
    _say(None)
    for line in sys.stdin:
        wish = json.loads(line)
        if "poll" in wish:
            _say(_code(wish["poll"], children))
        elif child := os.fork():
            children.add(child)
            _say(child)
        else:
            return _settled(**wish)
    for child in children:  # nobody is left to end them
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return []


def _say(answer: int | None) -> None:
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def _code(child: int, children: set[int]) -> int | None:
    """What ``subprocess`` calls the return code."""
    ended, status = os.waitpid(child, os.WNOHANG)
    if not ended:
        return None
    children.discard(child)
    return os.waitstatus_to_exitcode(status)


def _settled(words: list[str], env: dict[str, str], folder: str, out: str, err: str) -> list[str]:
    """In the new process: everything is as it was asked for."""
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(folder)
    _opened(os.devnull, os.O_RDONLY, as_number=0)
    _opened(out, os.O_WRONLY | os.O_APPEND, as_number=1)
    _opened(err, os.O_WRONLY | os.O_APPEND, as_number=2)
    return words


def _opened(path: str, flags: int, as_number: int) -> None:
    opened = os.open(path, flags)
    os.dup2(opened, as_number)
    os.close(opened)


if __name__ == "__main__":
    main()
