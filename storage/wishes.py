"""Who wishes to hear what became of a consultation; nothing leads from here to an answer."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, ConsultationId, PersonId


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
