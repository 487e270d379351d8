"""Forms and their published versions; a published version never changes."""

from collections.abc import Collection
from datetime import datetime
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
