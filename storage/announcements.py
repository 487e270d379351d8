"""Announcements and one delivery per person; the mail loop sends them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import (
    BIG_ID,
    FROZEN_JSON,
    Base,
    ConsultationId,
    Glimpse,
    PersonId,
    by_value,
)
from storage.consultations import Consultation
from storage.people import Person


class AnnouncementKind(StrEnum):
    """What it tells; ``opening`` goes to subscribers, the others to those whom they concern."""

    OPENING = "opening"
    EXTENSION = "extension"
    CLOSING = "closing"
    """Closed before its last day: who began has to hear that a day is left."""
    OUTCOME = "outcome"


class Announcement(Base):
    """Something said to many, once."""

    __tablename__ = "announcement"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    kind: Mapped[AnnouncementKind] = mapped_column(by_value(AnnouncementKind))
    consultation_id: Mapped[ConsultationId | None] = mapped_column(ForeignKey(Consultation.id))
    created_by: Mapped[PersonId | None] = mapped_column(ForeignKey(Person.id))
    created_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    """When nobody was left to be told; whoever comes back is told later still."""


class AnnouncementText(Base):
    """What is sent in one language: the parameters of a ``sendMessage``, without the chat."""

    __tablename__ = "announcement_text"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    request: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)


class DeliveryState(StrEnum):
    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    """It may have arrived: sent once, without an answer. Never sent again."""
    STOPPED = "stopped"
    """The person said *stop* before it left."""


class Delivery(Base):
    """One announcement to one person.

    Neither when it left nor the message's number, which tells the same: whoever was told on coming
    back would have been here at that instant.
    """

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("person_id", "announcement_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), index=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    state: Mapped[DeliveryState] = mapped_column(
        by_value(DeliveryState), default=DeliveryState.WAITING
    )
    retry_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(120))


IS_OPEN = text("delivery.state IN ('waiting', 'claimed')")
HAS_FOUND_NOBODY = text("delivery.state = 'unreachable'")
"""Said beside any narrower condition: SQLite uses a partial index for its very words only."""

Index(
    "ix_delivery_open",
    Delivery.id,
    sqlite_where=text("state IN ('waiting', 'claimed')"),
    postgresql_where=text("state IN ('waiting', 'claimed')"),
)
Index(
    "ix_delivery_unreachable",
    Delivery.person_id,
    sqlite_where=text("state = 'unreachable'"),
    postgresql_where=text("state = 'unreachable'"),
)


async def newest(session: AsyncSession) -> int:
    """The number of the last announcement; 0 where there was none."""
    return await session.scalar(select(func.max(Announcement.id))) or 0


async def unfinished(session: AsyncSession) -> Sequence[Announcement]:
    """Those that are being told, oldest first."""
    rows = await session.scalars(
        select(Announcement).where(Announcement.told_at.is_(None)).order_by(Announcement.id)
    )
    return rows.all()


async def count_of(session: AsyncSession, announcement_id: int) -> dict[DeliveryState, int]:
    """How many of its deliveries are in each state; those that wait for somebody who is gone
    count as unreachable."""
    rows = await session.execute(
        select(Delivery.state, func.count())
        .where(Delivery.announcement_id == announcement_id)
        .group_by(Delivery.state)
    )
    counts: dict[DeliveryState, int] = dict(rows.all())
    gone = await session.scalar(
        select(func.count())
        .select_from(Delivery)
        .join(Person, Person.id == Delivery.person_id)
        .where(
            IS_OPEN,
            Delivery.state == DeliveryState.WAITING,
            Delivery.announcement_id == announcement_id,
            Person.unreachable_at.is_not(None),
        )
    )
    if gone:
        counts[DeliveryState.WAITING] = max(0, counts.get(DeliveryState.WAITING, 0) - gone)
        counts[DeliveryState.UNREACHABLE] = counts.get(DeliveryState.UNREACHABLE, 0) + gone
    return counts


async def latest(session: AsyncSession, limit: int) -> list[Glimpse]:
    """The newest deliveries, newest first; a delivery is as old as its announcement."""
    rows = await session.execute(
        select(Delivery.id, Delivery.state, Announcement.created_at)
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .order_by(Delivery.id.desc())
        .limit(limit)
    )
    return [Glimpse(number, "announcement", state, at) for number, state, at in rows]


async def count_by_state(session: AsyncSession) -> dict[DeliveryState, int]:
    """How many deliveries are in each state; states without rows are absent."""
    rows = await session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    return dict(rows.all())
