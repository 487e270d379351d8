"""What administrators are told is wrong: once when it begins, once when it is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import String, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import FROZEN_JSON, Base

AT_MOST_EVERY = timedelta(hours=1)
"""An alarm that comes and goes is not told each time."""


class AlarmKind(StrEnum):
    DISK = "disk"
    PARKED = "parked"
    JOBS = "jobs"
    REPLIES = "replies"
    CLOCK = "clock"
    KEY_FILE = "key_file"
    BACKUP = "backup"
    DATABASE = "database"
    INPUT_LOST = "input_lost"
    TOKEN = "token"  # noqa: S105  (a name)
    SECOND_RECEIVER = "second_receiver"


PASSED = frozenset(
    {AlarmKind.DATABASE, AlarmKind.INPUT_LOST, AlarmKind.TOKEN, AlarmKind.SECOND_RECEIVER}
)
"""What can only be told when it is over."""


class Alarm(Base):
    """The last time that something of this kind was wrong."""

    __tablename__ = "alarm"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    raised_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    """When administrators were last told of it."""
    untold: Mapped[bool]
    """Whether they do not know yet how it stands."""
    told_wrong: Mapped[bool]
    """Whether what they were told last is that it is wrong."""
    detail: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    """Numbers and instants, never anybody's words."""


async def see(
    session: AsyncSession, kind: AlarmKind, now: datetime, detail: dict[str, Any] | None
) -> bool:
    """Note how one thing stands, ``detail`` where it is wrong; whether it has just become so."""
    row = await session.get(Alarm, kind.value)
    stands = row is not None and row.cleared_at is None
    if detail is not None and not stands:
        await _raise(session, row, kind, now, detail, cleared_at=None)
        return True
    if row is not None and detail is None and stands:
        row.cleared_at = now
        row.untold = row.told_wrong  # who never heard of it is told nothing
        await session.flush()
    elif row is not None and detail is not None:
        row.detail = detail
    return False


async def note_passed(
    session: AsyncSession, kind: AlarmKind, since: datetime, until: datetime
) -> None:
    """Note what was wrong for a while; while it waits to be told, the first beginning counts."""
    row = await session.get(Alarm, kind.value)
    begun = row.detail["since"] if row is not None and row.untold else since.isoformat()
    detail = {"since": begun, "until": until.isoformat()}
    await _raise(session, row, kind, since, detail, cleared_at=until)


async def _raise(
    session: AsyncSession,
    row: Alarm | None,
    kind: AlarmKind,
    at: datetime,
    detail: dict[str, Any],
    *,
    cleared_at: datetime | None,
) -> None:
    if row is None:
        row = Alarm(name=kind.value, told_at=None, told_wrong=False)
        session.add(row)
    row.raised_at, row.cleared_at, row.detail = at, cleared_at, detail
    row.untold = not row.told_wrong  # who was told, and not that it was over, knows it still
    await session.flush()


async def to_be_told(session: AsyncSession, now: datetime) -> Sequence[Alarm]:
    """Those that administrators do not know yet and may be told of now."""
    long_ago = or_(Alarm.told_at.is_(None), Alarm.told_at <= now - AT_MOST_EVERY)
    found = await session.scalars(select(Alarm).where(Alarm.untold, long_ago).order_by(Alarm.name))
    return found.all()


async def standing(session: AsyncSession) -> Sequence[Alarm]:
    """Those that are not over."""
    found = await session.scalars(
        select(Alarm).where(Alarm.cleared_at.is_(None)).order_by(Alarm.name)
    )
    return found.all()
