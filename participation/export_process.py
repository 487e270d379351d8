"""`python -m participation.export_process`: one table in a process of its own.

The order is one JSON document on standard input; the file is written at its ``out``. Standard
output has a JSON document a line: how far it is, at the end what was written or why it was not.
It reads a moment of the database by a connection of its own, so that nobody waits for it, and is
gone soon after the process that began it.
"""

import asyncio
import json
import os
import sys
import time
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from participation.files import ExportRefused
from participation.ordering import ExportFormat, Wanted, Words
from participation.tabling import Tabling
from storage.base import ConsultationId
from storage.consultations import Consultation
from storage.database import Database, is_database_trouble
from storage.snapshots import snapshot

TELL_SECONDS = 0.5
NICENESS = 10
_ZIPPED_AT = (2026, 1, 1, 0, 0, 0)
"""In place of the time of day: the same rows give the same bytes."""


async def fulfil(order: dict[str, Any]) -> dict[str, Any]:
    """Write the table; the last document."""
    wanted = Wanted(**{**order["wanted"], "format": ExportFormat(order["wanted"]["format"])})
    words = {language: Words.of(each) for language, each in order["words"].items()}
    out = Path(order["out"])
    database = Database(order["database_url"])
    try:
        async with snapshot(database) as session:
            consultation = await session.get_one(
                Consultation, ConsultationId(order["consultation"])
            )
            day = date.fromisoformat(order["day"])
            tabling = Tabling(session, consultation, wanted, words, day)
            with out.open("w+b") as file:  # noqa: ASYNC230  (nobody else is here)
                table = await tabling.write(file, _Telling().tell, out.parent)
    except ExportRefused:
        return {"refused": "columns"}
    finally:
        await database.close()
    return {"rows": table.rows, "identified": table.identified, "out": str(_fitting(out, order))}


def _fitting(out: Path, order: dict[str, Any]) -> Path:
    """The file, or an archive of it where a channel would not carry it; a workbook is one."""
    is_table = order["wanted"]["format"] == ExportFormat.CSV
    return zipped(out) if is_table and out.stat().st_size > order["largest"] else out


def zipped(file: Path) -> Path:
    """The file alone in an archive beside it, in its place."""
    archive = file.with_name(f"{file.name}.zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as book:
        entry = zipfile.ZipInfo(file.name, _ZIPPED_AT)
        entry.compress_type = zipfile.ZIP_DEFLATED
        with book.open(entry, "w") as inside, file.open("rb") as whole:
            while piece := whole.read(2**20):
                inside.write(piece)
    file.unlink()
    return archive


class _Telling:
    """Says how far it is, now and then; where nobody listens any more, the process ends."""

    def __init__(self) -> None:
        self._last = 0.0

    def tell(self, rows: int, of: int) -> None:
        if time.monotonic() - self._last >= TELL_SECONDS:
            self._last = time.monotonic()
            say({"rows": rows, "of": of})


def say(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Read, write, say so; the exit code."""
    with suppress(OSError):
        os.nice(NICENESS)  # people who answer go first
    try:
        said = asyncio.run(fulfil(json.load(sys.stdin)))
    except BrokenPipeError:
        return 1  # whoever wanted the table is gone
    except Exception as error:
        is_troubled = isinstance(error, DBAPIError | ConnectionError)
        trouble = is_troubled and is_database_trouble(error)
        said = {"failed": type(error).__name__, "trouble": trouble}  # its text may quote words
    say(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
