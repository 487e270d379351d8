"""A commune that is set up well, for the doctor to look at."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.settings import Settings
from participation.loading import load_directory
from simulator.server import start
from simulator.town import Town
from storage.database import Database
from storage.keys import Keyring
from tests.loading.commune import Commune

TOKEN = "1000001:simulated-token"  # noqa: S105  (opens nothing but the simulator)


@dataclass(frozen=True)
class Ward:
    """Settings of a bot on the simulator, its database, and its key file."""

    settings: Settings
    database: Database
    keyring: Keyring
    town: Town

    def with_settings(self, **changes: object) -> Settings:
        return self.settings.model_copy(update=changes)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No ``.env`` of the checkout is read."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
async def town() -> AsyncIterator[Town]:
    async with start() as running, Town.open(running.base_url) as opened:
        yield opened


@pytest.fixture
async def ward(town: Town, database_url: str, tmp_path: Path) -> AsyncIterator[Ward]:
    """One open consultation is loaded."""
    keys = tmp_path / "musharaka.keys"
    settings = Settings.model_validate(
        {
            "bot_token": TOKEN,
            "database_url": database_url,
            "key_file": keys,
            "bot_api_base": town.base_url,
        }
    )
    database, keyring = Database(database_url), Keyring.create(keys)
    directory = Commune(tmp_path / "oued-souss").directory
    await load_directory(database, keyring, directory, datetime.now(UTC))
    yield Ward(settings, database, keyring, town)
    await database.close()
