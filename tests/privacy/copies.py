"""What an attacker can get hold of: a backup's lines, the rows as they lie, the files' bytes."""

import base64
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Column, literal_column, select, text

from bot.batch import CHAT, INBOX, OUTBOX
from bot.delivery.replies import SHOWN
from participation.known import PLACE, SEATS
from participation.traces import Spoken
from storage.backup import dump
from storage.base import Base
from storage.database import Database
from storage.keys import Keyring
from tests.privacy.linker import Row

Tables = dict[str, list[Row]]

_SEALED = {
    ("dialogue", "place"): PLACE,
    ("consent", "seats"): SEATS,
    ("inbox", "payload"): INBOX,
    ("outbox", "payload"): OUTBOX,
    ("outbox", "chat"): CHAT,
    ("shown", "message"): SHOWN,
}
_NUMBERS = {CHAT, SEATS, SHOWN}


async def backed_up(database: Database) -> list[str]:
    """The lines of a logical backup."""
    return [line async for line in dump(database)]


def read_backup(lines: Iterable[str]) -> Tables:
    """Rows with the values that their columns hold."""
    tables: Tables = {table.name: [] for table in Base.metadata.sorted_tables}
    for line in lines:
        document = json.loads(line)
        if "row" in document:
            columns = Base.metadata.tables[document["table"]].columns
            row = {name: _value(columns[name], one) for name, one in document["row"].items()}
            tables[document["table"]].append(row)
    return tables


def _value(column: Column[Any], plain: Any) -> Any:
    kind = None if column.type is None else column.type.python_type
    if plain is None:
        return None
    if kind is bytes:
        return base64.b64decode(plain)
    if kind in (datetime, date):
        return kind.fromisoformat(plain)
    return UUID(plain) if kind is UUID else plain


async def as_it_lies(database: Database) -> Tables:
    """Every row in the order in which it lies; PostgreSQL tells transaction and place too."""
    heap: list[Any] = []
    if not database.is_sqlite:
        heap = [
            literal_column("xmin::text::bigint").label("xmin"),
            literal_column(
                "((ctid::text::point)[0] * 1000 + (ctid::text::point)[1])::bigint"
            ).label("ctid"),
        ]
    tables: Tables = {}
    async with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            statement = select(*table.columns, *heap)
            if heap:
                statement = statement.order_by(text("ctid"))
            rows = await session.execute(statement.select_from(table))
            tables[table.name] = [dict(row._mapping) for row in rows]
    return tables


def opened(tables: Tables, keyring: Keyring) -> Tables:
    """The same rows with everything unsealed that the key file can unseal."""
    for (table, column), context in _SEALED.items():
        for row in tables[table]:
            if row[column] is not None:
                number = context in _NUMBERS
                unseal = keyring.open_number if number else keyring.open
                row[column] = unseal(row[column], context)
    for row in tables["trace"]:
        row |= _told(Spoken.from_row(keyring, row.pop("message")))
    return tables


def _told(spoken: Spoken) -> Row:
    """What a trace says once it is unsealed."""
    at = datetime.fromtimestamp(spoken.at, UTC)
    return {"chat_id": spoken.chat_id, "message_id": spoken.message_id, "written_at": at}


async def files_of(database: Database) -> bytes:
    """Every byte of the database's tables and indexes on the disk."""
    if database.path is not None:
        suffixes = ("", "-wal", "-shm", "-journal")
        paths = [Path(f"{database.path}{suffix}") for suffix in suffixes]
        return b"\n".join(path.read_bytes() for path in paths if path.exists())
    async with database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.execute("CHECKPOINT")
        rows = await raw.fetch(
            "SELECT pg_read_binary_file(pg_relation_filepath(oid)) AS held FROM pg_class "
            "WHERE relkind IN ('r', 'i', 't') AND oid >= 16384"
        )
        return b"\n".join(row["held"] for row in rows)
