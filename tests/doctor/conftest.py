"""A commune that is set up well, for the doctor to look at."""

import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from bot.settings import Settings
from participation.loading import load_directory
from simulator.server import start
from simulator.town import Town
from storage.database import Database
from storage.keys import Keyring
from storage.people import Channel, Person, Role, RoleGrant
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
    """One open consultation is loaded, and there is an administrator."""
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
    await appoint(database, 70)
    yield Ward(settings, database, keyring, town)
    await database.close()


async def appoint(database: Database, number: int, role: Role = Role.ADMINISTRATOR) -> None:
    """Give a role to somebody new."""
    async with database.unit_of_work() as session:
        person = Person(channel=Channel.TELEGRAM, channel_id=number, language="fr")
        session.add(person)
        await session.flush()
        now = datetime.now(UTC)
        session.add(RoleGrant(person_id=person.id, role=role, name="Naima", granted_at=now))


@pytest.fixture
async def an_hour_behind() -> AsyncIterator[str]:
    """The address of a server whose clock shows an hour less than this machine's."""

    async def answer(_: web.Request) -> web.Response:
        then = datetime.now(UTC) - timedelta(hours=1)
        return web.Response(headers={"Date": then.strftime("%a, %d %b %Y %H:%M:%S GMT")})

    site = web.Application()
    site.router.add_head("/", answer)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port := free_port()).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
