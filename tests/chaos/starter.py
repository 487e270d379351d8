"""Starts bots quickly: the libraries are imported once, and each start is a fork.

``python -m tests.chaos.starter`` has read nothing but program text when it forks: no setting, no
database, no key file. The child runs what ``musharaka run`` runs, as a process of its own.
A line on standard input is a log file's name: a bot starts that prints there; its number is
answered. An empty line waits for its end.
"""

import os
import sys

import uvloop  # noqa: F401  (what the command imports when it runs)

import bot.application
import bot.logs
import bot.refusals  # noqa: F401
from bot.cli import app


def main() -> None:
    """Serve until standard input ends."""
    child = 0
    for line in sys.stdin:
        name = line.strip()
        if name:
            child = _start(name)
            answer = str(child)
        else:
            answer = str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _start(log: str) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output, 1)
        os.dup2(output, 2)
        app(["run"], standalone_mode=False)
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
