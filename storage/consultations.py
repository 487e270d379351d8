"""Consultations and their window."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import (
    BIG_ID,
    FROZEN_JSON,
    Base,
    ConsultationId,
    FormVersionId,
    PersonId,
    Texts,
    by_value,
)


class Mode(StrEnum):
    """What ties an answer to the person who gave it; chosen before opening, never changed."""

    ANONYMOUS = "anonymous"
    """Nothing once it is sealed, and until then a key that lies outside the database."""
    PSEUDONYMOUS = "pseudonymous"
    """A number that is the same wherever this person answers under it; never a name."""
    IDENTIFIED = "identified"
    """The person: questions may ask for a name, and staff may write back."""


class ConsultationState(StrEnum):
    """Whether it is open follows from the window; sealed is final."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SEALING = "sealing"
    """Its answers are being cut from their authors: nobody reads or writes them meanwhile."""
    SEALED = "sealed"


UNLINKED = frozenset({ConsultationState.SEALING, ConsultationState.SEALED})
"""No answer is tied to a person any more, or not for long."""


class Consultation(Base):
    """One question that the commune puts to its people, for a time.

    The window is kept as days in the commune's time zone, the last day included; the instants are
    derived from them.
    """

    __tablename__ = "consultation"
    __table_args__ = (CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),)

    id: Mapped[ConsultationId] = mapped_column(BIG_ID, primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[Texts] = mapped_column(FROZEN_JSON)
    stake: Mapped[Texts] = mapped_column(FROZEN_JSON)
    contact: Mapped[Texts | None] = mapped_column(FROZEN_JSON)
    mode: Mapped[Mode] = mapped_column(by_value(Mode))
    state: Mapped[ConsultationState] = mapped_column(by_value(ConsultationState))
    form_version_id: Mapped[FormVersionId] = mapped_column(ForeignKey("form_version.id"))
    key_id: Mapped[str] = mapped_column(String(32), unique=True)
    """Names the consultation's secret key in the key file; the key itself is never in a row."""
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    """The first instant at which it is closed: midnight after the last day."""
    seal_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]
    extended_from: Mapped[date | None]
    """The last day as it was before the one extension."""
    short_reason: Mapped[str | None]
    """Why the window has fewer days than good practice asks for."""
    window_days: Mapped[int | None] = mapped_column(default=21)
    """Of a draft: for how many days it opens, from its opening on; None: until ``closes_on``."""
    early_reason: Mapped[str | None]
    """Why it was closed before its last day; None: it was not."""
    created_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    """None: loaded by the operator from a directory."""
    created_at: Mapped[datetime | None]


async def published_consultations(
    session: AsyncSession, *, lock: bool = False
) -> Sequence[Consultation]:
    """Every consultation that people can see, in the order of ids.

    With ``lock`` they stay as they are until the caller's transaction ends (PostgreSQL:
    ``FOR SHARE``; SQLite has one writer).
    """
    statement = (
        select(Consultation)
        .where(Consultation.state != ConsultationState.DRAFT)
        .order_by(Consultation.id)
    )
    if lock:
        statement = statement.with_for_update(read=True)
    return (await session.scalars(statement)).all()


async def all_consultations(session: AsyncSession) -> Sequence[Consultation]:
    """Drafts first, then the newest."""
    is_draft = Consultation.state == ConsultationState.DRAFT
    rows = await session.scalars(
        select(Consultation).order_by(
            is_draft.desc(), Consultation.opens_on.desc(), Consultation.id.desc()
        )
    )
    return rows.all()


async def consultation_named(session: AsyncSession, slug: str) -> Consultation | None:
    """The one that has this short name."""
    found: Consultation | None = await session.scalar(
        select(Consultation).where(Consultation.slug == slug)
    )
    return found


async def all_slugs(session: AsyncSession) -> Sequence[str]:
    """The short names of all, in their order."""
    return (await session.scalars(select(Consultation.slug).order_by(Consultation.slug))).all()


async def consultations_named(
    session: AsyncSession, slugs: Collection[str]
) -> Sequence[Consultation]:
    """Those of these short names, held until the unit of work ends."""
    return (
        await session.scalars(
            select(Consultation)
            .where(Consultation.slug.in_(slugs))
            .order_by(Consultation.id)
            .with_for_update()
        )
    ).all()


async def consultation_of_key(session: AsyncSession, key_id: str) -> ConsultationId | None:
    """The consultation whose secret key has this name."""
    found: ConsultationId | None = await session.scalar(
        select(Consultation.id).where(Consultation.key_id == key_id)
    )
    return found


async def draft_asking(
    session: AsyncSession, version_id: FormVersionId, author: PersonId
) -> ConsultationId | None:
    """The newest draft of somebody's that asks this version of a form."""
    found: ConsultationId | None = await session.scalar(
        select(Consultation.id)
        .where(
            Consultation.form_version_id == version_id,
            Consultation.created_by == author,
            Consultation.state == ConsultationState.DRAFT,
        )
        .order_by(Consultation.id.desc())
        .limit(1)
    )
    return found


async def slugs_beginning(session: AsyncSession, base: str) -> set[str]:
    """The short names that are taken already, of those that begin so."""
    return set(
        await session.scalars(select(Consultation.slug).where(Consultation.slug.startswith(base)))
    )
