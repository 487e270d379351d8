"""Who hears an announcement: a set, counted or written as deliveries in one statement."""

from enum import StrEnum

from sqlalchemy import ColumnElement, func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.announcements import Delivery, DeliveryState
from storage.base import ConsultationId
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


async def audience_size(
    session: AsyncSession, audience: Audience, consultation_id: ConsultationId | None = None
) -> int:
    """How many would be told now."""
    counting = select(func.count()).select_from(Person)
    size = await session.scalar(counting.where(*_among(audience, consultation_id)))
    return int(size or 0)


async def deliver(
    session: AsyncSession,
    announcement_id: int,
    audience: Audience,
    consultation_id: ConsultationId | None,
) -> int:
    """One delivery for each; how many they are."""
    people = (
        select(literal(announcement_id), Person.id, literal(DeliveryState.WAITING.value))
        .where(*_among(audience, consultation_id))
        .order_by(Person.id)  # random: as they lie, deliveries would be numbered as people came
    )
    told = await session.execute(
        insert(Delivery).from_select(["announcement_id", "person_id", "state"], people)
    )
    return int(getattr(told, "rowcount", 0))


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
