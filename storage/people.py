"""People as a channel knows them, what they agreed to, and the roles they hold."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, Base, PersonId, by_value


def new_person_id() -> PersonId:
    """A random number below 2**53: numbers in sequence would tell who came on which day."""
    return PersonId(secrets.randbelow(2**53 - 1) + 1)


class Channel(StrEnum):
    TELEGRAM = "telegram"


class Person(Base):
    """One account on one channel. No name and no phone number is kept."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("channel", "channel_id"),)

    id: Mapped[PersonId] = mapped_column(
        BIG_ID, primary_key=True, autoincrement=False, default=new_person_id
    )
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    channel_id: Mapped[int] = mapped_column(BigInteger)
    language: Mapped[str | None]
    """``ar`` or ``fr`` once it is known; None while the person has not been asked."""
    subscribed: Mapped[bool] = mapped_column(default=False)
    unreachable_at: Mapped[datetime | None]
    stopped_after: Mapped[int | None] = mapped_column(BigInteger)
    """The newest announcement when the person last said *stop*, 0 where there was none; None
    once they have subscribed again. No instant: it would tell when they were here."""


SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands where the row must say that something was, and the day must not be told."""


class Purpose(StrEnum):
    CONSULTATION = "consultation"
    ANNOUNCEMENTS = "announcements"


class Consent(Base):
    """What a person agreed to, and in which words.

    Neither the instant nor the day is kept: a slow day would tie the person to the one answer of
    that day, and announcements are asked for right after answering. For a consultation its window
    bounds the time. ``withdrawn_at`` says that it was withdrawn, not when: ``SOME_TIME``.
    """

    __tablename__ = "consent"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(by_value(Purpose), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, default=0)
    """The consultation's id, or 0 where the purpose needs none."""
    text_version: Mapped[int] = mapped_column(SmallInteger)
    language: Mapped[str]
    given_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]
    seats: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Among how many places of a shared phone the account's answers have to be looked for, sealed:
    readable, it would tie the one shared phone to the one answer that says it came from one. None:
    one place, or the consultation is sealed."""


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    OFFICER = "officer"
    ANALYST = "analyst"


class RoleGrant(Base):
    """A role given to a person, until it is withdrawn; a person holds one at a time.

    Staff are known by name: whoever issues a role has to see whom it went to.
    """

    __tablename__ = "role_grant"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    person_id: Mapped[PersonId] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(by_value(Role))
    name: Mapped[str] = mapped_column(String(130))
    """What the account said of itself when it asked."""
    granted_at: Mapped[datetime]
    granted_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))


_held = RoleGrant.withdrawn_at.is_(None)
Index(
    "uq_role_grant_held",
    RoleGrant.person_id,
    unique=True,
    sqlite_where=_held,
    postgresql_where=_held,
)


async def people_for(session: AsyncSession, channel_ids: Collection[int]) -> dict[int, Person]:
    """The persons behind a batch's updates, in one statement; strangers are absent."""
    rows = await session.scalars(
        select(Person).where(
            Person.channel == Channel.TELEGRAM, Person.channel_id.in_(channel_ids)
        )
    )
    return {person.channel_id: person for person in rows}


async def consents_of(
    session: AsyncSession, person_ids: Collection[PersonId]
) -> dict[tuple[PersonId, Purpose, int], Consent]:
    """Every consent of a batch's people, in one statement."""
    rows = await session.scalars(select(Consent).where(Consent.person_id.in_(person_ids)))
    return {(row.person_id, row.purpose, row.subject_id): row for row in rows}


async def roles_of(
    session: AsyncSession, person_ids: Collection[PersonId], *, hold: bool = False
) -> dict[PersonId, Role]:
    """The role that each of a batch's people holds now; citizens are absent.

    With ``hold`` they stay as they are until the caller's transaction ends.
    """
    statement = select(RoleGrant.person_id, RoleGrant.role).where(
        RoleGrant.person_id.in_(person_ids), _held
    )
    if hold:
        statement = statement.with_for_update(read=True)
    return dict((await session.execute(statement)).all())


async def held_grants(session: AsyncSession) -> Sequence[RoleGrant]:
    """Every role that is held, as it is now, the oldest first."""
    rows = await session.scalars(
        select(RoleGrant)
        .where(_held)
        .order_by(RoleGrant.id)
        .execution_options(populate_existing=True)
    )
    return rows.all()


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff who can be reached, with their language where it is known."""

    chat_id: int
    language: str | None
    role: Role


async def colleagues(session: AsyncSession) -> Sequence[Colleague]:
    """Everybody who holds a role and can be reached."""
    rows = await session.execute(
        select(Person.channel_id, Person.language, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(_held, Person.unreachable_at.is_(None))
        .order_by(RoleGrant.id)
    )
    return [Colleague(*row) for row in rows]


async def chats_of(session: AsyncSession, roles: Collection[Role]) -> Sequence[int]:
    """The chats of those who hold one of these roles and can be reached."""
    return [one.chat_id for one in await colleagues(session) if one.role in roles]


async def count_administrators(session: AsyncSession) -> int:
    """How many hold the role, whether they can be reached or not."""
    count = select(func.count()).where(_held, RoleGrant.role == Role.ADMINISTRATOR)
    return int(await session.scalar(count) or 0)


async def mark_unreachable(session: AsyncSession, since: Mapping[int, datetime]) -> None:
    """Remember that Telegram refuses to deliver to these people (403), until they come back.

    ``since``, by channel id, is when the first thing was said that did not arrive.
    """
    for channel_id, at in sorted(since.items()):  # all hold rows in one order
        await session.execute(
            update(Person)
            .where(
                Person.channel == Channel.TELEGRAM,
                Person.channel_id == channel_id,
                or_(Person.unreachable_at.is_(None), Person.unreachable_at > at),
            )
            .values(unreachable_at=at)
            .execution_options(synchronize_session=False)
        )
