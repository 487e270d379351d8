"""One running bot to a SQLite file, one receiver to PostgreSQL; a killed one is gone."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot import instance
from bot.instance import ADVISORY_KEY, SecondInstance, is_running, only_instance
from storage.database import Database

HOLDER = """
import asyncio, sys
from bot.instance import only_instance
from storage.database import Database

async def hold():
    async with only_instance(Database(sys.argv[1])):
        print("held", flush=True)
        await asyncio.sleep(60)

asyncio.run(hold())
"""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "PATIENCE_SECONDS", 0.3)


async def test_a_second_run_is_refused_in_one_sentence(database_url: str) -> None:
    first, second = Database(database_url), Database(database_url)

    async with only_instance(first):
        with pytest.raises(SecondInstance, match=r"`musharaka run`.*Stop"):
            async with only_instance(second):
                pass
        assert await is_running(second)

    assert not await is_running(second)
    async with only_instance(second) as holding:
        assert not holding.lost.is_set()
    await first.close()
    await second.close()


async def test_a_killed_holder_leaves_its_place(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "PATIENCE_SECONDS", 5.0)
    database = Database(database_url)
    holder = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLDER,
        database_url,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    assert await is_running(database)

    holder.send_signal(signal.SIGKILL)
    await holder.wait()

    async with only_instance(database):
        assert await is_running(database)
    await database.close()


async def test_a_start_waits_for_one_that_is_just_ending(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "PATIENCE_SECONDS", 5.0)
    first, second = Database(database_url), Database(database_url)
    held = asyncio.Event()

    async def ends_soon() -> None:
        async with only_instance(first):
            held.set()
            await asyncio.sleep(0.2)

    ending = asyncio.create_task(ends_soon())
    await held.wait()
    async with only_instance(second):
        pass

    await ending
    await first.close()
    await second.close()


@pytest.mark.only("sqlite", reason="links are a file's")
async def test_a_link_to_the_file_is_the_same_file(database_url: str, tmp_path: Path) -> None:
    database = Database(database_url)
    assert database.path is not None
    (tmp_path / "link.db").symlink_to(database.path)
    linked = Database(f"sqlite:///{tmp_path / 'link.db'}")

    async with only_instance(database):
        with pytest.raises(SecondInstance, match="process"):
            async with only_instance(linked):
                pass

    await database.close()


@pytest.mark.only("postgresql", reason="a file's lock is lost with its process only")
async def test_a_broken_connection_is_replaced_and_the_place_kept(database_url: str) -> None:
    database = Database(database_url)

    async with only_instance(database) as holding:
        await end_the_receivers_connection(database)
        async with asyncio.timeout(10):
            while not await is_running(database):  # noqa: ASYNC110  (nobody tells)
                await asyncio.sleep(0.05)
        assert not holding.lost.is_set()

    await database.close()


@pytest.mark.only("postgresql", reason="a file's lock is lost with its process only")
async def test_a_place_that_another_took_meanwhile_is_lost(database_url: str) -> None:
    database, other = Database(database_url), Database(database_url)

    async with only_instance(database) as holding, other.engine.connect() as quicker:
        waiting = asyncio.create_task(
            quicker.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_KEY})
        )
        await asyncio.sleep(0.2)
        await end_the_receivers_connection(database)
        _ = await waiting
        async with asyncio.timeout(10):
            await holding.lost.wait()

    await database.close()
    await other.close()


async def end_the_receivers_connection(database: Database) -> None:
    async with database.unit_of_work() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'musharaka receiver' AND datname = current_database()"
            )
        )


@pytest.mark.only("postgresql", reason="a SQLite file serves one process, whatever its roles")
async def test_processes_that_do_not_receive_hold_nothing(database_url: str) -> None:
    database = Database(database_url)

    async with only_instance(database), only_instance(database, receives=False):
        assert await is_running(database)

    await database.close()
