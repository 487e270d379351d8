"""Where a person stands in the conversation; never in memory."""

from collections.abc import Collection

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base, PersonId


class Dialogue(Base):
    """Step and consultation of one person, sealed with the key file's key.

    Readable, a backup would tie the one person who is answering to the one unfinished submission.
    Only the worker that owns the person writes it.
    """

    __tablename__ = "dialogue"

    person_id: Mapped[PersonId] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    place: Mapped[bytes] = mapped_column(LargeBinary)


async def dialogues_of(
    session: AsyncSession, person_ids: Collection[PersonId]
) -> dict[PersonId, Dialogue]:
    """The dialogues of a batch's people, in one statement."""
    rows = await session.scalars(select(Dialogue).where(Dialogue.person_id.in_(person_ids)))
    return {row.person_id: row for row in rows}
