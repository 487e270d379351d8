"""Who wishes to hear what became of a consultation; nothing leads from here to an answer."""

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, ConsultationId, PersonId
from storage.database import insert_ignoring


class OutcomeWish(Base):
    """One person wishes to be told one outcome. Neither instant nor day: see ``Consent``."""

    __tablename__ = "outcome_wish"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    person_id: Mapped[PersonId] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    consultation_id: Mapped[ConsultationId] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, autoincrement=False
    )


async def keep_wish(
    session: AsyncSession, person_id: PersonId, consultation_id: ConsultationId
) -> bool:
    """Write the wish; False where it stood already."""
    wish = {"person_id": person_id, "consultation_id": consultation_id}
    kept = await session.execute(
        insert_ignoring(session, OutcomeWish).returning(OutcomeWish.person_id), wish
    )
    return kept.first() is not None


async def drop_wish(
    session: AsyncSession, person_id: PersonId, consultation_id: ConsultationId
) -> None:
    """Take the wish back; nothing where there is none."""
    await session.execute(
        delete(OutcomeWish)
        .where(OutcomeWish.person_id == person_id, OutcomeWish.consultation_id == consultation_id)
        .execution_options(synchronize_session=False)
    )


async def wishes_of(session: AsyncSession, person_id: PersonId) -> frozenset[ConsultationId]:
    """The consultations whose outcome a person wishes to hear, or has heard."""
    rows = await session.scalars(
        select(OutcomeWish.consultation_id).where(OutcomeWish.person_id == person_id)
    )
    return frozenset(rows)


async def drop_wishes(session: AsyncSession, person_id: PersonId) -> None:
    """Take every wish of a person back."""
    await session.execute(
        delete(OutcomeWish)
        .where(OutcomeWish.person_id == person_id)
        .execution_options(synchronize_session=False)
    )
