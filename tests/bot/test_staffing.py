"""What an operator reads of the audit, and that a change is noticed there."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from bot.staffing import audit, start_up_sentence
from storage.audit import append, chain_entries
from storage.database import Database
from tests.storage.test_audit import drop_the_triggers, tamper

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
async def settings(database: Database, database_url: str) -> Settings:
    """Three entries, chained."""
    async with database.unit_of_work() as session:
        for number in range(1, 4):
            details = {"role": "officer"}
            append(session, at=NOON, act="role.grant", subject=f"person:{number}", details=details)
            await session.flush()
    async with database.unit_of_work() as session:
        await chain_entries(session)
    return Settings.model_validate({"database_url": database_url})


async def test_the_newest_entries_are_shown_oldest_first(settings: Settings) -> None:
    shown = await audit(settings, last=2)

    assert shown.broken is None
    assert shown.lines == [
        f"{n} 2026-11-23T12:00:00+00:00 role.grant person:{n} operator role=officer"
        for n in (2, 3)
    ]


async def test_an_entry_that_was_changed_is_named(settings: Settings, database: Database) -> None:
    await drop_the_triggers(database)
    await tamper(database, "UPDATE audit_entry SET subject = 'person:9' WHERE id = 2")

    assert (await audit(settings, last=1)).broken == 2


async def test_the_start_up_sentence_is_said_once(database: Database) -> None:
    first = await start_up_sentence(database, lambda: NOON)
    second = await start_up_sentence(database, lambda: NOON)

    assert first is not None
    assert "24 hours" in first
    assert second is None
