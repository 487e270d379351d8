"""One running bot to a SQLite file, one receiver to a PostgreSQL database."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import IO, Any

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database

ADVISORY_KEY = 0x6D757368_6172616B  # "musharak"; one receiver to a database
PATIENCE_SECONDS = 2.0
"""How long a start waits for one that is just ending, or that was just killed."""
PULSE_SECONDS = 5.0

_KEEPALIVES = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "idle_session_timeout": "0",
    "application_name": "musharaka receiver",
}
"""A server that loses this machine without a word frees the lock after 25 seconds."""


class SecondInstance(Exception):
    """The bot is running on this database already; the message says what to do."""


class Holding:
    """Being the only one. ``lost`` is set once another has taken the place: stop then."""

    def __init__(self) -> None:
        self.lost = asyncio.Event()


@asynccontextmanager
async def only_instance(database: Database, *, receives: bool = True) -> AsyncIterator[Holding]:
    """Be the only running bot on a SQLite file, or the only receiver on PostgreSQL.

    Raises SecondInstance. The operating system, or the server, frees the place of a process that
    was killed. On PostgreSQL a process that does not receive holds nothing.
    """
    holding = Holding()
    if database.is_sqlite:
        path = _lock_path(database)
        if path is None:
            yield holding
            return
        with path.open("a+", encoding="utf-8") as file:
            await _patiently(lambda: _lock(file), _sqlite_sentence(database, path))
            yield holding
    elif receives:
        async with _advisory_lock(database, holding):
            yield holding
    else:
        yield holding


async def is_running(database: Database) -> bool:
    """Whether somebody holds the place, without taking it for longer than the question."""
    if not database.is_sqlite:
        async with database.reading() as session:
            held = await session.scalar(
                text(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted "
                    "AND database = (SELECT oid FROM pg_database "
                    "WHERE datname = current_database()) "
                    "AND classid = :high AND objid = :low AND objsubid = 1"
                ),
                {"high": ADVISORY_KEY >> 32, "low": ADVISORY_KEY & 0xFFFFFFFF},
            )
        return bool(held)
    path = _lock_path(database)
    if path is None or not path.exists():
        return False
    with path.open(encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _lock_path(database: Database) -> Path | None:
    """Beside the file that links lead to; None for a database in memory."""
    path = database.path
    if path is None or str(path) == ":memory:":
        return None
    real = path.resolve()
    return real.with_name(f"{real.name}.lock")


def _lock(file: IO[str]) -> bool:
    """Take the file's lock and write our process into it, for people who look."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return True


def _sqlite_sentence(database: Database, path: Path) -> str:
    try:
        process = path.read_text(encoding="utf-8").strip()
    except OSError:
        process = ""
    who = f" (process {process})" if process.isdigit() else ""
    return (
        f"`musharaka run` is already running on {database.path}{who}; a SQLite file serves one. "
        "Stop that one first, or use PostgreSQL for several."
    )


async def _patiently(take: Any, sentence: str) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while not take():
        if asyncio.get_running_loop().time() >= deadline:
            raise SecondInstance(sentence)
        await asyncio.sleep(0.05)


@asynccontextmanager
async def _advisory_lock(database: Database, holding: Holding) -> AsyncIterator[None]:
    """A session lock on a connection of its own, taken again whenever the connection breaks."""
    engine = create_async_engine(
        database.url.set(drivername="postgresql+asyncpg"),
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"server_settings": _KEEPALIVES},
    )
    held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    keeping = asyncio.create_task(_keep(engine, holding, held))
    try:
        await asyncio.wait({keeping, held}, return_when=asyncio.FIRST_COMPLETED)
        if not held.done():
            await keeping
        yield
    finally:
        held.cancel()
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await engine.dispose()


async def _keep(engine: AsyncEngine, holding: Holding, held: asyncio.Future[None]) -> None:
    """Hold the lock until the end; raises what keeps it from being taken the first time.

    While the server is away nothing can be stored or confirmed, so nobody needs to stop; when it
    is back, somebody else may have been quicker, and that is the loss.
    """
    while not holding.lost.is_set():
        try:
            async with engine.connect() as connection:
                await _take_advisory(connection)
                if not held.done():
                    held.set_result(None)
                await _until_broken(connection)
                await connection.invalidate()
        except SecondInstance:
            if not held.done():
                raise
            holding.lost.set()
        except (SQLAlchemyError, OSError):
            if not held.done():
                raise
            await asyncio.sleep(PULSE_SECONDS / 5)


async def _take_advisory(connection: AsyncConnection) -> None:
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    taking = text("SELECT pg_try_advisory_lock(:key)")
    while not await connection.scalar(taking, {"key": ADVISORY_KEY}):
        if asyncio.get_running_loop().time() >= deadline:
            raise SecondInstance(
                "Another `musharaka run` receives updates with this PostgreSQL database. Stop it "
                "first, or give this one other roles (`musharaka run --role worker`)."
            )
        await asyncio.sleep(0.1)


async def _until_broken(connection: AsyncConnection) -> None:
    """Wait for the connection's end, told or found out: one can be dead without a word."""
    raw = (await connection.get_raw_connection()).driver_connection
    assert raw is not None  # noqa: S101  (it is connected)
    ended = asyncio.Event()
    raw.add_termination_listener(lambda _: ended.set())
    while not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), PULSE_SECONDS)
            return
        try:
            async with asyncio.timeout(PULSE_SECONDS):
                await connection.scalar(text("SELECT 1"))
        except (SQLAlchemyError, OSError, TimeoutError):
            return
