"""The bot's queues as the panel shows them: kinds, states and ages; never people or words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.demo.house import database_url
from storage import announcements, inbox, outbox
from storage.base import Glimpse
from storage.database import Database

ROWS = 12
QUEUES = (("inbox", inbox), ("outbox", outbox), ("deliveries", announcements))


class Queues:
    """Read beside the running bot, by sessions that cannot write."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(database_url(folder))

    async def seen(self) -> list[dict[str, Any]] | None:
        """Every queue; None while the database is missing, locked or broken."""
        try:
            self._database.ensure_in_place()  # to connect would create an empty file
            async with self._database.reading() as session:
                return [
                    queue_seen(
                        name, await rows.count_by_state(session), await rows.latest(session, ROWS)
                    )
                    for name, rows in QUEUES
                ]
        except (SQLAlchemyError, OSError):
            return None

    async def close(self) -> None:
        await self._database.close()


def queue_seen(name: str, counts: Mapping[Any, int], rows: Sequence[Glimpse]) -> dict[str, Any]:
    """A queue as JSON."""
    return {
        "name": name,
        "counts": {str(state): count for state, count in counts.items()},
        "rows": [
            {"id": row.id, "what": row.kind, "state": str(row.state), "at": _seconds(row.at)}
            for row in rows
        ],
    }


def _seconds(at: datetime) -> float:
    return round(at.timestamp(), 2)
