"""The newest rows of the queues, without people and words."""

from datetime import UTC, datetime, timedelta

from storage import announcements, inbox, outbox
from storage.announcements import Announcement, AnnouncementKind, Delivery, DeliveryState
from storage.base import Glimpse, PersonId
from storage.database import Database
from storage.inbox import InboxState, Received
from storage.outbox import OutboxState
from storage.people import Channel, Person

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_the_inbox_shows_its_newest_rows_first(database_url: str) -> None:
    database = Database(database_url)
    received = [Received(1, number, 0, "message", b"sealed") for number in (1, 2, 3)]

    async with database.unit_of_work() as session:
        await inbox.store(session, received, NOW)
        await inbox.close(session, [3], InboxState.DONE)
    async with database.reading() as session:
        rows = await inbox.latest(session, 2)
    await database.close()

    assert rows == [Glimpse(3, "message", "done", NOW), Glimpse(2, "message", "waiting", NOW)]


async def test_the_outbox_shows_what_has_not_arrived(database_url: str) -> None:
    database = Database(database_url)
    reply = {"partition": 0, "method": "sendMessage", "payload": b"sealed", "created_at": NOW}

    async with database.unit_of_work() as session:
        first, second, third = await outbox.put(
            session, [reply | {"state": OutboxState.WAITING}] * 3
        )
        await outbox.forget(session, [second])
    async with database.reading() as session:
        rows = await outbox.latest(session, 12)
    await database.close()

    assert rows == [Glimpse(one, "sendMessage", "waiting", NOW) for one in (third, first)]


async def test_requests_are_numbered_in_their_order(database_url: str) -> None:
    database = Database(database_url)
    reply = {"partition": 0, "method": "sendMessage", "created_at": NOW}
    rows = [reply | {"payload": str(number).encode()} for number in range(2_500)]

    async with database.unit_of_work() as session:
        early = await outbox.put(session, rows[:3])
        await outbox.forget(session, early[1:])
        numbers = [early[0], *await outbox.put(session, rows[3:])]
    async with database.reading() as session:
        waiting = await outbox.waiting_replies(session, 0, 5_000, lambda _: None)
    await database.close()

    kept = [row["payload"] for row in (rows[0], *rows[3:])]
    assert [(one.id, one.payload) for one in waiting] == list(zip(numbers, kept, strict=True))


def _announced(number: int, at: datetime) -> Announcement:
    return Announcement(id=number, kind=AnnouncementKind.OPENING, created_at=at)


async def test_deliveries_are_as_old_as_their_announcement(database_url: str) -> None:
    database = Database(database_url)
    later = NOW + timedelta(hours=1)

    async with database.unit_of_work() as session:
        session.add(Person(id=PersonId(1), channel=Channel.TELEGRAM, channel_id=7, language="ar"))
        session.add_all([_announced(1, NOW), _announced(2, later)])
        await session.flush()
        session.add_all(
            [
                Delivery(id=1, announcement_id=1, person_id=1, state=DeliveryState.SENT),
                Delivery(id=2, announcement_id=2, person_id=1, state=DeliveryState.WAITING),
            ]
        )
    async with database.reading() as session:
        rows = await announcements.latest(session, 12)
        counts = await announcements.count_by_state(session)
    await database.close()

    assert rows == [
        Glimpse(2, "announcement", "waiting", later),
        Glimpse(1, "announcement", "sent", NOW),
    ]
    assert counts == {DeliveryState.SENT: 1, DeliveryState.WAITING: 1}
