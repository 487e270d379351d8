"""What a backup holds comes back whole, on either database, or not at all."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import JSON, Column, Enum, Table, delete, func, select, text
from sqlalchemy.types import TypeDecorator

from storage.attachments import attach
from storage.audit import append, chain_entries
from storage.audit import verify as verify_chain
from storage.backup import dump
from storage.base import Base, SubmissionId
from storage.consultations import Consultation, ConsultationState, Mode
from storage.database import Database
from storage.inbox import Inbox, InboxState
from storage.people import Channel, Consent, Person, Purpose
from storage.questionnaires import FormRow, FormVersion
from storage.restoring import CannotRestore, Restored, restore
from storage.revisions import current_revision, newest_revision
from storage.running import Job, Tally
from storage.schema import move_to, rebuilding
from storage.submissions import Submission, SubmissionState
from tests.databases import KINDS, NewDatabase, made_on, sqlite_url

NOON = datetime(2026, 11, 2, 12, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


@pytest.fixture(params=KINDS)
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """An empty database of either kind, whatever the first one is."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "elsewhere.db")
        return
    for new in made_on(request.getfixturevalue("postgres_server"), None):
        yield new()


async def fill(database: Database, words: str = "«نعم» <oui>") -> None:
    """Rows of every kind of column: bytes, UUID, JSON, days, instants, truths, absences."""
    async with database.unit_of_work() as session:
        person = Person(channel=Channel.TELEGRAM, channel_id=2**40, language="ar")
        form = FormRow(form_id="gardens")
        session.add_all([person, form])
        await session.flush()
        version = FormVersion(
            form_id=form.id,
            version="1",
            workbook=bytes(range(256)),
            workbook_hash="x",
            compiled={"z": [1, 2.5, None, True, {"ü": words}], "a": {}},
            published_at=NOON,
        )
        session.add(version)
        await session.flush()
        consultation = Consultation(
            slug="gardens",
            title={"fr": words},
            stake={},
            contact=None,
            mode=Mode.ANONYMOUS,
            state=ConsultationState.PUBLISHED,
            form_version_id=version.id,
            key_id="k",
            opens_on=date(2026, 11, 1),
            closes_on=date(2026, 11, 30),
            opens_at=NOON,
            closes_at=NOON + timedelta(days=20),
            seal_at=NOON + timedelta(days=21),
        )
        session.add(consultation)
        await session.flush()
        for _ in range(5):
            session.add(
                Submission(
                    id=SubmissionId(uuid4()),
                    consultation_id=consultation.id,
                    form_version_id=version.id,
                    respondent_key=uuid4().bytes * 2,
                    state=SubmissionState.SUBMITTED,
                    language="fr",
                    answers={"house/visits": words, "n": 0.1},
                )
            )
        session.add_all(
            [
                Consent(
                    person_id=person.id,
                    purpose=Purpose.CONSULTATION,
                    subject_id=consultation.id,
                    text_version=1,
                    language="fr",
                ),
                Inbox(
                    bot_id=1,
                    update_id=2**31,
                    channel=Channel.TELEGRAM,
                    kind="message",
                    payload=b"\x00\xff",
                    state=InboxState.WAITING,
                    received_at=NOON,
                ),
                Tally(
                    subject="consultation",
                    subject_id=1,
                    what="submitted",
                    count=5,
                    counted_on=NOON.date(),
                ),
                Job(kind="seal", payload={"consultation_id": 1}, due_at=NOON),
            ]
        )
        _ = await attach(session, "a.pdf", "application/pdf", b"%PDF" * 99, NOON)
        for number in range(3):
            append(session, at=NOON, act="x", subject=None, details={"n": number, "b": words})
    async with database.unit_of_work() as session:
        await chain_entries(session)


async def lines_of(database: Database) -> list[str]:
    return [line async for line in dump(database)]


def documents(lines: list[str]) -> list[Any]:
    return [json.loads(line) for line in lines]


async def brought(url: str, lines: list[str], **more: Any) -> tuple[Restored, Database]:
    restored = await restore(url, lambda: lines, **more)
    return restored, Database(url)


async def test_every_row_comes_back_on_either_database(database: Database, elsewhere: str) -> None:
    await fill(database)
    lines = await lines_of(database)

    restored, copy = await brought(elsewhere, lines)

    assert documents(await lines_of(copy)) == documents(lines)
    assert restored.rows == len(lines) - 1 > 15
    assert restored.revision == newest_revision()
    await copy.close()


