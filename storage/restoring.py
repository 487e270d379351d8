"""Fills a database from the lines of a logical backup: all of it, or nothing."""

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, func, insert, inspect, select, text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.types import TypeDecorator

from storage.audit import verify
from storage.backup import FORMAT, LARGE
from storage.revisions import VERSION_TABLE, known_revisions, newest_revision, revision_of
from storage.schema import move_to, rebuilding
from storage.tables import tables_of

ROWS_AT_ONCE = 500

Lines = Callable[[], Iterable[str]]
"""Gives the lines of a backup from the first; it is asked twice."""


class CannotRestore(Exception):
    """The backup or the database does not allow it; the message says what an operator does."""


@dataclass(frozen=True)
class Restored:
    """What stands in the database now."""

    revision: str
    counts: Mapping[str, int]

    @property
    def rows(self) -> int:
        return sum(self.counts.values())


async def restore(url: str | URL, lines: Lines, *, replace: bool = False) -> Restored:
    """Read the backup to its end, then write it in one transaction, checked before it commits.

    A backup of an older release is written as that release had it, then migrated. Raises
    CannotRestore, and whatever ``lines`` raises.
    """
    revision, counts = _read_through(lines())
    async with rebuilding(url) as connection:
        await _make_room(connection, replace=replace)
        await connection.run_sync(move_to, revision)
        await _fill(connection, lines())
        await _compare(connection, counts)
        await connection.run_sync(move_to)
        await _check_chain(connection)
    return Restored(revision, counts)


def _read_through(lines: Iterable[str]) -> tuple[str, Counter[str]]:
    """The revision, and how many rows each table has; nothing is written before this returns."""
    numbered = iter(lines)
    first = _document(next(numbered, ""))
    if first.get("musharaka") != "backup" or first.get("format") != FORMAT:
        raise CannotRestore("What is in the file is not a backup that this release can read.")
    revision = first.get("revision")
    if revision not in known_revisions():
        raise CannotRestore(
            f"This backup was made by a newer release, at revision {revision}; this release knows "
            f"revisions up to {newest_revision()}. Install that release, and restore with it."
        )
    return str(revision), Counter(str(_document(line).get("table")) for line in numbered)


def _document(line: str) -> dict[str, Any]:
    try:
        document = json.loads(line)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise CannotRestore("What is in the file is not a backup that this release can read.")
    return document


async def _make_room(connection: AsyncConnection, *, replace: bool) -> None:
    """Leave nothing behind of what was there; refuse to, unless told so."""
    names = await connection.run_sync(lambda one: inspect(one).get_table_names())
    if not names:
        return
    if VERSION_TABLE not in names:
        raise CannotRestore(
            "The database holds tables that are not ours. Restore into a database of its own."
        )
    revision = await connection.run_sync(revision_of)
    if not replace and revision is not None and revision not in known_revisions():
        raise CannotRestore(
            f"The database is at revision {revision}, which a newer release wrote; this release "
            f"knows revisions up to {newest_revision()}. Restore into an empty database, or give "
            "--replace to lose what is in this one."
        )
    if not replace and await _held(connection, names):
        raise CannotRestore(
            "The database is not empty. Restore into an empty one, or stop the bot and give "
            "--replace to lose what is in this one."
        )
    await connection.run_sync(_drop, names)


async def _held(connection: AsyncConnection, names: Iterable[str]) -> bool:
    quote = connection.dialect.identifier_preparer.quote
    for name in set(names) - {VERSION_TABLE}:
        asked = text(f"SELECT 1 FROM {quote(name)} LIMIT 1")  # noqa: S608  (a table's own name)
        if await connection.scalar(asked):
            return True
    return False


def _drop(connection: Connection, names: Iterable[str]) -> None:
    quote = connection.dialect.identifier_preparer.quote
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in names:
        connection.execute(text(f"DROP TABLE {quote(name)}{cascade}"))
    if cascade:
        ours = (
            "SELECT oid::regprocedure FROM pg_proc WHERE proname LIKE 'refuse\\_%' "
            "AND pronamespace = current_schema()::regnamespace"
        )
        for function in connection.execute(text(ours)).scalars().all():
            connection.execute(text(f"DROP FUNCTION {function}"))


async def _fill(connection: AsyncConnection, lines: Iterable[str]) -> None:
    """Insert rows as they come, a few at a time; triggers guard changes only."""
    tables = {table.name: table for table in await connection.run_sync(tables_of)}
    rows = ((len(line), _document(line)) for line in islice(lines, 1, None))
    for name, group in groupby(rows, lambda row: str(row[1].get("table"))):
        if name not in tables:
            raise CannotRestore(f"The backup has a table {name}, which its release did not have.")
        table = tables[name]
        readers = {column.name: _reader(column) for column in table.columns}
        for some in _in_portions(group):
            await connection.execute(insert(table), [_row(readers, one) for one in some])
    if connection.dialect.name == "postgresql":
        await _number_on(connection, tables.values())


def _in_portions(rows: Iterable[tuple[int, Any]]) -> Iterator[list[Any]]:
    """A few rows at a time, fewer where they are large."""
    portion, weight = [], 0
    for length, row in rows:
        portion.append(row)
        weight += length
        if len(portion) >= ROWS_AT_ONCE or weight >= LARGE:
            yield portion
            portion, weight = [], 0
    if portion:
        yield portion


def _row(readers: Mapping[str, Callable[[Any], Any]], document: Mapping[str, Any]) -> Any:
    row = document.get("row")
    if not isinstance(row, dict) or row.keys() != readers.keys():
        raise CannotRestore(
            f"A row of {document.get('table')} in the backup has other columns than its release."
        )
    return {name: None if one is None else readers[name](one) for name, one in row.items()}


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    """Makes of what JSON can say what the column holds."""
    held = column.type
    kind: Any = (held.impl_instance if isinstance(held, TypeDecorator) else held).python_type
    if kind is bytes:
        return base64.b64decode
    if kind in (datetime, date):
        return kind.fromisoformat  # type: ignore[no-any-return]
    if kind is UUID:
        return UUID
    return lambda value: value


async def _number_on(connection: AsyncConnection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL give numbers after the greatest that is taken."""
    for table in tables:
        for column in table.primary_key.columns:
            owned = await connection.scalar(
                text("SELECT pg_get_serial_sequence(quote_ident(:name), :of)"),
                {"name": table.name, "of": column.name},
            )
            greatest = owned and await connection.scalar(select(func.max(column)))
            if greatest:
                await connection.execute(
                    text("SELECT setval(CAST(:owned AS regclass), :greatest)"),
                    {"owned": owned, "greatest": greatest},
                )


async def _compare(connection: AsyncConnection, expected: Mapping[str, int]) -> None:
    """Refuse to commit anything but every row of the backup."""
    for table in await connection.run_sync(tables_of):
        found = await connection.scalar(select(func.count()).select_from(table))
        if found != expected.get(table.name, 0):
            raise CannotRestore(f"{table.name} has {found} rows and should have another number.")


async def _check_chain(connection: AsyncConnection) -> None:
    async with AsyncSession(connection, autoflush=False) as session:
        broken = await verify(session)
    if broken is not None:
        raise CannotRestore(
            f"The audit chain of the backup breaks at entry {broken}: somebody changed or removed "
            "an entry before it was made. Nothing was written. Restore an older backup."
        )
