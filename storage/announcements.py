"""Announcements and one delivery per person; the mail loop sends them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, func, select
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
    consultation_id: Mapped[ConsultationId | None] = mapped_column(ForeignKey("consultation.id"))
    created_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


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


class Delivery(Base):
    """One announcement to one person."""

    __tablename__ = "delivery"
    __table_args__ = (UniqueConstraint("person_id", "announcement_id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcement.id"), index=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    state: Mapped[DeliveryState] = mapped_column(
        by_value(DeliveryState), default=DeliveryState.WAITING
    )
    retry_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None] = mapped_column(String(120))


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
