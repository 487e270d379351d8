"""Which schema a database has, and which this release knows; read without the migrations' library.

A process that only runs never imports Alembic, which weighs ten megabytes.
"""

import re
from pathlib import Path

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


def known_revisions() -> list[str]:
    """Every revision that this release can bring a database to, the oldest first."""
    names = (path.name for path in (MIGRATIONS / "versions").iterdir())
    return sorted(found[1] for name in names if (found := re.match(r"(\d{4})_\w+\.py$", name)))


def newest_revision() -> str:
    """The revision of this release."""
    return known_revisions()[-1]


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at; None where it was never migrated."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    held = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    return None if held is None else str(held)


async def current_revision(database: Database) -> str | None:
    """The revision that a database is at; None where it was never migrated."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(revision_of)
