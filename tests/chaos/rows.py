"""The killer's own eyes: a connection that can only read, beside the bot's."""

import sqlite3
from collections.abc import Sequence
from typing import Any, Protocol

import asyncpg
from sqlalchemy.engine import make_url


class Rows(Protocol):
    """Plain SQL, without parameters; every call sees what is committed at that moment."""

    async def fetch(self, sql: str) -> Sequence[Sequence[Any]]: ...

    async def settled(self) -> None:
        """Wait until a killed bot's last statement has ended in the server."""

    async def close(self) -> None: ...


async def open_rows(url: str) -> Rows:
    """Eyes on a database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteRows(str(parsed.database))
    return await PostgresRows.open(url)


class SqliteRows:
    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            f"file:{path}?mode=ro", uri=True, isolation_level=None, timeout=5
        )

    async def fetch(self, sql: str) -> Sequence[Sequence[Any]]:
        return self._connection.execute(sql).fetchall()

    async def settled(self) -> None:
        """Nothing of a killed process goes on."""

    async def close(self) -> None:
        self._connection.close()


class PostgresRows:
    NAME = "chaos"
    OTHERS = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND application_name <> 'chaos'"
    )

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    @classmethod
    async def open(cls, url: str) -> "PostgresRows":
        address = make_url(url).set(drivername="postgresql")
        return cls(
            await asyncpg.connect(
                address.render_as_string(hide_password=False),
                server_settings={
                    "default_transaction_read_only": "on",
                    "application_name": cls.NAME,
                },
            )
        )

    async def fetch(self, sql: str) -> Sequence[Sequence[Any]]:
        rows: Sequence[Sequence[Any]] = await self._connection.fetch(sql)
        return rows

    async def settled(self) -> None:
        """A statement that was under way when its client died is ended by the server."""
        for _ in range(2000):
            ((others,),) = await self.fetch(self.OTHERS)
            if not others:
                return
            await self.fetch("SELECT pg_sleep(0.002)")
        raise TimeoutError("the killed bot's connections stay")

    async def close(self) -> None:
        await self._connection.close()
