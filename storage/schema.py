"""Changes the tables themselves: migrations, and whatever else is done whole or not at all."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import BUSY_TIMEOUT_MS, address_of, prepare
from storage.revisions import MIGRATIONS, known_revisions, revision_of


def alembic_config() -> Config:
    """Alembic, told where the revisions lie."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def migrate(url: str | URL, revision: str = "head") -> None:
    """Bring a database to this release's schema, or to that of another revision, also back.

    Raises what Alembic or the database raise; nothing was changed then.
    """
    async with rebuilding(url) as connection:
        await connection.run_sync(move_to, revision)


@asynccontextmanager
async def rebuilding(url: str | URL) -> AsyncIterator[AsyncConnection]:
    """A transaction that may change tables themselves: all of it is done, or nothing.

    SQLite does not watch references meanwhile, because a table that others refer to could not be
    written anew; they are checked at the end.
    """
    parsed = address_of(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    driver = "sqlite+aiosqlite" if is_sqlite else "postgresql+asyncpg"
    engine = create_async_engine(
        parsed.set(drivername=driver), poolclass=NullPool, hide_parameters=True
    )
    if is_sqlite:
        _make_private(parsed.database)
        pragmas = ("secure_delete=ON", f"busy_timeout={BUSY_TIMEOUT_MS}")
        prepare(engine, pragmas, "BEGIN IMMEDIATE")
    try:
        async with engine.begin() as connection:
            yield connection
            if is_sqlite:
                broken = await connection.exec_driver_sql("PRAGMA foreign_key_check")
                if broken.first() is not None:
                    raise IntegrityError("PRAGMA foreign_key_check", None, ValueError("broken"))
    finally:
        await engine.dispose()


def _make_private(path: str | None) -> None:
    """A new file is its owner's alone, and so are those that SQLite lays beside it."""
    if path and path != ":memory:" and not Path(path).exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def move_to(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that lead to a revision, up or back, on this connection."""
    config = alembic_config()
    config.attributes["connection"] = connection
    back = revision in known_revisions() and revision < (revision_of(connection) or "")
    (command.downgrade if back else command.upgrade)(config, revision)
