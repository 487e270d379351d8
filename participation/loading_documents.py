"""A consultation's documents made those of its directory."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from participation.content import DocumentContent
from storage.base import Base, ConsultationId
from storage.documents import Document, documents_for, remove_document


async def write_documents(
    session: AsyncSession, consultation_id: ConsultationId, given: Sequence[DocumentContent]
) -> bool:
    """Make the documents those of the directory; whether anything changed.

    A changed file takes a new id: the ``file_id`` that Telegram gave to the old one, and one
    that a sender is about to store, never stand for the new file.
    """
    held = {(row.slug, row.language): row for row in await documents_for(session, consultation_id)}
    changed = False
    gone = []
    for document in given:
        row = held.pop((document.slug, document.language), None)
        if row is not None and row.sha256 == document.sha256:
            changed |= set_what_differs(row, _described(document))
            continue
        if row is not None:
            # Its id is free only after the new row has one: SQLite gives the last id again.
            row.slug = f"replaced-{row.id}"
            await session.flush()
            gone.append(row)
        session.add(_document(document, consultation_id))
        changed = True
    await session.flush()
    gone += held.values()
    for row in gone:
        await remove_document(session, row)
    return changed or bool(gone)


def set_what_differs(row: Base, values: Mapping[str, Any]) -> bool:
    """Set what differs; whether anything did."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _described(document: DocumentContent) -> dict[str, Any]:
    return {
        "position": document.position,
        "title": document.title,
        "summary": document.summary or None,
        "file_name": document.file_name,
        "media_type": document.media_type,
    }


def _document(document: DocumentContent, consultation_id: ConsultationId) -> Document:
    return Document(
        consultation_id=consultation_id,
        slug=document.slug,
        language=document.language,
        size=len(document.content),
        sha256=document.sha256,
        content=document.content,
        **_described(document),
    )
