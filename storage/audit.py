"""What staff and operators did; rows are appended only, and chained by the clock."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    String,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, FROZEN_JSON, Base, PersonId

BEFORE_THE_FIRST = bytes(32)
"""What the first entry is chained to."""

_LOCK_NOT_AVAILABLE = "55P03"


class AuditEntry(Base):
    """One act. ``link`` is SHA-256 over the previous link and this row, set once committed.

    A trigger refuses to delete a row or to change anything but an unset link.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[PersonId | None] = mapped_column(ForeignKey("person.id"))
    """None: the operator, from the command line."""
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    link: Mapped[bytes | None] = mapped_column(LargeBinary(32))


_unchained = AuditEntry.link.is_(None)
Index(
    "ix_audit_entry_unchained",
    AuditEntry.id,
    sqlite_where=_unchained,
    postgresql_where=_unchained,
)
_content = (
    AuditEntry.id,
    AuditEntry.at,
    AuditEntry.person_id,
    AuditEntry.act,
    AuditEntry.subject,
    AuditEntry.details,
)


def append(
    session: AsyncSession,
    *,
    at: datetime,
    act: str,
    subject: str | None,
    details: dict[str, Any],
    person_id: PersonId | None = None,
) -> None:
    """Note an act in the caller's unit of work (``consultation.seal``, ``consultation:7``).

    ``details`` hold names, ids and counts; never what a citizen wrote.
    """
    session.add(AuditEntry(at=at, act=act, subject=subject, details=details, person_id=person_id))


async def chain_entries(session: AsyncSession) -> int:
    """Link the committed entries that have no link yet, in the order of ids; how many.

    On PostgreSQL an id can be committed after a greater one, and a chain in the order of ids
    would then have to be cut open. So the table is locked against writers until the caller's
    transaction ends: whoever has an id already has committed it. The lock is not waited for:
    while somebody is writing, the next tick comes soon enough.
    """
    if await session.scalar(select(AuditEntry.id).where(_unchained).limit(1)) is None:
        return 0
    if session.get_bind().dialect.name == "postgresql" and not await _lock(session):
        return 0
    previous = await _newest_link(session)
    rows = (
        await session.execute(select(*_content).where(_unchained).order_by(AuditEntry.id))
    ).all()
    links = []
    for row in rows:
        previous = link_of(previous, row)
        links.append({"entry": row.id, "new_link": previous})
    await _set(session, links)
    return len(links)


async def verify(session: AsyncSession) -> int | None:
    """The id of the first entry that does not follow from the one before; None if all do.

    An entry without a link is young, unless a linked one follows it. Entries cut off at the end
    leave no trace in the chain: compare ``newest_link`` with one noted elsewhere.
    """
    previous: bytes = BEFORE_THE_FIRST
    unlinked: int | None = None
    entries = await session.stream(select(*_content, AuditEntry.link).order_by(AuditEntry.id))
    async for row in entries:
        if row.link is None:
            unlinked = unlinked or row.id
            continue
        if unlinked is not None:
            return unlinked
        previous = link_of(previous, row)
        if row.link != previous:
            return int(row.id)
    return None


async def first_entry_at(session: AsyncSession) -> datetime | None:
    """Since when anything was done here."""
    first: datetime | None = await session.scalar(
        select(AuditEntry.at).order_by(AuditEntry.id).limit(1)
    )
    return first


async def newest_link(session: AsyncSession) -> bytes | None:
    """The last link of the chain, to be noted where the database's owner cannot write."""
    link = await _newest_link(session)
    return None if link == BEFORE_THE_FIRST else link


def link_of(previous: bytes, row: Row[Any]) -> bytes:
    """SHA-256 over the previous link and the row as JSON: keys sorted, no spaces, UTC."""
    content = {
        "id": row.id,
        "at": row.at.isoformat(),
        "person_id": row.person_id,
        "act": row.act,
        "subject": row.subject,
        "details": row.details,
    }
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(previous + written.encode()).digest()


async def _newest_link(session: AsyncSession) -> bytes:
    newest = select(AuditEntry.link).where(~_unchained).order_by(AuditEntry.id.desc()).limit(1)
    return await session.scalar(newest) or BEFORE_THE_FIRST


async def _lock(session: AsyncSession) -> bool:
    """Keep writers out until the transaction ends; False while one of them is at work."""
    try:
        async with session.begin_nested():
            await session.execute(
                text("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE NOWAIT")
            )
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        return False
    return True


async def _set(session: AsyncSession, links: Sequence[dict[str, Any]]) -> None:
    if links:
        table = AuditEntry.__table__
        await (await session.connection()).execute(
            update(table)  # type: ignore[arg-type]
            .where(table.c.id == bindparam("entry"))
            .values(link=bindparam("new_link")),
            links,
        )
