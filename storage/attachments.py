"""Files on their way to a chat: made by the clerk, sent once, then removed."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column, undefer

from storage.base import BIG_ID, Base


class Attachment(Base):
    """A file that one reply carries; senders remove it when it has arrived, the clock when old."""

    __tablename__ = "attachment"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  (a number never comes again)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    file_name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, nullable=False)
    made_at: Mapped[datetime]


async def attach(
    session: AsyncSession, file_name: str, media_type: str, content: bytes, now: datetime
) -> int:
    """Keep a file until it is sent; its number."""
    row = Attachment(file_name=file_name, media_type=media_type, content=content, made_at=now)
    session.add(row)
    await session.flush()
    return row.id


async def attachment(session: AsyncSession, number: int) -> Attachment | None:
    """The file with its content; None once it was sent."""
    return await session.scalar(
        select(Attachment).where(Attachment.id == number).options(undefer(Attachment.content))
    )


async def detach(session: AsyncSession, numbers: Collection[int]) -> None:
    """Remove files that have arrived, or will not be sent."""
    if numbers:
        await session.execute(
            delete(Attachment)
            .where(Attachment.id.in_(numbers))
            .execution_options(synchronize_session=False)
        )


async def expire_attachments(session: AsyncSession, before: datetime) -> None:
    """Remove files that were made before an instant and never arrived."""
    await session.execute(
        delete(Attachment)
        .where(Attachment.made_at < before)
        .execution_options(synchronize_session=False)
    )
