"""Databases that hold something already: filled once, then copied for each test."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import Database
from storage.keys import Keyring
from tests.databases import sqlite_url

Fill = Callable[[Database, Keyring], Awaitable[None]]


@dataclass(frozen=True)
class Filled:
    """A database to be copied: a file's path, or a name on the server; its key file."""

    source: str
    keys: Path


@contextmanager
def filled(
    kind: str, folder: Path, request: pytest.FixtureRequest, fill: Fill
) -> Iterator[Filled]:
    """A migrated database in which ``fill`` has been at work."""
    keys = folder / "keys"
    if kind == "sqlite":
        path = folder / "filled.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        _fill(sqlite_url(path), keys, fill)
        yield Filled(str(path), keys)
        return
    server = request.getfixturevalue("postgres_server")
    name = server.new_name()
    _fill(server.create_database(name, request.getfixturevalue("postgres_template")), keys, fill)
    yield Filled(name, keys)
    server.drop_database(name)


@contextmanager
def copied(
    template: Filled, kind: str, folder: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """The address of a copy for one test."""
    if kind == "sqlite":
        path = folder / "copied.db"
        shutil.copy(template.source, path)
        yield sqlite_url(path)
        return
    server = request.getfixturevalue("postgres_server")
    name = server.new_name()
    yield server.create_database(name, template.source)
    server.drop_database(name)


def _fill(url: str, keys: Path, fill: Fill) -> None:
    async def work() -> None:
        database = Database(url)
        try:
            await fill(database, Keyring.create(keys))
            if database.is_sqlite:
                async with database.engine.connect() as connection:
                    raw = await connection.get_raw_connection()
                    await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result()
