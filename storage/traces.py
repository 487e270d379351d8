"""Where answers stand in chats, so that they can be hidden at a person's wish; sealed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, LargeBinary, SmallInteger, Table, Uuid, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, ConsultationId
from storage.consultations import Consultation, ConsultationState

PARTITIONS = 1024
"""Among so many a chat's traces are looked for: a few hundred rows are opened, not all."""


class Trace(Base):
    """One message with a question or an answer in it. Gone once its consultation is sealed.

    Chat, number and instant are sealed, all of one length; the partition is keyed and the id
    random, so that a backup does not tell whose it is, nor which came first.
    """

    __tablename__ = "trace"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(Uuid(), primary_key=True, default=uuid4)
    partition: Mapped[int] = mapped_column(SmallInteger, index=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    message: Mapped[bytes] = mapped_column(LargeBinary)


async def keep_traces(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert traces, given as columns without their ids, in one statement."""
    if rows:
        table = cast(Table, Trace.__table__)
        await session.execute(insert(table), [{"id": uuid4(), **row} for row in rows])


async def traces_in(
    session: AsyncSession, partition: int, consultation_id: ConsultationId
) -> Sequence[tuple[UUID, bytes]]:
    """Id and sealed message of every trace among which a chat's own are."""
    rows = await session.execute(
        select(Trace.id, Trace.message).where(
            Trace.partition == partition, Trace.consultation_id == consultation_id
        )
    )
    return [(number, message) for number, message in rows]


async def forget_traces(session: AsyncSession, ids: Collection[UUID]) -> None:
    """Remove traces of messages that have been hidden."""
    if ids:
        await session.execute(
            delete(Trace).where(Trace.id.in_(ids)).execution_options(synchronize_session=False)
        )


async def forget_traces_of(session: AsyncSession, consultation_id: ConsultationId) -> None:
    """Remove every trace of a consultation."""
    await session.execute(
        delete(Trace)
        .where(Trace.consultation_id == consultation_id)
        .execution_options(synchronize_session=False)
    )


async def expire_traces(session: AsyncSession) -> None:
    """Remove those that came too late for the sealing of their consultation."""
    sealed = select(Consultation.id).where(Consultation.state == ConsultationState.SEALED)
    await session.execute(
        delete(Trace)
        .where(Trace.consultation_id.in_(sealed))
        .execution_options(synchronize_session=False)
    )
