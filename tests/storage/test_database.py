"""What the engines promise."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from storage.audit import AuditEntry
from storage.base import Base
from storage.database import Database, address_of, is_database_trouble
from storage.people import Channel, Person
from storage.questionnaires import FormRow, FormVersion

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def add(database: Database, *rows: Base, then: type[Exception] | None = None) -> None:
    """One unit of work, which an exception may end."""
    async with database.unit_of_work() as session:
        session.add_all(rows)
        await session.flush()
        if then is not None:
            raise then


async def execute(database: Database, statement: str, **values: str) -> None:
    async with database.unit_of_work() as session:
        await session.execute(text(statement), values)


async def people(database: Database) -> int:
    async with database.reading() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


def amina() -> Person:
    return Person(channel=Channel.TELEGRAM, channel_id=1, language="fr", subscribed=False)


async def test_a_unit_of_work_is_kept_whole_or_not_at_all(database_url: str) -> None:
    database = Database(database_url)

    with pytest.raises(ZeroDivisionError):
        await add(database, amina(), then=ZeroDivisionError)
    lost = await people(database)
    await add(database, amina())

    assert lost == 0
    assert await people(database) == 1
    await database.close()


async def test_one_account_is_one_person(database_url: str) -> None:
    database = Database(database_url)
    await add(database, amina())

    with pytest.raises(DBAPIError) as raised:
        await add(database, amina())

    assert not is_database_trouble(raised.value)
    await database.close()


async def test_a_naive_instant_is_refused(database_url: str) -> None:
    database = Database(database_url)

    naive = datetime(2026, 11, 23)  # noqa: DTZ001  (the fault that is planted)

    with pytest.raises(StatementError):
        await add(database, AuditEntry(at=naive, act="load", subject=None, details={}))

    await database.close()


async def test_an_instant_comes_back_as_it_went(database_url: str) -> None:
    database = Database(database_url)
    await add(database, AuditEntry(at=NOW, act="load", subject=None, details={}))

    async with database.reading() as session:
        entry = await session.scalar(select(AuditEntry))

    assert entry is not None
    assert (entry.at, entry.at.tzinfo) == (NOW, UTC)
    await database.close()


@pytest.mark.parametrize(
    "change", ["UPDATE form_version SET version = '2'", "DELETE FROM form_version"]
)
async def test_a_published_version_never_changes(database_url: str, change: str) -> None:
    database = Database(database_url)
    async with database.unit_of_work() as session:
        form = FormRow(form_id="houses")
        session.add(form)
        await session.flush()
        session.add(
            FormVersion(
                form_id=form.id,
                version="1",
                workbook=b"xlsx",
                workbook_hash="0" * 64,
                compiled={},
                published_at=NOW,
            )
        )

    with pytest.raises(DBAPIError, match="never changes"):
        await execute(database, change)

    async with database.reading() as session:
        assert await session.scalar(select(FormVersion.version)) == "1"
    await database.close()


async def test_statements_do_not_quote_their_values(database_url: str) -> None:
    database = Database(database_url)

    with pytest.raises(DBAPIError) as raised:
        await execute(database, "SELECT * FROM no_table WHERE word = :word", word="secret")

    assert "secret" not in str(raised.value)
    await database.close()


@pytest.mark.only("sqlite", reason="pragmas are SQLite's")
async def test_sqlite_is_durable_and_readers_cannot_write(database_url: str) -> None:
    database = Database(database_url)

    async with database.unit_of_work() as session:
        pragmas = {
            name: await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    async with database.reading() as session:
        session.add(amina())
        with pytest.raises(DBAPIError):
            await session.flush()

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
    }
    await database.close()


@pytest.mark.parametrize("mode", ["disable", "prefer", "require"])
def test_sslmode_is_said_to_the_driver_in_its_own_word(mode: str) -> None:
    url = address_of(f"postgresql://town@/town?host=/run/postgresql&sslmode={mode}")

    assert dict(url.query) == {"host": "/run/postgresql", "ssl": mode}
