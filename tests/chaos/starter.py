"""Starts bots quickly: the libraries are imported once, and each start is a fork.

``python -m tests.chaos.starter`` has read nothing but program text when it forks: no setting, no
database, no key file. The child runs what ``musharaka run`` runs, as a process of its own.
One JSON object a line: ``{"env", "folder", "log"}`` starts a bot and is answered by its process
number; ``{"wait": number}`` waits for its end and is answered by its exit code.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

END_SECONDS = 12.0


class Starter:
    """The starter from the side of those who want bots. Its methods block, for milliseconds once
    its imports are done."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603  (our own program)
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, env: Mapping[str, str], folder: Path, log: Path) -> int:
        """A new bot's process number."""
        return self._ask({"env": dict(env), "folder": str(folder), "log": str(log)})

    def wait(self, pid: int) -> int:
        """The exit code of a bot that ends."""
        return self._ask({"wait": pid})

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(END_SECONDS)

    def _ask(self, wish: Mapping[str, Any]) -> int:
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the starter has no pipes")
        stdin.write(f"{json.dumps(wish)}\n")
        stdin.flush()
        return int(stdout.readline())


def main() -> None:
    """Serve until standard input ends."""
    import uvloop  # noqa: F401  (what the command imports when it runs)

    import bot.application
    import bot.logs
    import bot.process
    import bot.refusals  # noqa: F401

    children = set[int]()
    for line in sys.stdin:
        wish = json.loads(line)
        if "wait" in wish:
            answer = os.waitstatus_to_exitcode(os.waitpid(wish["wait"], 0)[1])
            children.discard(wish["wait"])
        else:
            answer = _start(**wish)
            children.add(answer)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for child in children:  # nobody is left to end them
        os.kill(child, signal.SIGKILL)


def _start(env: dict[str, str], folder: str, log: str) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.environ.update(env)
        os.chdir(folder)
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        from bot.cli import app

        app(["run"], standalone_mode=False)
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
