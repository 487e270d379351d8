"""Trouble of the database is waited out: nothing is parked, nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from simulator.phone import Phone
from storage.database import Database
from storage.inbox import InboxState
from tests.conversations.commune import Commune
from tests.conversations.walking import MINUTES, WHY_NEVER, begins, bot_messages, reaches_minutes


@asynccontextmanager
async def writing_elsewhere(url: str) -> AsyncIterator[None]:
    """Another program holds SQLite's write lock."""
    database = Database(url)
    async with database.unit_of_work() as session:
        await session.execute(text("SELECT 1"))
        yield
    await database.close()


async def terminate_the_bot_s_connections(url: str) -> int:
    database = Database(url)
    async with database.reading() as session:
        ended = await session.scalar(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await database.close()
    return int(ended or 0)


@pytest.mark.only("sqlite", reason="one writer at a time is SQLite's own")
async def test_a_write_lock_held_elsewhere_delays_and_loses_nothing(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.settled()

    async with writing_elsewhere(commune.database_url):
        await amina.taps(first, "Jamais")
        await asyncio.sleep(1)
        unconfirmed = await commune.town.pending_updates()
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert unconfirmed == 1
    assert (await commune.submission()).answers["house/visits"] == "never"
    assert InboxState.PARKED not in await commune.inbox()


@pytest.mark.only("sqlite", reason="a server keeps its files to itself")
async def test_nothing_is_confirmed_into_a_file_that_was_taken_away(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await commune.settled()
    path = Path(make_url(commune.database_url).database or "")
    away = path.with_name("away.db")

    move(path, away)
    await amina.sends("/start")
    await asyncio.sleep(1)
    unconfirmed = await commune.town.pending_updates()
    move(away, path)
    await amina.waits_for(button="Consultations")
    await commune.until(nothing_pending(commune))

    assert unconfirmed == 1
    assert not await commune.parked()


def move(path: Path, to: Path) -> None:
    path.replace(to)


def nothing_pending(commune: Commune) -> Callable[[], Awaitable[bool]]:
    async def ask() -> bool:
        return not await commune.town.pending_updates()

    return ask


@pytest.mark.only("postgresql", reason="SQLite has no server that ends connections")
async def test_connections_that_the_server_ends_cost_nothing(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)

    ended = 0
    for typed in ("5", "abc", "7"):
        await amina.sends(typed)
        ended += await terminate_the_bot_s_connections(commune.database_url)
    await amina.waits_for("Quand la maison")
    await commune.settled()

    assert ended > 0
    assert (await commune.submission()).answers["house/walking_minutes"] == 5
    assert not await commune.parked()
    assert await bot_messages(amina)


@pytest.mark.only("postgresql", reason="SQLite has no lock on a table")
async def test_a_locked_table_is_waited_for_and_parks_nothing(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await commune.settled()
    engine = create_async_engine(commune.database_url, poolclass=NullPool)

    async with engine.connect() as connection:
        await connection.execute(text("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE"))
        await amina.taps(first, "Jamais")
        await asyncio.sleep(1)
        unconfirmed = await commune.town.pending_updates()
        await connection.rollback()
    await engine.dispose()
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert unconfirmed == 1
    assert not await commune.parked()
    assert [MINUTES in one.text for one in await bot_messages(amina)].count(True) == 0