async def test_rows_of_every_table_come_back(database: Database, elsewhere: str) -> None:
    tables = Base.metadata.sorted_tables
    async with database.unit_of_work() as session:
        for table in tables:
            for number in (1, 2):
                await session.execute(table.insert().values(_filled(table, number)))
    async with database.unit_of_work() as session:
        await chain_entries(session)
    lines = await lines_of(database)

    _, copy = await brought(elsewhere, lines)

    named = [one["table"] for one in documents(lines)[1:]]
    assert len(tables) > 25
    assert {name: named.count(name) for name in named} == dict.fromkeys(Base.metadata.tables, 2)
    assert documents(await lines_of(copy)) == documents(lines)
    await copy.close()


def _filled(table: Table, number: int) -> dict[str, Any]:
    """A value in every column, of its own kind; a row refers to those of the same number."""
    return {column.name: _value(column, number) for column in table.columns}


def _value(column: Column[Any], number: int) -> Any:
    kind: Any = column.type
    if column.name == "link":
        return None  # the audit chain is made afterwards
    if column.foreign_keys:
        return number
    if column.name in ("closes_at", "seal_at"):
        return NOON + timedelta(days=number)
    if isinstance(kind, JSON):
        return {"ar": f"\u2067{number}", "fr": [number, None, 0.5]}
    if isinstance(kind, Enum):
        return kind.enum_class(kind.enums[number % len(kind.enums)])  # type: ignore[misc]
    plain = (kind.impl_instance if isinstance(kind, TypeDecorator) else kind).python_type
    return _PLAIN[plain](number)


_PLAIN: dict[type, Callable[[int], Any]] = {
    bool: lambda number: number == 1,
    bytes: lambda number: bytes([number, 0, 255]) * 11,
    date: lambda number: NOON.date() + timedelta(days=number),
    datetime: lambda number: NOON + timedelta(seconds=number),
    int: lambda number: number,
    str: lambda number: f"n{number}",
    UUID: lambda number: UUID(int=number),
}


async def test_it_goes_to_the_other_database_and_back(
    database: Database, elsewhere: str, empty_database_url: str
) -> None:
    await fill(database)
    lines = await lines_of(database)
    _, copy = await brought(elsewhere, lines)

    _, again = await brought(empty_database_url, await lines_of(copy))

    assert documents(await lines_of(again)) == documents(lines)
    await copy.close()
    await again.close()


async def test_what_is_restored_is_alive(database: Database, elsewhere: str) -> None:
    """New rows get new numbers, the triggers stand guard, the chain goes on."""
    await fill(database)
    _, copy = await brought(elsewhere, await lines_of(database))

    async with copy.unit_of_work() as session:
        append(session, at=NOON, act="y", subject=None, details={})
        _ = await attach(session, "b.pdf", "application/pdf", b"", NOON)
        session.add(Tally(subject="x", subject_id=1, what="y", count=1, counted_on=NOON.date()))
        session.add(Job(kind="seal", payload={}, due_at=NOON))
    async with copy.unit_of_work() as session:
        linked = await chain_entries(session)
    async with copy.reading() as session:
        broken = await verify_chain(session)

    assert (linked, broken) == (1, None)
    with pytest.raises(Exception, match="published form version never changes"):
        async with copy.unit_of_work() as session:
            await session.execute(delete(FormVersion))
    await copy.close()


async def test_a_database_with_rows_is_left_alone_unless_told(
    database: Database, new_database: NewDatabase
) -> None:
    await fill(database)
    lines = await lines_of(database)
    other = Database(new_database())
    await fill(other, "autre")
    before = await lines_of(other)
    await other.close()

    with pytest.raises(CannotRestore, match=r"not empty.*--replace"):
        await restore(other.url, lambda: lines)
    kept = Database(other.url)
    assert await lines_of(kept) == before
    await kept.close()

    _, replaced = await brought(str(other.url.render_as_string(False)), lines, replace=True)
    assert documents(await lines_of(replaced)) == documents(lines)
    await replaced.close()


async def test_a_migrated_database_without_rows_is_empty(
    database: Database, new_database: NewDatabase
) -> None:
    await fill(database)

    restored, copy = await brought(new_database(), await lines_of(database))

    assert restored.rows > 15
    await copy.close()


async def test_a_backup_of_a_newer_release_names_both_revisions(
    database: Database, empty_database_url: str
) -> None:
    await fill(database)
    first, *rest = await lines_of(database)
    newer = [first.replace(f'"{newest_revision()}"', '"9999"'), *rest]

    with pytest.raises(
        CannotRestore, match=f"newer release, at revision 9999.*{newest_revision()}"
    ):
        await restore(empty_database_url, lambda: newer)

    assert await is_untouched(empty_database_url)


