"""The queue of deliveries: claimed in small batches, settled, expired; mail alone claims."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.announcements import (
    HAS_FOUND_NOBODY,
    IS_OPEN,
    Announcement,
    AnnouncementKind,
    AnnouncementText,
    Delivery,
    DeliveryState,
)
from storage.base import ConsultationId, PersonId
from storage.people import Channel, Person
from storage.running import Tally

FRESH = timedelta(days=7)
"""An older announcement is told to nobody any more, an outcome excepted."""
KEPT = timedelta(days=90)
"""So long it can be read who was told, afterwards only how many were; and so long an outcome waits
for those who are away: they wished it by name."""
SEEN_AT_ONCE = 64
FORGOTTEN_AT_ONCE = 2_000
EXPIRED = "expired"

Request = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that is to leave now; ``request`` None: there is nothing to say."""

    id: int
    person_id: PersonId
    chat_id: int
    request: Request | None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one."""

    due: Due
    state: DeliveryState
    retry_at: datetime | None = None
    error: str = ""
    moved_to: int | None = None


_is_stopped = or_(
    Person.stopped_after >= Announcement.id,
    and_(Announcement.kind == AnnouncementKind.OPENING, Person.subscribed.is_(False)),
)
"""Looked at when it is about to leave, whatever was true when it was announced."""


async def is_any_due(session: AsyncSession, now: datetime) -> bool:
    """Whether ``claim`` would find something."""
    return (await session.execute(what_is_due(now).limit(1))).first() is not None


async def claim(
    session: AsyncSession, limit: int, resting: Collection[PersonId], now: datetime
) -> list[Due]:
    """Claim the oldest that are due, one a person, none of those who are ``resting``."""
    awake = what_is_due(now).where(Delivery.person_id.not_in(resting))
    numbers = (await session.scalars(awake.order_by(Delivery.id).limit(SEEN_AT_ONCE))).all()
    rows = await _with_persons(session, numbers)
    await _set(session, [row.id for row in rows if row.stopped], DeliveryState.STOPPED)
    first = {row.person_id: row for row in reversed(rows) if not row.stopped}
    chosen = sorted(first.values(), key=lambda row: row.id)[:limit]
    await _set(session, [row.id for row in chosen], DeliveryState.CLAIMED)
    return await _with_requests(session, chosen)


async def settle(session: AsyncSession, outcomes: Sequence[Settled], now: datetime) -> None:
    """Write what became of claimed deliveries."""
    for one in outcomes:
        values = {
            "state": one.state,
            "retry_at": one.retry_at,
            "error": one.error[:120] or None,
        }
        if one.moved_to is not None and await _moves(session, one.due.person_id, one.moved_to):
            values["state"] = DeliveryState.WAITING
        await session.execute(
            update(Delivery)
            .where(Delivery.id == one.due.id, Delivery.state == DeliveryState.CLAIMED)
            .values(values)
            .execution_options(synchronize_session=False)
        )
    gone = [one.due.person_id for one in outcomes if one.state is DeliveryState.UNREACHABLE]
    if gone:
        await session.execute(
            update(Person)
            .where(Person.id.in_(gone), Person.unreachable_at.is_(None))
            .values(unreachable_at=now)
            .execution_options(synchronize_session=False)
        )


async def unclaim(session: AsyncSession, besides: Collection[int] = ()) -> int:
    """What was claimed and is in nobody's hand waits again; how many."""
    done = await session.execute(
        update(Delivery)
        .where(IS_OPEN, Delivery.state == DeliveryState.CLAIMED, Delivery.id.not_in(besides))
        .values(state=DeliveryState.WAITING)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(done, "rowcount", 0))


async def returned(session: AsyncSession, now: datetime) -> Sequence[int]:
    """Deliveries that found nobody, and whose person has come back in time."""
    rows = await session.scalars(
        select(Delivery.id)
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(
            HAS_FOUND_NOBODY,
            Person.unreachable_at.is_(None),
            _is_fresh(now),
        )
        .limit(1_000)
    )
    return rows.all()


async def try_again(session: AsyncSession, ids: Collection[int]) -> None:
    """Have deliveries wait again."""
    await _set(session, ids, DeliveryState.WAITING)


async def replace_outcome(session: AsyncSession, consultation_id: ConsultationId, by: int) -> None:
    """Let nobody hear an outcome any more who will hear its correction ``by`` instead."""
    earlier = select(Announcement.id).where(
        Announcement.kind == AnnouncementKind.OUTCOME,
        Announcement.consultation_id == consultation_id,
        Announcement.id != by,
    )
    for state in (IS_OPEN, HAS_FOUND_NOBODY):
        await session.execute(
            delete(Delivery)
            .where(
                state,
                Delivery.state != DeliveryState.CLAIMED,
                Delivery.announcement_id.in_(earlier),
            )
            .execution_options(synchronize_session=False)
        )


async def held_until(session: AsyncSession, now: datetime) -> datetime | None:
    """Until when mail waits for Telegram, as far as rows tell: that outlives a process."""
    found: datetime | None = await session.scalar(
        select(func.max(Delivery.retry_at)).where(
            IS_OPEN,
            Delivery.state == DeliveryState.WAITING,
            Delivery.retry_at > now,
        )
    )
    return found


