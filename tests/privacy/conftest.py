"""A town that has answered, and what an attacker finds while it is open and once it is sealed."""

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from participation.announcing import announce
from participation.sealing import claim_due_sealings, seal
from storage.announcements import AnnouncementKind, Delivery
from storage.audiences import Audience
from storage.database import Database
from storage.deliveries import try_again
from storage.keys import Keyring
from storage.people import Person
from storage.running import compact_tallies
from tests.databases import sqlite_url
from tests.privacy.copies import as_it_lies, backed_up, files_of, opened, read_backup
from tests.privacy.linker import Copy
from tests.privacy.town import DAY, OPENS, SEALS, PrivateTown, Resident, residents

SUBMITTED_ON = [0] * 4 + [1] + [2] * 3 + [3] + [4, 4, 5, 5, 6, *[7] * 3, 8, 9, 9, 10, 10, 11, 12]
"""The day of each resident who hands in, in the order of their coming; some days have one.

The last one answers on the phone of the one before."""


@dataclass(frozen=True)
class Found:
    """What lies about at the two moments; ``old`` is what must be gone after sealing."""

    backup: Copy
    sealed: Copy
    files_before: bytes
    files_after: bytes
    old: tuple[bytes, ...]
    payloads: tuple[bytes, ...]
    """Sealed updates that were worked on or parked."""
    words: tuple[bytes, ...]
    withdrawn: tuple[int, str]
    """Who has taken an answer back, and what it was."""


@pytest.fixture(scope="module")
def found(
    database_kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Found]:
    """One town a database; the tests only read."""
    folder = tmp_path_factory.mktemp(f"town-{database_kind}")
    if database_kind == "sqlite":
        path = folder / "town.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield _now(sqlite_url(path), folder / "keys")
        return
    server = request.getfixturevalue("postgres_server")
    name = server.new_name()
    url = server.create_database(name, request.getfixturevalue("postgres_template"))
    yield _now(url, folder / "keys")
    server.drop_database(name)


def _now(url: str, key_file: Path) -> Found:
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _find(url, key_file)).result()


async def _find(url: str, key_file: Path) -> Found:
    database = Database(url)
    try:
        return await _play(PrivateTown(database, key_file))
    finally:
        await database.close()


async def _play(town: PrivateTown) -> Found:
    people = residents(len(SUBMITTED_ON) + 2)
    *owners, guest, middle, leaver = people
    authors = {one.words: one.number for one in people} | {guest.words: owners[-1].number}
    await town.publish()
    for who, day in zip(owners, SUBMITTED_ON, strict=False):
        town.now = max(town.now, OPENS + day * DAY + timedelta(hours=9))
        await town.answers(who)
    town.now += DAY
    await town.answers_for_another(owners[-1], guest)
    town.now += DAY
    await town.answers(leaver)
    await town.withdraws(leaver)
    town.now += DAY
    await town.answers(middle, submitting=False)
    async with town.database.unit_of_work() as session:
        await compact_tallies(session)
    await _leave_things_about(town, people, people[7].words)
    await _announce(town)
    await _come_back(town, owners)

    backup = Copy(read_backup(await backed_up(town.database)), authors)
    town.now = SEALS
    await _leave_things_about(town, people, "Est-ce fini ?")
    before = await as_it_lies(town.database)
    files_before = await files_of(town.database)
    await _seal(town)
    sealed = opened(await as_it_lies(town.database), Keyring(town.key_file))
    return Found(
        backup=backup,
        sealed=Copy(sealed, authors, Keyring(town.key_file), (town.key_id,)),
        files_before=files_before,
        files_after=await files_of(town.database),
        old=tuple(_old(before, sqlite=town.database.is_sqlite)),
        payloads=tuple(town.payloads[:-1]),
        words=tuple(one.words.encode() for one in (*owners, guest)),
        withdrawn=(leaver.number, leaver.words),
    )


async def _leave_things_about(town: PrivateTown, people: list[Resident], waiting: str) -> None:
    """What a copy of a moment holds beside the rows at rest: parked, failed, under way."""
    async with town.database.unit_of_work() as session:
        await compact_tallies(session)
    unreadable = town.says(people[3], people[3].words)
    unreadable["message"]["date"] = "yesterday"
    await town.receives(unreadable)
    await town.works()
    await town.receives(town.says(people[5], "/help"))
    await town.worker.work()
    town.arrive(failing=True)
    await town.works()
    await town.receives(town.says(people[6], "/help"))
    await town.worker.work()
    town.replies.clear()
    await town.receives(town.says(people[7], waiting))


async def _announce(town: PrivateTown) -> None:
    """An extension to those who began, then an outcome to those who wished to hear of it."""
    for kind, audience in (
        (AnnouncementKind.EXTENSION, Audience.PARTICIPANTS),
        (AnnouncementKind.OUTCOME, Audience.WISHERS),
    ):
        async with town.database.unit_of_work() as session:
            told = await announce(
                session,
                kind,
                {"fr": {"text": "?"}},
                audience,
                consultation_id=town.consultation_id,
                created_by=None,
                now=town.now,
            )
            assert told.count > 20


async def _come_back(town: PrivateTown, owners: list[Resident]) -> None:
    """Whom an announcement did not find is told on coming back, one after the other."""
    for who in owners:
        async with town.database.unit_of_work() as session:
            theirs = await session.scalars(
                select(Delivery.id)
                .join(Person, Person.id == Delivery.person_id)
                .where(Person.channel_id == who.number)
            )
            await try_again(session, theirs.all())


async def _seal(town: PrivateTown) -> None:
    async with town.database.unit_of_work() as session:
        assert await claim_due_sealings(session, town.now) == 1
    await seal(town.database, town.keyring, town.consultation_id, town.clock)


def _old(before: dict[str, list[dict[str, object]]], *, sqlite: bool) -> Iterator[bytes]:
    for row in before["submission"]:
        number = row["id"]
        yield number.hex.encode() if sqlite else number.bytes  # type: ignore[attr-defined]
        yield row["respondent_key"]  # type: ignore[misc]
    for row in before["trace"]:
        yield row["message"]  # type: ignore[misc]
    for row in before["inbox"]:
        if row["payload"] is not None and row["state"] == "parked":
            yield row["payload"]  # type: ignore[misc]
