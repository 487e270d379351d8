"""A logical backup: every row of every table as JSON lines, from one moment, in no telling order.

Rows stand in the order of their primary keys, whatever the database. Those of people and answers
are random, so that the order of the lines says nothing; ``pg_dump`` writes rows as they lie in
the heap, which is roughly the order in which they came.
"""

import base64
import json
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, bindparam, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database
from storage.revisions import revision_of
from storage.tables import tables_of

FORMAT = 1
FEWEST, MOST = 2, 256
"""How many rows are read at once."""
LARGE = 1_000_000
"""Bytes in one reading after which fewer rows are read."""


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
            async for row in _rows(session, table):
                yield _line({"table": table.name, "row": dict(row._mapping)})


async def _hold_still(session: AsyncSession, database: Database) -> None:
    """Let every statement see one moment; a transaction of SQLite does so anyway."""
    if not database.is_sqlite:
        _ = await session.connection(
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )


async def _rows(session: AsyncSession, table: Table) -> AsyncIterator[Row[Any]]:
    """Rows in the order of their keys, page after page; pages of large rows are small."""
    keys = table.primary_key.columns.values()
    statement, size = select(table).order_by(*keys), FEWEST
    while True:
        rows = (await session.execute(statement.limit(size))).all()
        for row in rows:
            yield row
        if len(rows) < size:
            return
        last = rows[-1]._mapping
        reached = tuple_(*(bindparam(None, last[key.name], key.type) for key in keys))
        statement = select(table).where(tuple_(*keys) > reached).order_by(*keys)
        size = max(FEWEST, size // 4) if _weight(rows) > LARGE else min(size * 2, MOST)


def _weight(rows: Sequence[Row[Any]]) -> int:
    return sum(len(value) for row in rows for value in row if isinstance(value, bytes | str))


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
