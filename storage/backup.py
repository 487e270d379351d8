"""A logical backup: every row of every table as JSON lines, from one moment, in no telling order.

Rows stand in the order of their primary keys, whatever the database. Those of people and answers
are random, so that the order of the lines says nothing; ``pg_dump`` writes rows as they lie in
the heap, which is roughly the order in which they came.
"""

import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.tables import revision_of, rows_at_once, tables_of

FORMAT = 1


async def dump(database: Database) -> AsyncIterator[str]:
    """The lines, without line ends: what this is, then ``{"table": …, "row": …}``.

    Tables come in the order in which they can be filled again. Bytes are base64, instants and
    days ISO 8601. The tables are those that are there: a database of an older release too.
    """
    async with database.reading() as session:
        await _hold_still(session, database)
        connection = await session.connection()
        revision = await connection.run_sync(revision_of)
        yield _line({"musharaka": "backup", "format": FORMAT, "revision": revision})
        for table in await connection.run_sync(tables_of):
            rows = await session.stream(
                _in_order(table), execution_options={"yield_per": rows_at_once(table)}
            )
            async for row in rows:
                yield _line({"table": table.name, "row": dict(row._mapping)})


async def _hold_still(session: AsyncSession, database: Database) -> None:
    """Let every statement see one moment; a transaction of SQLite does so anyway."""
    if not database.is_sqlite:
        _ = await session.connection(
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )


def _in_order(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _line(document: dict[str, Any]) -> str:
    return json.dumps(document, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)
