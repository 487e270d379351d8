"""Replies that are saved and not yet known to have arrived, and the messages that slots name."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, Base, ConsultationId, Glimpse, by_value
from storage.database import upsert


class OutboxState(StrEnum):
    WAITING = "waiting"
    FAILED = "failed"
    """Telegram refused it for good."""
    UNCERTAIN = "uncertain"
    """Sent twice without an outcome."""


class Outbox(Base):
    """One Bot API request as it will be posted, sealed. It goes when it is known to have arrived.

    The chat is sealed too: a backup would tell who was answering at that very moment.
    ``edits`` names the slot whose message the request changes, ``fills`` the slot that its new
    message takes.
    """

    __tablename__ = "outbox"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (SQLAlchemy's way)
    # A number must not come again once its reply has gone: senders remember it for a while.

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    chat: Mapped[bytes | None] = mapped_column(LargeBinary)
    partition: Mapped[int] = mapped_column(SmallInteger)
    method: Mapped[str] = mapped_column(String(40))
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    edits: Mapped[str | None] = mapped_column(String(40))
    fills: Mapped[str | None] = mapped_column(String(40))
    lasting: Mapped[bool] = mapped_column(default=False)
    """Says what stands nowhere else: it is sent however old it has become."""
    about: Mapped[ConsultationId | None]
    """The consultation whose questions or answers its message shows: it leaves a trace."""
    state: Mapped[OutboxState] = mapped_column(
        by_value(OutboxState), default=OutboxState.WAITING, index=True
    )
    created_at: Mapped[datetime]
    error: Mapped[str | None] = mapped_column(String(120))
    """Telegram's error code, or the exception's class; never its text."""


class Shown(Base):
    """Which message of a chat stands in a slot (``question``); only senders write it.

    Telegram numbers a bot's messages in one sequence, so the number is sealed: readable, it would
    tell the hour of each person's last question.
    """

    __tablename__ = "shown"

    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    slot: Mapped[str] = mapped_column(String(40), primary_key=True)
    message: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True, slots=True)
class Reply:
    """A request that waits to be sent; ``payload`` is sealed."""

    id: int
    chat_id: int | None
    method: str
    payload: bytes
    edits: str | None
    fills: str | None
    created_at: datetime
    lasting: bool = False
    about: ConsultationId | None = None


async def put(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> Sequence[int]:
    """Insert requests, given as columns; their numbers, in the same order.

    On the table, not the class: the ORM's bulk insert costs three times as much. SQLite numbers
    the rows of one statement in their order, but SQLAlchemy, asked for that order, would insert
    them one by one.
    """
    table = cast(Table, Outbox.__table__)
    in_order = session.get_bind().dialect.name != "sqlite"
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=in_order)
    ids = (await session.scalars(statement, list(rows))).all()
    return ids if in_order else sorted(ids)


async def waiting_replies(
    session: AsyncSession, after: int, limit: int, chat_of: Callable[[bytes], int | None]
) -> list[Reply]:
    """Replies without an outcome whose id is greater than ``after``, in order.

    ``chat_of`` opens a sealed chat.
    """
    rows = await session.execute(
        select(
            Outbox.id,
            Outbox.chat,
            Outbox.method,
            Outbox.payload,
            Outbox.edits,
            Outbox.fills,
            Outbox.created_at,
            Outbox.lasting,
            Outbox.about,
        )
        .where(Outbox.state == OutboxState.WAITING, Outbox.id > after)
        .order_by(Outbox.id)
        .limit(limit)
    )
    return [
        Reply(
            number,
            None if chat is None else chat_of(chat),
            method,
            payload or b"",
            edits,
            fills,
            created_at,
            lasting,
            about,
        )
        for number, chat, method, payload, edits, fills, created_at, lasting, about in rows
    ]


async def forget(session: AsyncSession, ids: Collection[int]) -> None:
    """Remove replies that have arrived, or that will not be sent."""
    if ids:
        await session.execute(
            delete(Outbox).where(Outbox.id.in_(ids)).execution_options(synchronize_session=False)
        )


async def set_aside(
    session: AsyncSession, failures: Sequence[tuple[int, OutboxState, str]]
) -> None:
    """Keep ``(id, state, error)`` of replies that failed; words and chat are erased at once."""
    for reply_id, state, error in failures:
        await session.execute(
            update(Outbox)
            .where(Outbox.id == reply_id)
            .values(
                state=state,
                error=error[:120],
                payload=None,
                chat=None,
                about=None,
                partition=0,
            )
            .execution_options(synchronize_session=False)
        )


async def show(session: AsyncSession, messages: Collection[tuple[int, str, bytes]]) -> None:
    """Remember ``(chat_id, slot, sealed message_id)``, the newest message of each slot."""
    if messages:
        newest = {(chat, slot): message for chat, slot, message in messages}
        await session.execute(
            upsert(session, Shown.__table__, ("chat_id", "slot"), ("message",)),
            [
                {"chat_id": chat, "slot": slot, "message": message}
                for (chat, slot), message in newest.items()
            ],
        )


async def shown_in(session: AsyncSession, chat_id: int, slot: str) -> bytes | None:
    """The sealed number of the message that stands in a slot, if any."""
    return await session.scalar(
        select(Shown.message).where(Shown.chat_id == chat_id, Shown.slot == slot)
    )


async def expire_failures(session: AsyncSession, before: datetime) -> None:
    """Forget replies that failed before an instant."""
    await session.execute(
        delete(Outbox).where(Outbox.state != OutboxState.WAITING, Outbox.created_at < before)
    )


async def count_by_state(session: AsyncSession) -> dict[OutboxState, int]:
    """How many rows are in each state; states without rows are absent."""
    rows = await session.execute(select(Outbox.state, func.count()).group_by(Outbox.state))
    return dict(rows.all())


async def latest(session: AsyncSession, limit: int) -> list[Glimpse]:
    """The newest replies that are still here, newest first."""
    rows = await session.execute(
        select(Outbox.id, Outbox.method, Outbox.state, Outbox.created_at)
        .order_by(Outbox.id.desc())
        .limit(limit)
    )
    return [Glimpse(*row) for row in rows]
