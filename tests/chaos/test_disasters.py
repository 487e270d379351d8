"""The database crashes, its disk is full: nothing is lost, nothing is parked, and all goes on."""

from pathlib import Path

import pytest

from tests.chaos.checker import judge
from tests.chaos.disasters import Survived, crash_postgres, fill_postgres, fill_sqlite
from tests.chaos.history import read
from tests.chaos.small_disk import NoSmallDisk, server_on_small_disk
from tests.databases import migrate_now, sqlite_url
from tests.postgres import PostgresServer
from tests.processes.starter import Starter

SEED = 20261123
RESUME_SECONDS = 5.0


@pytest.mark.only("postgresql", reason="SQLite has no server that could crash")
async def test_nothing_is_lost_when_the_server_crashes_and_all_goes_on_within_seconds(
    database_kind: str, tmp_path: Path, starter: Starter
) -> None:
    with PostgresServer(fsync=True) as server:
        url = server.create_database(server.new_name())
        migrate_now(url)

        survived = await crash_postgres(
            server, url, tmp_path, seed=SEED, latency=0.03, starter=starter
        )

    assert_sound(survived)
    assert max(survived.resumed) <= RESUME_SECONDS


async def test_a_full_disk_confirms_nothing_and_says_nothing_until_there_is_room(
    database_kind: str, tmp_path: Path, starter: Starter, capsys: pytest.CaptureFixture[str]
) -> None:
    if database_kind == "sqlite":
        url = sqlite_url(tmp_path / "musharaka.db")
        migrate_now(url)
        assert_sound(await fill_sqlite(url, tmp_path, seed=SEED))
        return
    try:
        with server_on_small_disk() as (server, disk):
            url = server.create_database(server.new_name())
            migrate_now(url)
            survived = await fill_postgres(server, disk, url, tmp_path, seed=SEED, starter=starter)
    except NoSmallDisk as reason:
        with capsys.disabled():
            print(f"\nLEFT OUT: PostgreSQL on a full disk, because {reason}")  # noqa: T201
        return
    assert_sound(survived)


def assert_sound(survived: Survived) -> None:
    """Nothing lost, doubled, unsaid or parked; and something was there to be lost."""
    verdict = judge(read(survived.history))
    assert verdict.findings() == [], f"the history: {survived.history}"
    assert verdict.parked == 0
    assert verdict.repeated == 0
    assert verdict.acts > 20
