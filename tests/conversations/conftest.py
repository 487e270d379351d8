"""A commune with the example content, and its people."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from participation.clock import system_clock
from participation.loading import load_directory
from participation.sealing import seal
from simulator.phone import Phone
from simulator.server import start
from simulator.settings import UNLIMITED, Settings
from simulator.town import Town
from storage.database import Database
from storage.keys import Keyring
from storage.sealing import due_for_sealing
from tests.conversations.commune import Commune
from tests.databases import sqlite_url

EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"


@dataclass(frozen=True)
class Loaded:
    """A database with the example in it, to be copied, and the key file that fits it."""

    source: str
    keys: Path


@pytest.fixture(scope="session")
def loaded_example(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp(f"example-{database_kind}")
    keys = folder / "keys"
    if database_kind == "sqlite":
        path = folder / "example.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        _load(sqlite_url(path), keys)
        yield Loaded(str(path), keys)
    else:
        server = request.getfixturevalue("postgres_server")
        name = server.new_name()
        _load(server.create_database(name, request.getfixturevalue("postgres_template")), keys)
        yield Loaded(name, keys)
        server.drop_database(name)


def _load(url: str, keys: Path) -> None:
    async def load() -> None:
        database = Database(url)
        try:
            keyring = Keyring.create(keys)
            await load_directory(database, keyring, EXAMPLE, datetime.now(UTC))
            await _seal_what_is_over(database, keyring)
            if database.is_sqlite:
                async with database.engine.connect() as connection:
                    raw = await connection.get_raw_connection()
                    await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        finally:
            await database.close()

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, load()).result()


async def _seal_what_is_over(database: Database, keyring: Keyring) -> None:
    """Once for all copies: otherwise every test's bot would begin with it."""
    clock = system_clock(timedelta(0))
    async with database.reading() as session:
        due = await due_for_sealing(session, clock())
    for consultation_id in due:
        await seal(database, keyring, consultation_id, clock)


_numbers = itertools.count(1)


@pytest.fixture
def example_url(
    loaded_example: Loaded, database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of this test's own with the example loaded."""
    if database_kind == "sqlite":
        path = tmp_path / "example.db"
        shutil.copyfile(loaded_example.source, path)
        yield sqlite_url(path)
        return
    server = request.getfixturevalue("postgres_server")
    name = server.new_name()
    yield server.create_database(name, loaded_example.source)
    server.drop_database(name)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """A simulated town; its limits are tried by their own tests."""
    settings = Settings().changed(UNLIMITED)
    async with start(settings=settings) as running, Town.open(running.base_url) as opened:
        yield opened


@pytest.fixture
async def commune(
    example_url: str, loaded_example: Loaded, tmp_path: Path, town: Town
) -> AsyncIterator[Commune]:
    """The commune of Taroudant with its bot running."""
    keys = tmp_path / "keys"
    shutil.copyfile(loaded_example.keys, keys)
    commune = Commune(example_url, keys, town)
    await commune.start()
    yield commune
    await commune.end()


@pytest.fixture
def apart(example_url: str, loaded_example: Loaded, tmp_path: Path, town: Town) -> dict[str, str]:
    """The settings of a bot that runs as a process of its own."""
    keys = tmp_path / "keys"
    shutil.copyfile(loaded_example.keys, keys)
    return {
        "BOT_TOKEN": town.token,
        "BOT_API_BASE": town.base_url,
        "DATABASE_URL": example_url,
        "KEY_FILE": str(keys),
        "WEBHOOK_URL": "",
    }


@pytest.fixture
async def amina(town: Town) -> Phone:
    """Reads French."""
    return await town.phone("Amina", "fr")


@pytest.fixture
async def hassan(town: Town) -> Phone:
    """Reads Arabic."""
    return await town.phone("Hassan", "ar")
