"""A commune's directory, a database and a key file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.keys import Keyring
from tests.loading.commune import Commune


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    return Commune(tmp_path / "oued-souss")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keys" / "musharaka.keys")
