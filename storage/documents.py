"""What people read before they answer: files, each with what it is called."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import BIG_ID, FROZEN_JSON, Base, ConsultationId, DocumentId, Texts


class Document(Base):
    """A file to read before answering; language None serves every language."""

    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("consultation_id", "slug", "language"),)

    id: Mapped[DocumentId] = mapped_column(BIG_ID, primary_key=True)
    consultation_id: Mapped[ConsultationId] = mapped_column(ForeignKey("consultation.id"))
    slug: Mapped[str] = mapped_column(String(40))
    language: Mapped[str | None] = mapped_column(String(8))
    position: Mapped[int]
    title: Mapped[Texts] = mapped_column(FROZEN_JSON)
    summary: Mapped[Texts | None] = mapped_column(FROZEN_JSON)
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, nullable=False)


class DocumentFile(Base):
    """The ``file_id`` under which a bot has already sent a document; only senders write it."""

    __tablename__ = "document_file"

    document_id: Mapped[DocumentId] = mapped_column(ForeignKey("document.id"), primary_key=True)
    bot_id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    file_id: Mapped[str]


async def documents_of(session: AsyncSession) -> Sequence[Document]:
    """All documents without their content, in the order in which they are shown."""
    return (
        await session.scalars(
            select(Document).order_by(Document.consultation_id, Document.position, Document.id)
        )
    ).all()


async def documents_for(
    session: AsyncSession, consultation_id: ConsultationId
) -> Sequence[Document]:
    """A consultation's documents without their content, in the order in which they are shown."""
    statement = select(Document).where(Document.consultation_id == consultation_id)
    return (await session.scalars(statement.order_by(Document.position, Document.id))).all()


async def document_like(
    session: AsyncSession, consultation_id: ConsultationId, sha256: str
) -> DocumentId | None:
    """The consultation's document of the very same bytes."""
    found: DocumentId | None = await session.scalar(
        select(Document.id).where(
            Document.consultation_id == consultation_id, Document.sha256 == sha256
        )
    )
    return found


async def next_position(session: AsyncSession, consultation_id: ConsultationId) -> int:
    """The place behind all documents of a consultation."""
    last = await session.scalar(
        select(func.max(Document.position)).where(Document.consultation_id == consultation_id)
    )
    return 0 if last is None else last + 1


async def remove_document(session: AsyncSession, row: Document) -> None:
    """Take a document away, and what senders have noted of it."""
    await session.execute(delete(DocumentFile).where(DocumentFile.document_id == row.id))
    await session.delete(row)
    await session.flush()  # what is listed next is read from the rows
