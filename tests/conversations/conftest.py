"""A commune with the example content, and its people."""

import shutil
from collections.abc import AsyncIterator, Iterator
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
from tests.templates import Filled, copied, filled

EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"


@pytest.fixture(scope="session")
def loaded_example(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    folder = tmp_path_factory.mktemp(f"example-{database_kind}")
    with filled(database_kind, folder, request, _load) as example:
        yield example


async def _load(database: Database, keyring: Keyring) -> None:
    await load_directory(database, keyring, EXAMPLE, datetime.now(UTC))
    await _seal_what_is_over(database, keyring)


async def _seal_what_is_over(database: Database, keyring: Keyring) -> None:
    """Once for all copies: otherwise every test's bot would begin with it."""
    clock = system_clock(timedelta(0))
    async with database.reading() as session:
        due = await due_for_sealing(session, clock())
    for consultation_id in due:
        await seal(database, keyring, consultation_id, clock)


@pytest.fixture
def example_url(
    loaded_example: Filled, database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of this test's own with the example loaded."""
    with copied(loaded_example, database_kind, tmp_path, request) as url:
        yield url


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    """A simulated town; its limits are tried by their own tests."""
    settings = Settings().changed(UNLIMITED)
    async with start(settings=settings) as running, Town.open(running.base_url) as opened:
        yield opened


@pytest.fixture
async def commune(
    example_url: str, loaded_example: Filled, tmp_path: Path, town: Town
) -> AsyncIterator[Commune]:
    """The commune of Taroudant with its bot running."""
    keys = tmp_path / "keys"
    shutil.copyfile(loaded_example.keys, keys)
    commune = Commune(example_url, keys, town)
    await commune.start()
    yield commune
    await commune.end()


@pytest.fixture
def apart(example_url: str, loaded_example: Filled, tmp_path: Path, town: Town) -> dict[str, str]:
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
