"""A logical backup: whole, of one moment, in an order that tells nothing."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from storage.audit import append
from storage.backup import dump
from storage.base import Base
from storage.database import Database
from storage.dialogues import Dialogue
from storage.people import Channel, Person
from storage.revisions import newest_revision

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opened = Database(database_url)
    yield opened
    await opened.close()


async def welcome(database: Database, *numbers: int) -> None:
    for number in numbers:
        async with database.unit_of_work() as session:
            person = Person(
                channel=Channel.TELEGRAM, channel_id=number, language="ar", subscribed=False
            )
            session.add(person)
            await session.flush()
            session.add(Dialogue(person_id=person.id, place=b"\x00\xff"))
            append(session, at=NOON, act="x", subject=None, details={"عدد": number})


async def documents(database: Database) -> list[dict[str, Any]]:
    return [json.loads(line) async for line in dump(database)]


async def test_it_says_what_it_is_and_holds_every_row(database: Database) -> None:
    await welcome(database, 101, 102, 103)

    first, *rows = await documents(database)

    assert first == {"musharaka": "backup", "format": 1, "revision": newest_revision()}
    tables = [one["table"] for one in rows]
    assert {name: tables.count(name) for name in set(tables)} == {
        "person": 3,
        "dialogue": 3,
        "audit_entry": 3,
    }
    held = {one["row"]["channel_id"] for one in rows if one["table"] == "person"}
    assert held == {101, 102, 103}
    entry = next(one["row"] for one in rows if one["table"] == "audit_entry")
    assert entry["details"] == {"عدد": 101}
    assert datetime.fromisoformat(entry["at"]) == NOON


async def test_rows_stand_in_the_order_of_their_keys_and_tables_can_be_filled_in_turn(
    database: Database,
) -> None:
    await welcome(database, *range(200, 230))

    _first, *rows = await documents(database)

    people = [one["row"]["id"] for one in rows if one["table"] == "person"]
    assert len(people) == 30
    assert people == sorted(people)
    came = [one["row"]["channel_id"] for one in rows if one["table"] == "person"]
    assert came != sorted(came)
    order = [table.name for table in Base.metadata.sorted_tables]
    assert [one["table"] for one in rows] == sorted(
        (one["table"] for one in rows), key=order.index
    )


async def test_it_is_of_one_moment(database: Database) -> None:
    await welcome(database, 301)
    lines = dump(database)
    read = [json.loads(await anext(lines)), json.loads(await anext(lines))]

    await welcome(database, 302)

    read += [json.loads(line) async for line in lines]
    assert {one["table"] for one in read[1:]} == {"person", "dialogue", "audit_entry"}
    assert len(read) == 4
    async with database.reading() as session:
        assert len((await session.scalars(select(Person))).all()) == 2
