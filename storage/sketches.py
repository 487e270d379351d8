"""What staff have begun to write and not finished: a questionnaire, a report."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import FROZEN_JSON, Base, PersonId


class Sketch(Base):
    """One unfinished thing of one member of staff, by its kind; never anything of a citizen."""

    __tablename__ = "sketch"

    person_id: Mapped[PersonId] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    document: Mapped[dict[str, Any]] = mapped_column(FROZEN_JSON)
    """Replaced whole, never changed in place."""
    changed_at: Mapped[datetime]


async def sketch(session: AsyncSession, person_id: PersonId, kind: str) -> Sketch | None:
    """What this person has begun of this kind."""
    return await session.get(Sketch, (person_id, kind))


async def sketches_of(session: AsyncSession, kind: str) -> Sequence[Sketch]:
    """What anybody has begun of this kind."""
    return (await session.scalars(select(Sketch).where(Sketch.kind == kind))).all()


async def expire_sketches(session: AsyncSession, kind: str, before: datetime) -> None:
    """Forget what was begun of this kind and not touched since."""
    await session.execute(delete(Sketch).where(Sketch.kind == kind, Sketch.changed_at < before))