async def test_a_database_of_a_newer_release_is_not_overwritten_in_silence(
    database: Database, new_database: NewDatabase
) -> None:
    await fill(database)
    lines = await lines_of(database)
    url = new_database()
    newer = Database(url)
    async with newer.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await session.execute(text("CREATE TABLE of_the_future (id INTEGER PRIMARY KEY)"))
        await session.execute(text("INSERT INTO of_the_future VALUES (1)"))
    await newer.close()

    with pytest.raises(CannotRestore, match=f"at revision 9999.*{newest_revision()}"):
        await restore(url, lambda: lines)

    _, back = await brought(url, lines, replace=True)
    assert await current_revision(back) == newest_revision()
    assert documents(await lines_of(back)) == documents(lines)
    await back.close()


async def test_a_backup_of_an_older_release_is_migrated(
    empty_database_url: str, elsewhere: str
) -> None:
    async with rebuilding(empty_database_url) as connection:
        await connection.run_sync(move_to, "0001")
        await connection.execute(
            text(
                "INSERT INTO person (id, channel, channel_id, language, subscribed) "
                "VALUES (7, 'telegram', 70, 'fr', false)"
            )
        )
        await connection.execute(
            text(
                "INSERT INTO role_grant (id, person_id, role, granted_at) "
                "VALUES (1, 7, 'officer', '2026-11-02 12:00:00+00:00')"
            )
        )
    old = Database(empty_database_url)
    lines = await lines_of(old)
    await old.close()

    restored, copy = await brought(elsewhere, lines)

    assert restored.revision == "0001"
    assert await current_revision(copy) == newest_revision()
    async with copy.reading() as session:
        row = (await session.execute(text("SELECT person_id, name FROM role_grant"))).one()
        person = await session.scalar(select(Person))
    assert tuple(row) == (7, "")
    assert person is not None
    assert person.channel_id == 70
    await copy.close()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: ["{}", *lines[1:]], "not a backup that this release can read"),
        (lambda lines: [], "not a backup that this release can read"),
        (lambda lines: [*lines, '{"table":"nonsense","row":{}}'], "a table nonsense"),
        (lambda lines: [*lines, '{"table":"job","row":{"id":1}}'], "has other columns"),
        (lambda lines: [*lines, "["], "not a backup that this release can read"),
        (lambda lines: [one.replace('"n":1', '"n":9') for one in lines], "audit chain"),
    ],
)
async def test_a_backup_that_is_not_right_writes_nothing(
    spoil: Callable[[list[str]], list[str]],
    words: str,
    database: Database,
    empty_database_url: str,
) -> None:
    await fill(database)
    lines = spoil(await lines_of(database))

    with pytest.raises(CannotRestore, match=words):
        await restore(empty_database_url, lambda: lines)

    assert await is_untouched(empty_database_url)


async def test_tables_of_somebody_else_are_not_touched(
    database: Database, empty_database_url: str
) -> None:
    await fill(database)
    lines = await lines_of(database)
    other = Database(empty_database_url)
    async with other.engine.begin() as connection:
        await connection.exec_driver_sql("CREATE TABLE recipes (id INTEGER PRIMARY KEY)")
    await other.close()

    with pytest.raises(CannotRestore, match="not ours"):
        await restore(empty_database_url, lambda: lines, replace=True)


async def is_untouched(url: str) -> bool:
    database = Database(url)
    try:
        return await current_revision(database) is None
    finally:
        await database.close()


_plain = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
_LARGEST = 2.0**40  # beyond, PostgreSQL itself makes a whole number of it
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(-_LARGEST, _LARGEST)
    | st.text(_plain, max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(_plain, max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],  # each example makes a database: making it smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=st.lists(
        st.tuples(
            st.uuids(),
            st.dictionaries(st.text(_plain, max_size=8), _json, max_size=3),
            st.binary(max_size=40),
            st.datetimes(timezones=st.just(UTC)),
        ),
        min_size=20,
        max_size=40,
        unique_by=lambda row: row[0],
    )
)
async def test_any_rows_come_back_as_they_were(
    rows: list[tuple[UUID, dict[str, Any], bytes, datetime]], database: Database, elsewhere: str
) -> None:
    async with database.unit_of_work() as session:
        for table in (Job, Inbox):
            await session.execute(delete(table))
        for number, (key, document, content, at) in enumerate(rows):
            session.add(Job(kind=key.hex, payload=document, due_at=at))
            session.add(
                Inbox(
                    bot_id=1,
                    update_id=number,
                    channel=Channel.TELEGRAM,
                    kind="message",
                    payload=content,
                    state=InboxState.DONE,
                    received_at=at,
                )
            )
    lines = await lines_of(database)

    _, copy = await brought(elsewhere, lines, replace=True)

    assert documents(await lines_of(copy)) == documents(lines)
    await copy.close()


async def test_every_table_of_ours_is_in_the_order_of_its_fillings(database: Database) -> None:
    await fill(database)

    named = {one["table"] for one in documents(await lines_of(database))[1:]}

    assert named <= set(Base.metadata.tables)
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Submission)) == 5
