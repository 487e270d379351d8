"""Telling many people the same thing, and how far that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.announcements import (
    Announcement,
    AnnouncementKind,
    AnnouncementText,
    DeliveryState,
    count_of,
)
from storage.audiences import Audience, deliver
from storage.base import ConsultationId, PersonId


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
    return Announced(row.id, await deliver(session, row.id, audience, consultation_id))
