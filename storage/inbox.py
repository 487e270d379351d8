"""Everything that happened to the bot, stored before it is confirmed, in order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, Base, Glimpse, by_value
from storage.database import insert_ignoring
from storage.people import Channel

PARTITIONS = 64


class InboxState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    UNKNOWN = "unknown"
    """An update type that we do not know: counted and closed."""
    PARKED = "parked"


class Inbox(Base):
    """One raw update, or one event of our own. Payloads are sealed, and erased when done.

    What remains of a done row is its number: no person, no partition.
    """

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("bot_id", "update_id"),)

    seq: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    bot_id: Mapped[int] = mapped_column(BigInteger)
    update_id: Mapped[int | None] = mapped_column(BigInteger)
    """Telegram's number; None for an event of our own."""
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    partition: Mapped[int | None] = mapped_column(SmallInteger)
    kind: Mapped[str] = mapped_column(String(40))
    """The update's type (``message``, ``callback_query``) or ``event``."""
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[InboxState] = mapped_column(by_value(InboxState), default=InboxState.WAITING)
    received_at: Mapped[datetime]
    reference: Mapped[str | None] = mapped_column(String(16))
    """What the citizen was told to quote, on parked rows."""
    error: Mapped[str | None] = mapped_column(String(200))
    """Exception class, field path and code location; never its text, which quotes people."""


_waiting = Inbox.state == InboxState.WAITING
Index("ix_inbox_waiting", Inbox.seq, sqlite_where=_waiting, postgresql_where=_waiting)


@dataclass(frozen=True, slots=True)
class Received:
    """A raw update ready to be stored; ``payload`` is sealed."""

    bot_id: int
    update_id: int | None
    partition: int
    kind: str
    payload: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that the worker has read; ``payload`` is still sealed."""

    seq: int
    update_id: int | None
    kind: str
    payload: bytes


async def store(session: AsyncSession, received: Sequence[Received], now: datetime) -> None:
    """Insert updates in the given order; those already known are ignored."""
    rows = [
        {
            "bot_id": one.bot_id,
            "update_id": one.update_id,
            "channel": Channel.TELEGRAM,
            "partition": one.partition,
            "kind": one.kind,
            "payload": one.payload,
            "state": InboxState.WAITING,
            "received_at": now,
        }
        for one in received
    ]
    await session.execute(insert_ignoring(session, Inbox.__table__), rows)


async def post_events(session: AsyncSession, events: Sequence[Received], now: datetime) -> None:
    """Insert events of our own (``update_id`` None) behind what already waits."""
    if events:
        await session.execute(
            insert(Inbox),
            [
                {
                    "bot_id": event.bot_id,
                    "channel": Channel.TELEGRAM,
                    "partition": event.partition,
                    "kind": event.kind,
                    "payload": event.payload,
                    "state": InboxState.WAITING,
                    "received_at": now,
                }
                for event in events
            ],
        )


async def waiting(session: AsyncSession, partitions: Collection[int], limit: int) -> list[Waiting]:
    """The oldest waiting rows of the partitions, in sequence order."""
    statement = (
        select(Inbox.seq, Inbox.update_id, Inbox.kind, Inbox.payload)
        .where(Inbox.state == InboxState.WAITING)
        .order_by(Inbox.seq)
        .limit(limit)
    )
    if len(partitions) < PARTITIONS:
        statement = statement.where(Inbox.partition.in_(partitions))
    rows = await session.execute(statement)
    return [Waiting(seq, number, kind, payload or b"") for seq, number, kind, payload in rows]


async def waiting_among(
    session: AsyncSession, partitions: Collection[int], seqs: Collection[int]
) -> set[int]:
    """Those of the rows that wait and belong to the partitions."""
    statement = select(Inbox.seq).where(Inbox.state == InboxState.WAITING, Inbox.seq.in_(seqs))
    if len(partitions) < PARTITIONS:
        statement = statement.where(Inbox.partition.in_(partitions))
    return set(await session.scalars(statement))


async def close(session: AsyncSession, seqs: Collection[int], state: InboxState) -> None:
    """Mark exactly these rows and erase what they held."""
    if seqs:
        await session.execute(
            update(Inbox)
            .where(Inbox.seq.in_(seqs))
            .values(state=state, payload=None, partition=None)
            .execution_options(synchronize_session=False)
        )


async def park(session: AsyncSession, seq: int, reference: str, error: str) -> None:
    """Set an update aside that failed alone; its sealed payload stays until it expires."""
    await session.execute(
        update(Inbox)
        .where(Inbox.seq == seq)
        .values(state=InboxState.PARKED, partition=None, reference=reference, error=error[:200])
        .execution_options(synchronize_session=False)
    )


async def expire(session: AsyncSession, before: datetime) -> None:
    """Forget closed rows received before an instant, and erase what parked ones still hold."""
    closed = (InboxState.DONE, InboxState.UNKNOWN)
    await session.execute(delete(Inbox).where(Inbox.state.in_(closed), Inbox.received_at < before))
    await session.execute(
        update(Inbox)
        .where(
            Inbox.state == InboxState.PARKED,
            Inbox.received_at < before,
            Inbox.payload.is_not(None),
        )
        .values(payload=None)
        .execution_options(synchronize_session=False)
    )


async def count_by_state(session: AsyncSession) -> dict[InboxState, int]:
    """How many rows are in each state; states without rows are absent."""
    rows = await session.execute(select(Inbox.state, func.count()).group_by(Inbox.state))
    return dict(rows.all())


async def latest(session: AsyncSession, limit: int) -> list[Glimpse]:
    """The newest rows, newest first."""
    rows = await session.execute(
        select(Inbox.seq, Inbox.kind, Inbox.state, Inbox.received_at)
        .order_by(Inbox.seq.desc())
        .limit(limit)
    )
    return [Glimpse(*row) for row in rows]
