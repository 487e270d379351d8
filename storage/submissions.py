"""What people answered, under a key that only the key file can tie to a person."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    event,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from storage.base import (
    FROZEN_JSON,
    Base,
    ConsultationId,
    FormVersionId,
    PersonId,
    SubmissionId,
    by_value,
)


class SubmissionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


class Submission(Base):
    """One questionnaire's answers. No person, no instant, no order: days and random ids only.

    ``respondent_key`` is HMAC-SHA256 of channel, channel id and seat under the consultation's
    key; sealing replaces it by random bytes.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("consultation_id", "respondent_key"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[SubmissionId] = mapped_column(primary_key=True, default=uuid4)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    form_version_id: Mapped[FormVersionId] = mapped_column(ForeignKey("form_version.id"))
    respondent_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    seat: Mapped[int] = mapped_column(SmallInteger, default=0)
    """0 for the phone's owner; others who answer on a shared phone have 1 and up."""
    state: Mapped[SubmissionState] = mapped_column(by_value(SubmissionState))
    language: Mapped[str] = mapped_column(String(8))
    answers: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    """By ODK path; None for a question that was passed over."""
    asked: Mapped[str | None]
    """The path of the question that is being asked; None: the review."""
    choosing: Mapped[list[str] | None] = mapped_column(FROZEN_JSON)
    """The choices ticked so far of a select_multiple that is not done."""
    submitted_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    """Never in an anonymous consultation."""
    pseudonym: Mapped[str | None] = mapped_column(String(16))
    """In a pseudonymous consultation only."""
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    """In an identified consultation only."""
    receipt_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """SHA-256 of the receipt code, which only the citizen has (60 random bits)."""


WRITTEN_TOGETHER = ("answers", "asked", "choosing", "state", "submitted_on", "receipt_hash")


@event.listens_for(Submission, "before_update")
def _write_together(_mapper: object, _connection: object, submission: Submission) -> None:
    """Let every row change the same columns: a batch's answers are then one statement."""
    for name in WRITTEN_TOGETHER:
        flag_modified(submission, name)


async def submissions_for(
    session: AsyncSession, respondent_keys: Collection[bytes]
) -> dict[bytes, Submission]:
    """The submissions of a batch's people, in one statement."""
    rows = await session.scalars(
        select(Submission).where(Submission.respondent_key.in_(respondent_keys))
    )
    return {row.respondent_key: row for row in rows}
