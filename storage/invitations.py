"""Links and codes by which somebody asks for a role; who knocks is admitted by the issuer."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, Base, PersonId, by_value
from storage.people import Role


class Decision(StrEnum):
    """What became of an invitation; it is worth nothing any more."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Taken back before anybody used it."""


class Invitation(Base):
    """A single-use token that lets somebody ask for a role, or take it where nobody issued it.

    Only the token's SHA-256 is kept. ``issued_by`` None: the operator, who has the machine;
    whoever enters such a code is admitted at once.
    """

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(by_value(Role))
    issued_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    knocked_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    knocked_as: Mapped[str | None] = mapped_column(String(130))
    """The name that the account of the one who knocks says; erased with the decision."""
    knocked_username: Mapped[str | None] = mapped_column(String(40))
    """That account's own @name, if it has one; erased with the decision."""
    knocked_at: Mapped[datetime | None]
    decision: Mapped[Decision | None] = mapped_column(by_value(Decision))
    decided_at: Mapped[datetime | None]


class WrongCode(Base):
    """A start-up code that was wrong. ``guesser`` is a keyed hash: nobody reads who it was."""

    __tablename__ = "wrong_code"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    guesser: Mapped[bytes] = mapped_column(LargeBinary(32))
    guessed_at: Mapped[datetime]


Index("ix_wrong_code_guesser", WrongCode.guesser)


async def invitation_with(session: AsyncSession, token_hash: str) -> Invitation | None:
    """The invitation of a token, held by nobody."""
    found = await session.scalars(select(Invitation).where(Invitation.token_hash == token_hash))
    return found.one_or_none()


async def held_invitation(session: AsyncSession, number: int) -> Invitation | None:
    """An invitation as it is now, held for the rest of the unit of work."""
    return await session.get(Invitation, number, with_for_update=True, populate_existing=True)


async def open_invitations(session: AsyncSession, now: datetime) -> Sequence[Invitation]:
    """Those of staff that can still be used or decided, the newest first."""
    rows = await session.scalars(
        select(Invitation)
        .where(
            Invitation.issued_by.is_not(None),
            Invitation.decision.is_(None),
            Invitation.knocked_by.is_not(None) | (Invitation.expires_at > now),
        )
        .order_by(Invitation.id.desc())
    )
    return rows.all()


async def unused_invitations_of(session: AsyncSession, issuer: PersonId) -> Sequence[Invitation]:
    """Those that a member of staff has issued and nobody has used."""
    rows = await session.scalars(
        select(Invitation)
        .where(
            Invitation.issued_by == issuer,
            Invitation.decision.is_(None),
            Invitation.knocked_by.is_(None),
        )
        .with_for_update()
    )
    return rows.all()


async def has_way_in(session: AsyncSession, now: datetime) -> bool:
    """Whether the operator has given out a code or link for an administrator that still works."""
    found = await session.scalar(
        select(Invitation.id).where(
            Invitation.issued_by.is_(None),
            Invitation.role == Role.ADMINISTRATOR,
            Invitation.decision.is_(None),
            Invitation.expires_at > now,
        )
    )
    return found is not None


async def count_wrong_codes(session: AsyncSession, guesser: bytes, since: datetime) -> int:
    """How often somebody has been wrong lately."""
    counted = await session.scalar(
        select(func.count())
        .select_from(WrongCode)
        .where(WrongCode.guesser == guesser, WrongCode.guessed_at > since)
    )
    return int(counted or 0)


async def forget_wrong_codes(session: AsyncSession, before: datetime) -> None:
    await session.execute(delete(WrongCode).where(WrongCode.guessed_at <= before))
