"""A lease: one holder at a time, and a fence against whoever held it before."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, is_database_trouble
from storage.leases import ASLEEP_SECONDS, give_back, is_held, renew, take

LASTS = timedelta(seconds=0.4)


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


async def taken(database: Database, who: str, *, at_once: bool = False) -> int | None:
    async with database.unit_of_work() as session:
        return await take(session, "mail", who, LASTS, now(), at_once=at_once)


async def renewed(database: Database, fence: int) -> bool:
    async with database.unit_of_work() as session:
        return await renew(session, "mail", fence, LASTS, now())


async def test_one_holds_it_and_nobody_else_until_it_ends(database: Database) -> None:
    first = await taken(database, "first")
    second = await taken(database, "second")
    await asyncio.sleep(LASTS.total_seconds() + 0.1)
    third = await taken(database, "third")

    assert (first, second, third) == (1, None, 2)


async def test_whoever_lost_it_cannot_renew_it(database: Database) -> None:
    first = await taken(database, "first")
    assert first is not None

    while_ours = await renewed(database, first)
    second = await taken(database, "second", at_once=True)
    afterwards = await renewed(database, first)

    assert (while_ours, second, afterwards) == (True, 2, False)


async def test_it_can_be_given_back_and_is_free_at_once(database: Database) -> None:
    first = await taken(database, "first")
    assert first is not None

    async with database.reading() as session:
        before = await is_held(session, "mail", now())
    async with database.unit_of_work() as session:
        await give_back(session, "mail", first, now())
    async with database.reading() as session:
        after = await is_held(session, "mail", now())

    assert (before, after) == (True, False)
    assert await taken(database, "second") == 2


async def test_several_that_ask_together_are_told_apart(database: Database) -> None:
    asked = await asyncio.gather(*(taken(database, f"one of {number}") for number in range(5)))

    assert sorted(fence for fence in asked if fence is not None) == [1]


@pytest.mark.only("postgresql", reason="on SQLite a sleeping process keeps the only writer")
async def test_one_that_falls_asleep_inside_a_transaction_does_not_keep_it(
    database: Database,
) -> None:
    first = await taken(database, "first")
    assert first is not None
    began = time.monotonic()

    async with database.reading() as session:
        await renew(session, "mail", first, LASTS, now())
        second = await taken(database, "second", at_once=True)
        with pytest.raises(DBAPIError) as broken:
            await session.execute(text("SELECT 1"))
        await session.invalidate()

    assert second == 2
    assert time.monotonic() - began < ASLEEP_SECONDS + 3
    assert is_database_trouble(broken.value)
