"""Jobs, leases and tallies: what the loops keep for themselves."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, FROZEN_JSON, Base, by_value


class JobState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """Work for the clerk. Its payload names consultations and steps, never a submission."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    state: Mapped[JobState] = mapped_column(by_value(JobState), default=JobState.WAITING)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    dedupe_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    error: Mapped[str | None] = mapped_column(String(200))


_waiting = Job.state == JobState.WAITING
Index("ix_job_due", Job.due_at, sqlite_where=_waiting, postgresql_where=_waiting)


class Lease(Base):
    """Who alone may do something, until when; ``fence`` grows with every change of holder."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    fence: Mapped[int] = mapped_column(BigInteger)
    expires_at: Mapped[datetime]


JOBS = "jobs"
"""Set in a session's ``info`` once it has posted one: whoever commits it wakes the clerk."""


async def post_job(
    session: AsyncSession, kind: str, payload: dict[str, Any], due_at: datetime
) -> int:
    """Give the clerk something to do once the caller has committed; the job's number."""
    job = Job(kind=kind, payload=payload, due_at=due_at)
    session.add(job)
    await session.flush()
    session.info[JOBS] = True
    return job.id


async def is_waiting(session: AsyncSession, kind: str, payload: Mapping[str, Any]) -> bool:
    """Whether the very same is to be done already."""
    waiting = await session.scalars(
        select(Job.payload).where(Job.kind == kind, Job.state == JobState.WAITING)
    )
    return any(one == payload for one in waiting)


async def due_at_of(session: AsyncSession, dedupe_key: str) -> datetime | None:
    """When the job of this key is, or was, due."""
    due_at: datetime | None = await session.scalar(
        select(Job.due_at).where(Job.dedupe_key == dedupe_key)
    )
    return due_at


async def waiting_job(session: AsyncSession, number: int) -> Job | None:
    """The job, held for the rest of the unit of work; None once somebody has done it."""
    job = await session.get(Job, number, with_for_update=True)
    return job if job is not None and job.state is JobState.WAITING else None


async def failed_jobs(session: AsyncSession, since: datetime) -> int:
    """How many jobs were given up since then."""
    count = select(func.count()).where(Job.state == JobState.FAILED, Job.due_at >= since)
    return int(await session.scalar(count) or 0)


BACKUP_MADE, HEARD = "backup:made", "receiver:heard"
"""Leases that nobody holds: they say when something was last so."""


async def remember(session: AsyncSession, name: str, at: datetime) -> None:
    """Note when something was last so."""
    row = await session.get(Lease, name)
    if row is None:
        session.add(Lease(name=name, holder="", fence=0, expires_at=at))
    else:
        row.expires_at = at


async def remembered(session: AsyncSession, name: str) -> datetime | None:
    """When something was last so; None: never."""
    at: datetime | None = await session.scalar(select(Lease.expires_at).where(Lease.name == name))
    return at


JUMP = timedelta(days=60)
"""A clock that is so far from where it was last seen is not believed at once."""
BELIEVED_AFTER = timedelta(days=1)
_SEEN, _SINCE = "clock:seen", "clock:since"


async def clock_is_steady(session: AsyncSession, now: datetime) -> bool:
    """Whether the clock has not jumped lately; remembers where it stands.

    What cannot be undone waits for it: a machine that starts in a wrong year is believed only
    after a day, in which somebody may notice.
    """
    held = {
        row.name: row
        for row in await session.scalars(select(Lease).where(Lease.name.in_((_SEEN, _SINCE))))
    }
    seen, since = held.get(_SEEN), held.get(_SINCE)
    if seen is None or since is None:
        session.add(Lease(name=_SEEN, holder="", fence=0, expires_at=now))
        session.add(Lease(name=_SINCE, holder="", fence=0, expires_at=now - BELIEVED_AFTER))
        return True
    if abs(now - seen.expires_at) > JUMP:
        since.expires_at = now
    seen.expires_at = now
    return now - since.expires_at >= BELIEVED_AFTER


class Tally(Base):
    """An appended count; the sum of a subject's rows is its public count."""

    __tablename__ = "tally"
    __table_args__ = (Index("ix_tally_subject_what", "subject", "subject_id", "what"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    subject: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[int] = mapped_column(BigInteger)
    what: Mapped[str] = mapped_column(String(20))
    count: Mapped[int] = mapped_column(Integer)
    counted_on: Mapped[date]


async def counted(session: AsyncSession, subject: str, subject_id: int, what: str) -> int:
    """The sum of a subject's tallies."""
    total = await session.scalar(
        select(func.coalesce(func.sum(Tally.count), 0)).where(
            Tally.subject == subject, Tally.subject_id == subject_id, Tally.what == what
        )
    )
    return int(total or 0)


async def all_counted(session: AsyncSession, subject: str, subject_id: int) -> dict[str, int]:
    """The sums of everything that is counted of a subject; what was never counted is absent."""
    rows = await session.execute(
        select(Tally.what, func.sum(Tally.count))
        .where(Tally.subject == subject, Tally.subject_id == subject_id)
        .group_by(Tally.what)
    )
    return {what: int(total) for what, total in rows}


async def compact_tallies(session: AsyncSession) -> None:
    """Replace the rows of each subject, kind and day by one row with their sum."""
    groups = await session.execute(
        select(
            Tally.subject,
            Tally.subject_id,
            Tally.what,
            Tally.counted_on,
            func.sum(Tally.count),
            func.max(Tally.id),
        )
        .group_by(Tally.subject, Tally.subject_id, Tally.what, Tally.counted_on)
        .having(func.count() > 1)
    )
    for subject, subject_id, what, day, total, newest in groups.all():
        await session.execute(
            delete(Tally).where(
                Tally.subject == subject,
                Tally.subject_id == subject_id,
                Tally.what == what,
                Tally.counted_on == day,
                Tally.id <= newest,
            )
        )
        session.add(
            Tally(
                subject=subject, subject_id=subject_id, what=what, counted_on=day, count=int(total)
            )
        )
