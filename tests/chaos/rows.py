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


def open_rows(url: str) -> Rows:
    """Eyes on a database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteRows(str(parsed.database))
    return PostgresRows(url)


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

    def __init__(self, url: str) -> None:
        address = make_url(url).set(drivername="postgresql")
        self._address = address.render_as_string(hide_password=False)
        self._connection: Any = None

    async def fetch(self, sql: str) -> Sequence[Sequence[Any]]:
        """Connects anew where the server has ended the connection."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(
                self._address,
                server_settings={
                    "default_transaction_read_only": "on",
                    "application_name": self.NAME,
                },
            )
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
        if self._connection is not None:
            await self._connection.close()
