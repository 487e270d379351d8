"""The watch tells administrators what is wrong once, and once when it is over."""

import shutil
from collections import namedtuple
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError

from bot.clock import Timekeeper
from bot.heard import Heard
from bot.stopping import Hint, Stop
from bot.telegram import Telegram
from bot.watch import Watch
from bot.works import Office
from storage.alarms import Alarm, AlarmKind, note_passed
from storage.inbox import Inbox, InboxState
from storage.outbox import Outbox, OutboxState
from storage.people import Channel, Role, RoleGrant
from storage.running import BACKUP_MADE, HEARD, Job, JobState, remember, remembered
from tests.doctor.conftest import TOKEN, Ward, appoint

START = datetime(2026, 11, 27, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Tower:
    """A watch on a ward, what time it is there, and what was told."""

    def __init__(self, ward: Ward, **settings: Any) -> None:
        self.ward = ward
        self.now = START
        self.telegram = Telegram(ward.town.base_url, TOKEN)
        self.office = Listening(
            ward.database, ward.keyring, self.telegram, lambda: self.now, 1000001, Hint()
        )
        self.watch = Watch(ward.with_settings(**settings), self.office)

    async def looks(self, after: timedelta = timedelta(0)) -> list[str]:
        """What is told by a look after a while: kinds, with a stroke where they are over."""
        self.now += after
        before = len(self.office.said)
        await self.watch.look()
        return self.office.said[before:]

    async def appoint(self, number: int = 77, role: Role = Role.ADMINISTRATOR) -> None:
        await appoint(self.ward.database, number, role)

    async def dismiss(self) -> None:
        """Nobody holds a role any more."""
        async with self.ward.database.unit_of_work() as session:
            await session.execute(delete(RoleGrant))

    async def close(self) -> None:
        await self.telegram.close()


class Listening(Office):
    """The real office, which also remembers what it was asked to say."""

    said: list[str] = []  # noqa: RUF012  (emptied by each tower)

    async def tell(self, session: Any, chat_id: int, name: str, **data: Any) -> None:
        self.said.append(f"{data['kind']}{'/' if data['is_over'] else ''} to {chat_id}")
        await super().tell(session, chat_id, name, **data)


@pytest.fixture
async def tower(ward: Ward) -> AsyncIterator[Tower]:
    Listening.said = []
    made = Tower(ward)
    await made.dismiss()
    await made.appoint()
    yield made
    await made.close()


async def test_a_house_that_is_well_is_quiet(tower: Tower) -> None:
    assert await tower.looks() == []


async def test_a_full_disk_is_told_once_and_its_end_once(
    tower: Tower, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    with monkeypatch.context() as full:
        full.setattr(shutil, "disk_usage", lambda _: usage(10**10, 10**10, 10**8))
        first, second = await tower.looks(), await tower.looks(HOUR)

    assert (first, second) == (["disk to 77"], [])
    assert await tower.looks() == ["disk/ to 77"]
    assert await tower.looks(2 * HOUR) == []


async def test_what_comes_and_goes_is_told_once_an_hour(tower: Tower) -> None:
    keys = tower.ward.settings.key_file
    hidden = keys.with_name("hidden")
    told = []
    for _ in range(6):
        keys.rename(hidden)
        told += await tower.looks(timedelta(minutes=5))
        hidden.rename(keys)
        told += await tower.looks(timedelta(minutes=5))

    assert told == ["key_file to 77"]
    assert await tower.looks(HOUR) == ["key_file/ to 77"]


async def test_rows_that_went_wrong_are_told(tower: Tower) -> None:
    async with tower.ward.database.unit_of_work() as session:
        session.add(
            Inbox(
                bot_id=1000001,
                channel=Channel.TELEGRAM,
                kind="message",
                state=InboxState.PARKED,
                received_at=START,
            )
        )
        failed = JobState.FAILED
        session.add(Job(kind="seal", payload={}, due_at=START, state=failed, attempts=5))
        for _ in range(20):
            refused = OutboxState.FAILED
            session.add(Outbox(partition=0, method="sendMessage", state=refused, created_at=START))

    assert await tower.looks() == ["jobs to 77", "parked to 77", "replies to 77"]

    async with tower.ward.database.unit_of_work() as session:
        for table in (Inbox, Outbox, Job):
            await session.execute(delete(table))
    assert await tower.looks(HOUR) == ["jobs/ to 77", "parked/ to 77", "replies/ to 77"]


async def test_a_late_backup_is_told_until_there_is_one(ward: Ward) -> None:
    Listening.said = []
    tower = Tower(ward, backup_days=2)
    await tower.dismiss()
    await tower.appoint()
    tower.now = datetime.now(UTC)  # the commune's content was loaded today

    assert await tower.looks() == []
    assert await tower.looks(timedelta(days=3)) == ["backup to 77"]
    async with ward.database.unit_of_work() as session:
        await remember(session, BACKUP_MADE, tower.now)
    assert await tower.looks(HOUR) == ["backup/ to 77"]
    assert await tower.looks(timedelta(days=3)) == ["backup to 77"]
    await tower.close()


async def test_nobody_but_administrators_is_told(tower: Tower) -> None:
    await tower.dismiss()
    await tower.appoint(78, Role.OFFICER)
    tower.ward.settings.key_file.unlink()

    assert await tower.looks() == []
    await tower.appoint(79)
    assert await tower.looks() == ["key_file to 79"]


async def test_a_database_that_was_away_is_told_with_its_times(tower: Tower) -> None:
    clock = Timekeeper(tower.ward.database, lambda: tower.now, Hint(), Stop(), tower.watch)

    async def away(_: object) -> None:
        raise OperationalError("x", {}, OSError())

    await clock._in_transaction("tick", away)
    tower.now += timedelta(minutes=3)
    await clock._in_transaction("tick", away)
    await clock.tick()

    assert await tower.looks() == ["database to 77"]
    alarm = await only_alarm(tower, AlarmKind.DATABASE)
    assert alarm.detail == {
        "since": START.isoformat(),
        "until": (START + timedelta(minutes=3)).isoformat(),
    }
    assert await tower.looks(2 * HOUR) == []


@pytest.mark.only("sqlite", reason="only SQLite has a file that can be taken away")
async def test_a_database_file_that_was_taken_away_is_told_once_it_is_back(tower: Tower) -> None:
    path = tower.ward.database.path
    assert path is not None
    clock = Timekeeper(tower.ward.database, lambda: tower.now, Hint(), Stop(), tower.watch)
    await clock.tick()

    path.rename(path.with_name("away"))
    await clock.tick()
    tower.now += timedelta(minutes=3)
    await clock.tick()
    path.with_name("away").rename(path)
    await clock.tick()

    assert await tower.looks() == ["database to 77"]


async def test_a_day_without_a_word_from_telegram_names_what_may_be_lost(tower: Tower) -> None:
    async with tower.ward.database.unit_of_work() as session:
        await remember(session, HEARD, START - timedelta(hours=30))

    await Heard(tower.ward.database, lambda: tower.now, moved=False).note()

    assert await tower.looks() == ["input_lost to 77"]
    alarm = await only_alarm(tower, AlarmKind.INPUT_LOST)
    assert alarm.detail == {
        "since": (START - timedelta(hours=30)).isoformat(),
        "until": (START - timedelta(hours=24)).isoformat(),
    }


async def test_an_ordinary_night_loses_nothing(tower: Tower) -> None:
    heard = Heard(tower.ward.database, lambda: tower.now, moved=False)
    await heard.note()
    tower.now += timedelta(hours=23)
    await Heard(tower.ward.database, lambda: tower.now, moved=False).note()

    assert await tower.looks() == []
    async with tower.ward.database.reading() as session:
        assert await remembered(session, HEARD) == tower.now


@pytest.mark.parametrize("kind", [AlarmKind.TOKEN, AlarmKind.SECOND_RECEIVER])
async def test_what_stopped_the_receiver_is_told_after_the_next_start(
    kind: AlarmKind, tower: Tower
) -> None:
    heard = Heard(tower.ward.database, lambda: tower.now, moved=False)
    await heard.refused(kind)
    tower.now += timedelta(minutes=10)
    await heard.refused(kind)  # the service manager started it again

    assert await tower.looks() == [f"{kind} to 77"]
    assert (await only_alarm(tower, kind)).detail["since"] == START.isoformat()


async def test_a_wrong_clock_is_told(ward: Ward, an_hour_behind: str) -> None:
    Listening.said = []
    tower = Tower(ward, bot_api_base=an_hour_behind)
    await tower.dismiss()
    await tower.appoint()

    assert await tower.looks() == ["clock to 77"]
    await tower.close()


async def test_passed_alarms_are_told_again_only_with_a_new_one(tower: Tower) -> None:
    async with tower.ward.database.unit_of_work() as session:
        await note_passed(session, AlarmKind.TOKEN, START, START)

    assert await tower.looks() == ["token to 77"]
    assert await tower.looks(2 * HOUR) == []


async def only_alarm(tower: Tower, kind: AlarmKind) -> Alarm:
    async with tower.ward.database.reading() as session:
        found = await session.scalar(select(Alarm).where(Alarm.name == kind.value))
    assert found is not None
    return found