async def count_recent(
    session: AsyncSession, now: datetime
) -> dict[tuple[DeliveryState, str], int]:
    """How many deliveries of fresh announcements are in each state, by error."""
    rows = await session.execute(
        select(Delivery.state, Delivery.error, func.count())
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .where(Announcement.created_at > now - FRESH)
        .group_by(Delivery.state, Delivery.error)
    )
    return {(state, error or ""): count for state, error, count in rows}


async def expire(session: AsyncSession, now: datetime) -> None:
    """Take back what is old news, and forget who was told what, with the counts kept."""
    old = select(Announcement.id).where(
        Announcement.id == Delivery.announcement_id, not_(_is_fresh(now))
    )
    gone = select(Person.id).where(
        Person.id == Delivery.person_id, Person.unreachable_at.is_not(None)
    )
    waits = (IS_OPEN, Delivery.state == DeliveryState.WAITING, old.exists())
    for state, among in (
        (DeliveryState.UNREACHABLE, (*waits, gone.exists())),
        (DeliveryState.FAILED, waits),
    ):
        await session.execute(
            update(Delivery)
            .where(*among)
            .values(state=state, error=EXPIRED)
            .execution_options(synchronize_session=False)
        )
    await _forget(session, now)


async def _forget(session: AsyncSession, now: datetime) -> None:
    rows = await session.execute(
        select(Delivery.id, Delivery.announcement_id, Delivery.state)
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .where(Announcement.created_at <= now - KEPT)
        .limit(FORGOTTEN_AT_ONCE)
    )
    ids, counts = list[int](), dict[tuple[int, DeliveryState], int]()
    for number, announcement_id, state in rows:
        ids.append(number)
        counts[announcement_id, state] = counts.get((announcement_id, state), 0) + 1
    session.add_all(
        Tally(
            subject="announcement",
            subject_id=announcement_id,
            what=state.value,
            count=count,
            counted_on=now.date(),
        )
        for (announcement_id, state), count in counts.items()
    )
    if ids:
        await session.execute(
            delete(Delivery)
            .where(Delivery.id.in_(ids))
            .execution_options(synchronize_session=False)
        )


def what_is_due(now: datetime) -> Select[int]:
    """The numbers of deliveries that may leave now.

    Not joined, so that each database goes along the few that are open and stops early: SQLite
    would rather begin with all persons.
    """
    reachable = select(Person.id).where(
        Person.id == Delivery.person_id,
        Person.unreachable_at.is_(None),
        Person.channel == Channel.TELEGRAM,
    )
    fresh = select(Announcement.id).where(
        Announcement.id == Delivery.announcement_id, _is_fresh(now)
    )
    return select(Delivery.id).where(
        IS_OPEN,
        Delivery.state == DeliveryState.WAITING,
        _is_time(now),
        reachable.exists(),
        fresh.exists(),
    )


def _is_fresh(now: datetime) -> ColumnElement[bool]:
    """Whether an announcement is still told to whoever has not heard it."""
    lasts = and_(
        Announcement.kind == AnnouncementKind.OUTCOME, Announcement.created_at > now - KEPT
    )
    return or_(Announcement.created_at > now - FRESH, lasts)


def _is_time(now: datetime) -> ColumnElement[bool]:
    return or_(Delivery.retry_at.is_(None), Delivery.retry_at <= now)


async def _with_persons(
    session: AsyncSession, numbers: Collection[int]
) -> Sequence[Row[*tuple[Any, ...]]]:
    rows = await session.execute(
        select(
            Delivery.id,
            Delivery.person_id,
            Delivery.announcement_id,
            Person.channel_id,
            Person.language,
            _is_stopped.label("stopped"),
        )
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .join(Person, Person.id == Delivery.person_id)
        .where(Delivery.id.in_(numbers))
        .order_by(Delivery.id)
    )
    return rows.all()


async def _with_requests(
    session: AsyncSession, rows: Sequence[Row[*tuple[Any, ...]]]
) -> list[Due]:
    """Each person's language, else the first of the announcement."""
    announced = {row.announcement_id for row in rows}
    texts: dict[int, dict[str, Request]] = {}
    for text in await session.scalars(
        select(AnnouncementText)
        .where(AnnouncementText.announcement_id.in_(announced))
        .order_by(AnnouncementText.language)
    ):
        texts.setdefault(text.announcement_id, {})[text.language] = text.request
    due = []
    for row in rows:
        said = texts.get(row.announcement_id, {})
        request = said.get(row.language or "") or next(iter(said.values()), None)
        due.append(Due(row.id, row.person_id, row.channel_id, request))
    return due


async def _set(session: AsyncSession, ids: Collection[int], state: DeliveryState) -> None:
    if ids:
        await session.execute(
            update(Delivery)
            .where(Delivery.id.in_(ids))
            .values(state=state, retry_at=None)
            .execution_options(synchronize_session=False)
        )


async def _moves(session: AsyncSession, person_id: PersonId, chat_id: int) -> bool:
    """Follow a chat to its new number; False where somebody is known by that already."""
    taken = select(Person.id).where(
        Person.channel == Channel.TELEGRAM, Person.channel_id == chat_id
    )
    if await session.scalar(taken) is not None:
        return False
    await session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(channel_id=chat_id)
        .execution_options(synchronize_session=False)
    )
    return True
