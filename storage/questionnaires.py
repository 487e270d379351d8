"""Forms and their published versions; a published version never changes."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, FROZEN_JSON, Base, FormId, FormVersionId


class FormRow(Base):
    """A questionnaire as its author knows it, by its XLSForm ``form_id``."""

    __tablename__ = "form"

    id: Mapped[FormId] = mapped_column(BIG_ID, primary_key=True)
    form_id: Mapped[str] = mapped_column(unique=True)


class FormVersion(Base):
    """What people answer: the workbook's bytes and the form compiled from them.

    A trigger in the database refuses to change or delete a row.
    """

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("form_id", "workbook_hash"),)

    id: Mapped[FormVersionId] = mapped_column(BIG_ID, primary_key=True)
    form_id: Mapped[FormId] = mapped_column(ForeignKey("form.id"))
    version: Mapped[str]
    workbook: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, nullable=False)
    workbook_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the workbook, in hexadecimal."""
    compiled: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    published_at: Mapped[datetime]


async def form_versions(
    session: AsyncSession, ids: Collection[FormVersionId]
) -> dict[FormVersionId, FormVersion]:
    """The compiled versions, without their workbooks."""
    rows = await session.scalars(select(FormVersion).where(FormVersion.id.in_(ids)))
    return {row.id: row for row in rows}


async def known_workbooks(session: AsyncSession, hashes: Collection[str]) -> set[str]:
    """Which of these workbooks have been published as some version."""
    statement = select(FormVersion.workbook_hash).where(FormVersion.workbook_hash.in_(hashes))
    return set(await session.scalars(statement))


async def version_with(session: AsyncSession, workbook_hash: str) -> FormVersionId | None:
    """The first version that was made of this workbook."""
    found: FormVersionId | None = await session.scalar(
        select(FormVersion.id)
        .where(FormVersion.workbook_hash == workbook_hash)
        .order_by(FormVersion.id)
        .limit(1)
    )
    return found


async def form_named(session: AsyncSession, form_id: str) -> FormRow:
    """The form of this name, added where there is none; held until the unit of work ends."""
    row: FormRow | None = await session.scalar(
        select(FormRow).where(FormRow.form_id == form_id).with_for_update()
    )
    if row is None:
        row = FormRow(form_id=form_id)
        session.add(row)
        await session.flush()
    return row


async def version_of(
    session: AsyncSession,
    form: FormRow,
    version: str,
    workbook: bytes,
    compiled: dict[str, Any],
    now: datetime,
) -> tuple[FormVersion, bool]:
    """The form's version with this workbook, and whether it was published just now."""
    digest = sha256(workbook).hexdigest()
    found: FormVersion | None = await session.scalar(
        select(FormVersion).where(
            FormVersion.form_id == form.id, FormVersion.workbook_hash == digest
        )
    )
    if found is not None:
        return found, False
    row = FormVersion(
        form_id=form.id,
        version=version,
        workbook=workbook,
        workbook_hash=digest,
        compiled=compiled,
        published_at=now,
    )
    session.add(row)
    await session.flush()
    return row, True
