"""The queue of deliveries: whose turn it is, what comes back, what is forgotten."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementText,
    Delivery,
    DeliveryState,
    count_of,
)
from storage.base import PersonId
from storage.database import Database
from storage.deliveries import (
    FRESH,
    KEPT,
    Settled,
    claim,
    expire,
    held_until,
    is_any_due,
    returned,
    settle,
    try_again,
    unclaim,
    what_is_due,
)
from storage.people import Channel, Person
from storage.running import counted

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class Queue:
    """Persons 1, 2, 3; every announcement goes to those that are named."""

    session: AsyncSession

    async def person(self, number: int, language: str | None = "fr", **more: object) -> None:
        fields = {"channel_id": 70 + number, "language": language, "subscribed": True, **more}
        self.session.add(Person(id=PersonId(number), channel=Channel.TELEGRAM, **fields))
        await self.session.flush()

    async def announces(
        self,
        *people: int,
        kind: AnnouncementKind = AnnouncementKind.OPENING,
        at: datetime = NOW,
        words: tuple[str, ...] = ("ar", "fr"),
    ) -> int:
        row = Announcement(kind=kind, created_at=at)
        self.session.add(row)
        await self.session.flush()
        self.session.add_all(
            AnnouncementText(announcement_id=row.id, language=one, request={"text": one})
            for one in words
        )
        self.session.add_all(Delivery(announcement_id=row.id, person_id=one) for one in people)
        await self.session.flush()
        return row.id

    async def states(self) -> list[DeliveryState]:
        rows = await self.session.scalars(select(Delivery.state).order_by(Delivery.id))
        return list(rows)


@pytest.fixture
async def queue(database_url: str) -> AsyncIterator[Queue]:
    database = Database(database_url)
    async with database.unit_of_work() as session:
        yield Queue(session)
    await database.close()


async def test_the_oldest_leave_first_one_a_person_in_their_language(queue: Queue) -> None:
    for number, language in ((1, "fr"), (2, "ar"), (3, None)):
        await queue.person(number, language)
    await queue.announces(1, 2, 3)
    await queue.announces(1)

    due = await claim(queue.session, 8, [], NOW)
    rest = await claim(queue.session, 8, [PersonId(1)], NOW)

    assert [(one.chat_id, one.request) for one in due] == [
        (71, {"text": "fr"}),
        (72, {"text": "ar"}),
        (73, {"text": "ar"}),
    ]
    assert rest == []
    assert await queue.states() == [DeliveryState.CLAIMED] * 3 + [DeliveryState.WAITING]


async def test_no_more_than_asked_for_are_claimed(queue: Queue) -> None:
    for number in (1, 2, 3):
        await queue.person(number)
    await queue.announces(1, 2, 3)

    assert len(await claim(queue.session, 2, [], NOW)) == 2


@pytest.mark.parametrize(
    ("kind", "subscribed", "stopped_after", "state"),
    [
        (AnnouncementKind.OPENING, False, None, DeliveryState.STOPPED),
        (AnnouncementKind.OPENING, True, None, DeliveryState.CLAIMED),
        (AnnouncementKind.EXTENSION, False, 1, DeliveryState.STOPPED),
        (AnnouncementKind.EXTENSION, False, None, DeliveryState.CLAIMED),
        (AnnouncementKind.OUTCOME, False, 1, DeliveryState.STOPPED),
        (AnnouncementKind.OUTCOME, False, 0, DeliveryState.CLAIMED),
    ],
)
async def test_a_stop_holds_for_all_that_was_announced_before_it(
    queue: Queue,
    kind: AnnouncementKind,
    subscribed: bool,
    stopped_after: int | None,
    state: DeliveryState,
) -> None:
    await queue.person(1, subscribed=subscribed, stopped_after=stopped_after)
    await queue.announces(1, kind=kind)

    await claim(queue.session, 8, [], NOW)

    assert await queue.states() == [state]


async def test_nobody_is_tried_who_cannot_be_reached_until_they_return(queue: Queue) -> None:
    await queue.person(1)
    await queue.announces(1)
    later = await queue.announces(1)
    (due,) = await claim(queue.session, 1, [], NOW)

    await settle(queue.session, [Settled(due, DeliveryState.UNREACHABLE, error="403")], NOW)
    while_gone = await is_any_due(queue.session, NOW), await returned(queue.session, NOW)
    counts = await count_of(queue.session, later)
    (await queue.session.get_one(Person, 1, populate_existing=True)).unreachable_at = None
    await queue.session.flush()
    back = await returned(queue.session, NOW)
    too_late = await returned(queue.session, NOW + FRESH)
    await try_again(queue.session, back)

    assert while_gone == (False, [])
    assert counts == {DeliveryState.WAITING: 0, DeliveryState.UNREACHABLE: 1}
    assert (back, too_late) == ([due.id], [])
    assert await queue.states() == [DeliveryState.WAITING] * 2


async def test_what_was_held_back_waits_for_its_instant(queue: Queue) -> None:
    await queue.person(1)
    await queue.announces(1)
    (due,) = await claim(queue.session, 8, [], NOW)
    later = NOW + 5 * SECOND

    await settle(
        queue.session,
        [Settled(due, DeliveryState.WAITING, retry_at=later, error="429")],
        NOW,
    )

    assert not await is_any_due(queue.session, NOW)
    assert await held_until(queue.session, NOW) == later
    assert await is_any_due(queue.session, later)
    assert await held_until(queue.session, later) is None


async def test_a_chat_that_moved_is_followed(queue: Queue) -> None:
    await queue.person(1)
    await queue.person(2)
    await queue.announces(1, 2)
    first, second = await claim(queue.session, 8, [], NOW)

    await settle(
        queue.session,
        [
            Settled(first, DeliveryState.MOVED, error="400", moved_to=-100),
            Settled(second, DeliveryState.MOVED, error="400", moved_to=-100),
        ],
        NOW,
    )
    (again,) = await claim(queue.session, 8, [], NOW)

    assert again.chat_id == -100
    assert await queue.states() == [DeliveryState.CLAIMED, DeliveryState.MOVED]


async def test_what_nobody_has_in_hand_waits_again(queue: Queue) -> None:
    await queue.person(1)
    await queue.person(2)
    await queue.announces(1, 2)
    first, _ = await claim(queue.session, 8, [], NOW)

    count = await unclaim(queue.session, [first.id])

    assert count == 1
    assert await queue.states() == [DeliveryState.CLAIMED, DeliveryState.WAITING]


async def test_old_news_are_taken_back(queue: Queue) -> None:
    await queue.person(1)
    await queue.person(2, unreachable_at=NOW)
    await queue.announces(1, 2, at=NOW - FRESH)
    await queue.announces(1)

    await expire(queue.session, NOW)

    assert await queue.states() == [
        DeliveryState.FAILED,
        DeliveryState.UNREACHABLE,
        DeliveryState.WAITING,
    ]


async def test_an_outcome_waits_for_those_who_are_away_as_long_as_its_deliveries_are_kept(
    queue: Queue,
) -> None:
    await queue.person(1, unreachable_at=NOW)
    await queue.announces(1, kind=AnnouncementKind.OUTCOME)
    in_time, too_late = NOW + KEPT - SECOND, NOW + KEPT

    await expire(queue.session, in_time)
    (await queue.session.get_one(Person, 1)).unreachable_at = None
    await queue.session.flush()

    assert await is_any_due(queue.session, in_time)
    assert not await is_any_due(queue.session, too_late)
    (due,) = await claim(queue.session, 8, [], in_time)
    gone = Settled(due, DeliveryState.UNREACHABLE, error="403")
    await settle(queue.session, [gone], in_time)
    (await queue.session.get_one(Person, 1, populate_existing=True)).unreachable_at = None
    await queue.session.flush()
    assert await returned(queue.session, in_time) == [due.id]
    assert await returned(queue.session, too_late) == []


async def test_who_was_told_is_forgotten_and_how_many_is_kept(queue: Queue) -> None:
    await queue.person(1)
    await queue.person(2)
    old = await queue.announces(1, 2, at=NOW - KEPT)
    await queue.session.execute(text("UPDATE delivery SET state = 'sent'"))
    await queue.announces(1)

    await expire(queue.session, NOW)
    await queue.session.flush()

    assert await queue.states() == [DeliveryState.WAITING]
    assert await counted(queue.session, "announcement", old, "sent") == 2


@pytest.mark.only("sqlite", reason="PostgreSQL sees for itself that a partial index fits")
async def test_what_is_due_is_found_without_looking_at_all_that_has_left(queue: Queue) -> None:
    statement = what_is_due(NOW).order_by(Delivery.id).limit(8)
    values = {name: str(value) for name, value in statement.compile().params.items()}

    plan = await queue.session.execute(text(f"EXPLAIN QUERY PLAN {statement}"), values)

    assert next(iter(plan))[3] == "SCAN delivery USING INDEX ix_delivery_open"
