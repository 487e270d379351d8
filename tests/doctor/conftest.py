"""A commune that is set up well, for the doctor to look at."""

import shutil
import socket
from collections.abc import AsyncIterator, Iterator
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
from tests.templates import Filled, copied, filled

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


@pytest.fixture(scope="session")
def healthy(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """One open consultation is loaded, and there is an administrator."""
    folder = tmp_path_factory.mktemp(f"healthy-{database_kind}")
    directory = Commune(folder / "oued-souss").directory

    async def load(database: Database, keyring: Keyring) -> None:
        await load_directory(database, keyring, directory, datetime.now(UTC))
        await appoint(database, 70)

    with filled(database_kind, folder, request, load) as template:
        yield template


@pytest.fixture
def healthy_url(
    healthy: Filled, database_kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[str]:
    with copied(healthy, database_kind, tmp_path, request) as url:
        yield url


@pytest.fixture
async def ward(
    town: Town, healthy: Filled, healthy_url: str, tmp_path: Path
) -> AsyncIterator[Ward]:
    """A commune of this test's own."""
    keys = tmp_path / "musharaka.keys"
    shutil.copy(healthy.keys, keys)
    settings = Settings.model_validate(
        {
            "bot_token": TOKEN,
            "database_url": healthy_url,
            "key_file": keys,
            "bot_api_base": town.base_url,
        }
    )
    database = Database(healthy_url)
    yield Ward(settings, database, Keyring(keys), town)
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
