"""Being the only one to do something, for a while; a fence keeps out whoever was it before."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import insert_ignoring
from storage.running import Lease

ASLEEP_SECONDS = 3


async def take(
    session: AsyncSession,
    name: str,
    holder: str,
    lasts: timedelta,
    now: datetime,
    *,
    at_once: bool = False,
) -> int | None:
    """Take the lease and return its fence; None while somebody else holds it.

    ``at_once``: whoever held it is known to be gone. On PostgreSQL the server's clock counts and
    not ``now``: machines disagree about the time.
    """
    now = await _now(session, now)
    held_until = await session.scalar(select(Lease.expires_at).where(Lease.name == name))
    if held_until is not None and held_until > now and not at_once:
        return None  # seen without waiting for the holder's own transactions
    if held_until is None:
        row = {"name": name, "holder": "", "fence": 0, "expires_at": now}
        await session.execute(insert_ignoring(session, Lease), [row])
    lease = await _locked(session, name)
    if lease.expires_at > now and not at_once:
        return None
    lease.holder, lease.fence, lease.expires_at = holder, lease.fence + 1, now + lasts
    return lease.fence


async def renew(
    session: AsyncSession, name: str, fence: int, lasts: timedelta, now: datetime
) -> bool:
    """Whether the lease is still ours, held until the caller's transaction ends; prolongs it."""
    lease = await _locked(session, name)
    if lease.fence != fence:
        return False
    lease.expires_at = await _now(session, now) + lasts
    return True


async def give_back(session: AsyncSession, name: str, fence: int, now: datetime) -> None:
    """Let somebody else take it at once, if it is still ours."""
    lease = await _locked(session, name)
    if lease.fence == fence:
        lease.expires_at = await _now(session, now)


async def is_held(session: AsyncSession, name: str, now: datetime) -> bool:
    """Whether somebody holds it."""
    until = await session.scalar(select(Lease.expires_at).where(Lease.name == name))
    return until is not None and until > await _now(session, now)


async def _locked(session: AsyncSession, name: str) -> Lease:
    """The row, which stays locked until the transaction ends.

    The server ends it for a process that falls asleep inside it: the others wait for the row.
    """
    if _is_shared(session):
        await session.execute(
            text(f"SET LOCAL idle_in_transaction_session_timeout = '{ASLEEP_SECONDS}s'")
        )
    statement = select(Lease).where(Lease.name == name).with_for_update()
    return (await session.scalars(statement, execution_options={"populate_existing": True})).one()


async def _now(session: AsyncSession, now: datetime) -> datetime:
    if not _is_shared(session):
        return now
    told: datetime = await session.scalar(select(func.clock_timestamp())) or now
    return told


def _is_shared(session: AsyncSession) -> bool:
    """Whether the database is a server that several machines use."""
    return session.get_bind().dialect.name == "postgresql"
