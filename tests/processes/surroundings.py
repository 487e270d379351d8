"""``python -m tests.processes.surroundings WORDS``: tells what a process finds around it."""

import asyncio
import json
import logging
import os
import signal
import sys
import threading
from pathlib import Path

import structlog


def main() -> None:
    found = {
        "words": sys.argv,
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "input": sys.stdin.read(),
        "files": [str(path.readlink()) for path in open_files()],
        "signals": {
            one.name: str(signal.getsignal(one)).split(" at ")[0] for one in signal.Signals
        },
        "blocked": [str(one) for one in signal.pthread_sigmask(signal.SIG_BLOCK, ())],
        "wake up": signal.set_wakeup_fd(-1),
        "threads": [one.name for one in threading.enumerate()],
        "policy": type(asyncio.get_event_loop_policy()).__name__,
        "handlers": [str(one) for one in logging.getLogger().handlers],
        "structlog": structlog.is_configured(),
        "hooks": [sys.excepthook is sys.__excepthook__, threading.excepthook.__module__],
    }
    sys.stdout.write(json.dumps(found))


def open_files() -> list[Path]:
    """What this process holds open, standard output and errors aside."""
    folder = Path(f"/proc/{os.getpid()}/fd")
    return [path for path in folder.iterdir() if path.name not in {"1", "2"} and path.is_symlink()]


if __name__ == "__main__":
    main()
