"""Messages to a human of the commune, and what was answered; all of it sealed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, Base, PersonId, by_value


class Ending(StrEnum):
    """How a message was dealt with."""

    ANSWERED = "answered"
    NOTHING_ASKED = "nothing_asked"
    """Advertising, insults: closed without an answer."""
    BY_PHONE = "by_phone"
    """Closed without an answer here: it was given by telephone or at the counter."""


class HelpRequest(Base):
    """One message that a person left, until it is erased.

    The person is sealed like the words: readable beside the instant, a backup would tell on which
    day somebody was here, and a slow day has one answer.
    """

    __tablename__ = "help_request"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (a number never comes again)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    person: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime]
    words: Mapped[bytes] = mapped_column(LargeBinary)
    follows: Mapped[int | None] = mapped_column(BIG_ID, unique=True)
    """The message after whose answer the person wrote again; it may be erased by now."""
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    ending: Mapped[Ending | None] = mapped_column(by_value(Ending))
    erase_at: Mapped[datetime | None] = mapped_column(index=True)


async def waiting_requests(session: AsyncSession) -> Sequence[HelpRequest]:
    """Those that nobody has dealt with, the oldest first."""
    return (
        await session.scalars(
            select(HelpRequest).where(HelpRequest.answered_at.is_(None)).order_by(HelpRequest.id)
        )
    ).all()


async def ended_requests(session: AsyncSession, limit: int) -> Sequence[HelpRequest]:
    """Those that were dealt with and are not erased yet, the newest first."""
    return (
        await session.scalars(
            select(HelpRequest)
            .where(HelpRequest.answered_at.is_not(None))
            .order_by(HelpRequest.answered_at.desc(), HelpRequest.id.desc())
            .limit(limit)
        )
    ).all()


async def ended_since(session: AsyncSession, since: datetime) -> Sequence[HelpRequest]:
    """Those that were dealt with at an instant or later, the oldest first."""
    return (
        await session.scalars(
            select(HelpRequest)
            .where(HelpRequest.answered_at >= since)
            .order_by(HelpRequest.answered_at, HelpRequest.id)
        )
    ).all()


async def is_followed(session: AsyncSession, request_id: int) -> bool:
    """Whether the person has written again after the answer to this one."""
    statement = select(HelpRequest.id).where(HelpRequest.follows == request_id)
    return await session.scalar(statement) is not None


async def count_waiting(session: AsyncSession) -> tuple[int, datetime | None]:
    """How many wait, and since when the oldest does."""
    found = await session.execute(
        select(func.count(), func.min(HelpRequest.asked_at)).where(
            HelpRequest.answered_at.is_(None)
        )
    )
    count, oldest = found.one()
    return int(count), oldest


async def erase_help(session: AsyncSession, now: datetime) -> None:
    """Forget messages and answers whose time has come."""
    await session.execute(
        delete(HelpRequest)
        .where(HelpRequest.erase_at <= now)
        .execution_options(synchronize_session=False)
    )
