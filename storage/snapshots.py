"""One moment of the database, to be read for long without holding anybody up."""

import fcntl
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database

PREFIX = ".musharaka-snapshot-"
_LOCK = "lock"


@asynccontextmanager
async def snapshot(database: Database) -> AsyncIterator[AsyncSession]:
    """A session on one moment: a copy of a SQLite file, a transaction of PostgreSQL.

    The copy lies beside the database, as private as it, and is removed afterwards; what a killed
    process left is removed first.
    """
    if database.path is None:
        async with database.reading() as session:
            _ = await session.connection(
                execution_options={
                    "isolation_level": "REPEATABLE READ",
                    "postgresql_readonly": True,
                }
            )
            yield session
        return
    remove_leftovers(database.path)
    with private_folder(database.path) as folder:
        copy = folder / "snapshot.db"
        await _copy(database, copy)
        engine = create_async_engine(
            f"sqlite+aiosqlite:///{copy}", hide_parameters=True, poolclass=NullPool
        )
        try:
            async with AsyncSession(engine, autoflush=False) as session:
                yield session
        finally:
            await engine.dispose()


def remove_leftovers(path: Path) -> int:
    """Remove the copies beside a SQLite file that no living process uses; how many they were."""
    removed = 0
    for folder in path.parent.glob(f"{PREFIX}*"):
        lock = folder / _LOCK
        try:
            if not lock.exists() or _is_held(lock):  # without a lock it holds nothing yet
                continue
        except PermissionError:  # somebody else's, where temporary files of all lie
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    return removed


def _is_held(lock: Path) -> bool:
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def working_place(database: Database) -> Path:
    """Beside what files on their way lie: a SQLite file, else where temporary files are.

    What a killed process left there is removed.
    """
    beside = database.path or Path(tempfile.gettempdir()) / "database"
    remove_leftovers(beside)
    return beside


@contextmanager
def private_folder(beside: Path) -> Iterator[Path]:
    """A folder of our own beside a database, which nobody else can open; removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX, dir=beside.parent) as name,
        (Path(name) / _LOCK).open("wb") as lock,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Path(name)


async def _copy(database: Database, copy: Path) -> None:
    """``VACUUM INTO``, which no transaction may surround; readers and the writer go on."""
    engine = create_async_engine(
        database.url.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        poolclass=NullPool,
    )
    try:
        async with engine.connect() as connection:
            await connection.exec_driver_sql("VACUUM INTO ?", (str(copy),))
    finally:
        await engine.dispose()
