"""The audit's chain: what was noted can be neither changed, removed nor put in another order."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from storage.audit import AuditEntry, append, chain_entries, newest_link, verify
from storage.database import Database

NOON = datetime(2026, 11, 2, 12, 0, 0, 250, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


async def note(database: Database, count: int) -> None:
    async with database.unit_of_work() as session:
        for number in range(count):
            details = {"n": number, "title": "ميثاق", "rate": 0.5, "who": None}
            at = NOON + timedelta(seconds=number)
            append(session, at=at, act="content.load", subject=f"x:{number}", details=details)
            await session.flush()


async def chain(database: Database) -> int:
    async with database.unit_of_work() as session:
        return await chain_entries(session)


async def broken(database: Database) -> int | None:
    async with database.reading() as session:
        return await verify(session)


async def tamper(database: Database, statement: str) -> None:
    async with database.unit_of_work() as session:
        await session.execute(text(statement))


async def drop_the_triggers(database: Database) -> None:
    if database.is_sqlite:
        await tamper(database, "DROP TRIGGER audit_entry_update")
        await tamper(database, "DROP TRIGGER audit_entry_delete")
    else:
        await tamper(database, "DROP TRIGGER audit_entry_appended ON audit_entry")


async def test_entries_are_chained_once_and_in_order(database: Database) -> None:
    await note(database, 3)
    assert [await chain(database), await chain(database)] == [3, 0]
    await note(database, 2)
    assert await chain(database) == 2

    async with database.reading() as session:
        links = list(await session.scalars(select(AuditEntry.link).order_by(AuditEntry.id)))
        assert await newest_link(session) == links[-1]
    assert len({*links}) == 5
    assert None not in links
    assert await broken(database) is None


async def test_an_empty_or_young_chain_is_whole(database: Database) -> None:
    assert await broken(database) is None
    assert await chain(database) == 0

    await note(database, 1)

    assert await broken(database) is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_entry WHERE id = 3",
        "UPDATE audit_entry SET act = 'nothing' WHERE id = 3",
        "UPDATE audit_entry SET details = '{}' WHERE id = 3",
        "UPDATE audit_entry SET id = 99 WHERE id = 3",
        "UPDATE audit_entry SET link = NULL WHERE id = 3",
    ],
)
async def test_the_database_refuses_to_change_or_remove_an_entry(
    database: Database, statement: str
) -> None:
    await note(database, 4)
    await chain(database)

    with pytest.raises(DBAPIError):
        await tamper(database, statement)

    assert await broken(database) is None


@pytest.mark.parametrize(
    "column", ["act = 'nothing'", "id = 99", "person_id = NULL, subject = ''"]
)
async def test_an_entry_that_is_not_chained_yet_can_only_be_chained(
    database: Database, column: str
) -> None:
    await note(database, 1)

    with pytest.raises(DBAPIError):
        await tamper(database, f"UPDATE audit_entry SET {column}")  # noqa: S608


@pytest.mark.parametrize(
    ("statements", "first"),
    [
        (["UPDATE audit_entry SET act = 'nothing' WHERE id = 3"], 3),
        (["UPDATE audit_entry SET details = '{}' WHERE id = 3"], 3),
        (["UPDATE audit_entry SET at = '2026-11-02 13:00:00' WHERE id = 3"], 3),
        (["DELETE FROM audit_entry WHERE id = 3"], 4),
        (["DELETE FROM audit_entry WHERE id = 1"], 2),
        (["UPDATE audit_entry SET link = NULL WHERE id = 3"], 3),
        (
            [
                "UPDATE audit_entry SET id = 99 WHERE id = 3",
                "UPDATE audit_entry SET id = 3 WHERE id = 4",
                "UPDATE audit_entry SET id = 4 WHERE id = 99",
            ],
            3,
        ),
    ],
)
async def test_tampering_without_the_triggers_is_found(
    database: Database, statements: list[str], first: int
) -> None:
    await note(database, 5)
    await chain(database)
    await drop_the_triggers(database)

    for statement in statements:
        await tamper(database, statement)

    assert await broken(database) == first


async def test_entries_cut_off_at_the_end_show_in_the_newest_link_alone(
    database: Database,
) -> None:
    await note(database, 3)
    await chain(database)
    async with database.reading() as session:
        noted_elsewhere = await newest_link(session)
    await drop_the_triggers(database)

    await tamper(database, "DELETE FROM audit_entry WHERE id = 3")

    assert await broken(database) is None
    async with database.reading() as session:
        assert await newest_link(session) != noted_elsewhere


@pytest.mark.only("postgresql", reason="SQLite has one writer: ids are committed in order")
async def test_nothing_is_chained_while_a_smaller_id_is_not_committed(database: Database) -> None:
    async with database.unit_of_work() as slow:
        append(slow, at=NOON, act="slow", subject=None, details={})
        await slow.flush()
        await note(database, 1)

        assert await chain(database) == 0

    assert await chain(database) == 2
    assert await broken(database) is None
