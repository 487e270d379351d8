"""Writing a table in a child process, so that nobody waits for it."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from participation.ordering import Wanted, Words
from storage.base import ConsultationId
from storage.database import Database

LONGEST_SECONDS = 3600.0
LARGEST_FILE = 50 * 1024 * 1024
"""What Telegram takes from a bot."""
_LONGEST_LINE = 2**16


class TableFailed(Exception):
    """The child ended without a table; the message names its exception, and quotes nothing."""


class DatabaseAway(ConnectionError):
    """The child met the database's trouble: it is waited for like anybody's."""


class TooLarge(Exception):
    """The file is larger than the channel carries."""


class TooWide(Exception):
    """There are more columns than a sheet holds."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file in the caller's folder."""

    path: Path
    rows: int
    identified: bool


Progress = Callable[[int, int], Awaitable[None]]


async def table_in_child(
    database: Database,
    consultation_id: ConsultationId,
    wanted: Wanted,
    words: Mapping[str, Words],
    out: Path,
    day: date,
    progress: Progress,
    *,
    largest: int = LARGEST_FILE,
) -> Made:
    """Have the table written to ``out``, or to an archive beside it.

    Raises TooLarge, TooWide, TableFailed and DatabaseAway.
    """
    order = {
        "database_url": database.url.render_as_string(hide_password=False),
        "consultation": consultation_id,
        "wanted": asdict(wanted),
        "words": {language: each.document() for language, each in words.items()},
        "out": str(out),
        "day": day.isoformat(),
        "largest": largest,
    }
    async with asyncio.timeout(LONGEST_SECONDS):
        last = await _run(json.dumps(order).encode(), progress)
    return _read(last, largest)


async def _run(order: bytes, progress: Progress) -> Mapping[str, Any]:
    """The child's last document; it is killed with the caller."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "participation.export_process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
        env=_environment(),
    )
    assert child.stdin is not None  # noqa: S101  (they are pipes)
    assert child.stdout is not None  # noqa: S101
    last: Mapping[str, Any] = {}
    try:
        child.stdin.write(order)
        child.stdin.close()
        async for line in child.stdout:
            last = json.loads(line)
            if "of" in last:
                await progress(last["rows"], last["of"])
        await child.wait()
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return last


def _environment() -> dict[str, str]:
    """The search path, and what the driver of PostgreSQL reads; no token."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PG")}
    return {
        **kept,
        "PATH": os.defpath,
        "HOME": str(Path.home()),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }


def _read(last: Mapping[str, Any], largest: int) -> Made:
    if last.get("trouble"):
        raise DatabaseAway(last["failed"])
    if "refused" in last:
        raise TooWide
    if "out" not in last:
        raise TableFailed(last.get("failed", "killed"))
    path = Path(last["out"])
    if path.stat().st_size > largest:
        raise TooLarge
    return Made(path, last["rows"], last["identified"])
