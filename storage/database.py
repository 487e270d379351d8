"""Engines and units of work on SQLite and PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

BUSY_TIMEOUT_MS = 30_000
READERS = 4

_WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "wal_autocheckpoint=0",  # the clock checkpoints
)
_READER_PRAGMAS = ("query_only=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")


class Database:
    """One database: a writer and readers.

    SQLite has one writing connection, used first in, first out, and each unit of work begins
    ``IMMEDIATE``; no unit of work may await anything but the database.
    """

    def __init__(self, url: str | URL, *, pragmas: Sequence[str] = ()) -> None:
        """``pragmas`` are added to the SQLite writer's (``max_page_count=200``)."""
        self.url = address_of(url)
        self._identity: tuple[int, int] | None = None
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._writer, self._reader = (
            _sqlite_engines(self.url, pragmas) if self.is_sqlite else _postgresql_engines(self.url)
        )

    @property
    def path(self) -> Path | None:
        """The database file, on SQLite."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    def ensure_in_place(self) -> None:
        """Raise FileNotFoundError where the SQLite file was taken away, or another took its place.

        An open file goes on taking rows after that, and all of them go with the process.
        """
        if self.path is None or str(self.path) == ":memory:":
            return
        found = self.path.stat()
        identity = found.st_dev, found.st_ino
        if self._identity not in (None, identity):
            raise FileNotFoundError(self.path.name)
        self._identity = identity

    @property
    def engine(self) -> AsyncEngine:
        """The engine that writes."""
        return self._writer

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """A session that writes and is committed at the end, or rolled back by an exception."""
        async with AsyncSession(self._writer, autoflush=False, expire_on_commit=False) as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads."""
        async with AsyncSession(self._reader, autoflush=False, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        await self._writer.dispose()
        if self._reader is not self._writer:
            await self._reader.dispose()


def address_of(url: str | URL) -> URL:
    """What a setting says; raises SQLAlchemy's ArgumentError unless we know such a database."""
    try:
        parsed = make_url(url)
    except ValueError:
        raise ArgumentError("a port is a number") from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise ArgumentError("neither SQLite nor PostgreSQL")
    if "@" in (parsed.host or ""):
        raise ArgumentError("the rest of a password was read as the host")
    return parsed if parsed.get_backend_name() == "sqlite" else _in_words_of_the_driver(parsed)


def _in_words_of_the_driver(url: URL) -> URL:
    """An address as other programs take it; asyncpg has its own word, and fails on others."""
    options = {"ssl" if name == "sslmode" else name: value for name, value in url.query.items()}
    if options.keys() - _OPTIONS:
        raise ArgumentError("the driver knows no such option")
    return url.set(query=options)


_OPTIONS = {"host", "port", "ssl", "passfile", "target_session_attrs"}


def _sqlite_engines(url: URL, pragmas: Sequence[str]) -> tuple[AsyncEngine, AsyncEngine]:
    url = url.set(drivername="sqlite+aiosqlite")
    writer = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
    )
    reader = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=READERS,
        pool_use_lifo=True,
    )
    prepare(writer, (*_WRITER_PRAGMAS, *pragmas), "BEGIN IMMEDIATE")
    prepare(reader, _READER_PRAGMAS, "BEGIN")
    return writer, reader


def prepare(engine: AsyncEngine, pragmas: Sequence[str], begin: str) -> None:
    """Set up connections of SQLite; the driver is kept from beginning transactions itself."""

    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _postgresql_engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    engine = create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        hide_parameters=True,
        pool_size=10,
        pool_use_lifo=True,  # the connection used last has the statements prepared
    )
    return engine, engine


def insert_ignoring(session: AsyncSession, table: Any) -> Any:
    """An INSERT that leaves rows alone which a uniqueness already holds."""
    return _dialect_insert(session, table).on_conflict_do_nothing()


async def one_at_a_time(session: AsyncSession, act: int) -> None:
    """Wait until no other transaction does the same act; SQLite has one writer as it is."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:act)"), {"act": act})


def upsert(session: AsyncSession, table: Any, key: Sequence[str], changed: Sequence[str]) -> Any:
    """An INSERT that sets ``changed`` where ``key`` exists."""
    statement = _dialect_insert(session, table)
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in changed}
    )


def _dialect_insert(session: AsyncSession, table: Any) -> Any:
    kind = session.get_bind().dialect.name
    return (sqlite if kind == "sqlite" else postgresql).insert(table)


_TROUBLE_STATES = ("08", "53", "57P", "58", "40001", "40P01", "55P03", "25006", "25P03")
"""SQLSTATE classes that are the database's trouble (PostgreSQL, appendix A)."""


def is_database_trouble(error: BaseException) -> bool:
    """Whether an error is the database's (connection, lock, disk) and not the statement's."""
    if isinstance(error, PoolTimeout | OSError | asyncio.TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "pgcode", None)
    if state:
        return str(state).startswith(_TROUBLE_STATES)
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)


def is_of_another_schema(error: BaseException) -> bool:
    """Whether a statement failed for a table or a column that is not there."""
    if not isinstance(error, DBAPIError):
        return False
    if getattr(error.orig, "sqlstate", None) in _NOT_THERE:
        return True
    return str(error.orig).startswith(("no such table", "no such column"))


def is_damaged(error: BaseException) -> bool:
    """Whether the file of SQLite is none of its own, or is no more."""
    return isinstance(error, DBAPIError) and str(error.orig).startswith(_DAMAGED)


_DAMAGED = ("file is not a database", "database disk image is malformed")
_NOT_THERE = ("42P01", "42703")
"""Undefined table, undefined column (PostgreSQL, appendix A)."""
