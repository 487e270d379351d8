"""What was heard in a consultation and what the commune answers, theme by theme."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, undefer

from storage.base import BIG_ID, FROZEN_JSON, Base, ConsultationId, PersonId, Texts, by_value


class Verdict(StrEnum):
    """What the commune does with a theme."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"


class FileKind(StrEnum):
    DOCUMENT = "document"
    VOICE = "voice"


class ReportBack(Base):
    """One consultation's published report; a correction is a new version of it."""

    __tablename__ = "report_back"

    consultation_id: Mapped[ConsultationId] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    written_by: Mapped[PersonId] = mapped_column(ForeignKey("person.id"))
    """Who published the newest version; the audit knows the others."""
    published_at: Mapped[datetime]
    corrected_at: Mapped[datetime | None]
    note: Mapped[Texts | None] = mapped_column(FROZEN_JSON)
    """What the newest correction changed."""


class ThemeRow(Base):
    """What was heard on one theme, and the answer; an empty text is not written yet."""

    __tablename__ = "theme"

    consultation_id: Mapped[ConsultationId] = mapped_column(
        ForeignKey("consultation.id"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    heard: Mapped[Texts] = mapped_column(FROZEN_JSON)
    verdict: Mapped[Verdict] = mapped_column(by_value(Verdict))
    reason: Mapped[Texts] = mapped_column(FROZEN_JSON)


class ReportFile(Base):
    """A file or a voice message that says the report in one language.

    ``file_id`` is the name under which this ``bot_id`` sends it again; ``content`` is kept by a
    job, for a bot of another name.
    """

    __tablename__ = "report_file"
    __table_args__ = (UniqueConstraint("consultation_id", "language"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[FileKind] = mapped_column(by_value(FileKind))
    file_id: Mapped[str]
    bot_id: Mapped[int] = mapped_column(BIG_ID)
    file_name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)


async def reported(session: AsyncSession) -> frozenset[ConsultationId]:
    """The consultations whose report is published."""
    return frozenset(await session.scalars(select(ReportBack.consultation_id)))


async def themes_of(session: AsyncSession, consultation_id: ConsultationId) -> Sequence[ThemeRow]:
    """A report's themes in their order."""
    return (
        await session.scalars(
            select(ThemeRow)
            .where(ThemeRow.consultation_id == consultation_id)
            .order_by(ThemeRow.position)
        )
    ).all()


async def files_of(session: AsyncSession, consultation_id: ConsultationId) -> Sequence[ReportFile]:
    """A report's files, without their content."""
    return (
        await session.scalars(
            select(ReportFile)
            .where(ReportFile.consultation_id == consultation_id)
            .order_by(ReportFile.language)
        )
    ).all()


async def report_file(session: AsyncSession, number: int) -> ReportFile | None:
    """One file with its content."""
    return await session.scalar(
        select(ReportFile).where(ReportFile.id == number).options(undefer(ReportFile.content))
    )


async def clear_themes(session: AsyncSession, consultation_id: ConsultationId) -> None:
    """Make room for the themes of a new version."""
    await session.execute(
        delete(ThemeRow)
        .where(ThemeRow.consultation_id == consultation_id)
        .execution_options(synchronize_session="fetch")
    )
