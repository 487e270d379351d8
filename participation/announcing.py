"""Telling many people the same thing: who hears it is a set, written in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementText,
    Delivery,
    DeliveryState,
    count_of,
)
from storage.base import ConsultationId, PersonId
from storage.people import Consent, Person, Purpose
from storage.wishes import OutcomeWish


class Audience(StrEnum):
    """Who is told. Whoever cannot be reached is among those alone who wished for it."""

    SUBSCRIBERS = "subscribers"
    """Those who asked for announcements."""
    PARTICIPANTS = "participants"
    """Those who began this consultation, finished or not: which of them, nobody can tell.

    Whoever has said *stop* is not among them: they never asked to be written to.
    """
    WISHERS = "wishers"
    """Those who wished to hear this consultation's outcome.

    Whoever has blocked the bot is told on coming back, within months: it was promised to them.
    """


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced, and to how many."""

    announcement_id: int
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """How far an announcement is, in persons."""

    total: int
    sent: int
    unreachable: int
    """They blocked the bot or left, and are told if they come back in time."""
    stopped: int
    """They said *stop* before it left."""
    failed: int
    """Telegram refused it."""
    uncertain: int
    """It may not have arrived."""
    waiting: int

    @property
    def is_over(self) -> bool:
        """Whether nobody is left to be told."""
        return self.waiting == 0


async def told_so_far(session: AsyncSession, announcement: Announcement) -> Told:
    """What became of an announcement until now."""
    count = await count_of(session, announcement.id)
    return Told(
        total=sum(count.values()),
        sent=count.get(DeliveryState.SENT, 0),
        unreachable=count.get(DeliveryState.UNREACHABLE, 0),
        stopped=count.get(DeliveryState.STOPPED, 0),
        failed=count.get(DeliveryState.FAILED, 0) + count.get(DeliveryState.MOVED, 0),
        uncertain=count.get(DeliveryState.UNCERTAIN, 0),
        waiting=count.get(DeliveryState.WAITING, 0) + count.get(DeliveryState.CLAIMED, 0),
    )


async def audience_size(
    session: AsyncSession, audience: Audience, consultation_id: ConsultationId | None = None
) -> int:
    """How many would be told now."""
    counting = select(func.count()).select_from(Person)
    size = await session.scalar(counting.where(*_among(audience, consultation_id)))
    return int(size or 0)


async def announce(
    session: AsyncSession,
    kind: AnnouncementKind,
    requests: Mapping[str, dict[str, Any]],
    audience: Audience,
    *,
    consultation_id: ConsultationId | None,
    created_by: PersonId | None,
    now: datetime,
) -> Announced:
    """Have it told in each person's language; the mail loop sends what is written here.

    ``requests`` are, by language, the parameters of a ``sendMessage`` without the chat.
    """
    row = Announcement(
        kind=kind, consultation_id=consultation_id, created_by=created_by, created_at=now
    )
    session.add(row)
    await session.flush()
    session.add_all(
        AnnouncementText(announcement_id=row.id, language=language, request=request)
        for language, request in requests.items()
    )
    await session.flush()
    people = (
        select(literal(row.id), Person.id, literal(DeliveryState.WAITING.value))
        .where(*_among(audience, consultation_id))
        .order_by(Person.id)  # random: as they lie, deliveries would be numbered as people came
    )
    told = await session.execute(
        insert(Delivery).from_select(["announcement_id", "person_id", "state"], people)
    )
    return Announced(row.id, int(getattr(told, "rowcount", 0)))


def _among(
    audience: Audience, consultation_id: ConsultationId | None
) -> tuple[ColumnElement[bool], ...]:
    reachable = Person.unreachable_at.is_(None)
    match audience:
        case Audience.SUBSCRIBERS:
            return reachable, Person.subscribed.is_(True)
        case Audience.PARTICIPANTS:
            began = select(Consent.person_id).where(
                Consent.purpose == Purpose.CONSULTATION,
                Consent.subject_id == consultation_id,
                Consent.withdrawn_at.is_(None),
            )
            return reachable, Person.stopped_after.is_(None), Person.id.in_(began)
        case Audience.WISHERS:
            wished = select(OutcomeWish.person_id).where(
                OutcomeWish.consultation_id == consultation_id
            )
            return (Person.id.in_(wished),)
