"""The documents of a consultation: how they are called, and in which language they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from sqlalchemy.ext.asyncio import AsyncSession

from forms import typed
from participation.cards import corrigible
from participation.consultations import (
    SPOKEN_NOTICE,
    NoSuchDocument,
    is_corrigible,
    is_shown,
)
from participation.content import LAST, LONGEST_SUMMARY, LONGEST_TITLE, RECORDINGS
from participation.errors import ParticipationError
from participation.file_kinds import FileRefused, NotTaken, checked, ending_of
from participation.people import LANGUAGES
from participation.roles import Act, may
from participation.staff import Staff
from participation.tables import LARGEST_FILE
from participation.wording import by_language, ensure_length, ensure_lines, in_one_line
from storage.audit import append
from storage.base import ConsultationId, DocumentId, PersonId, Texts
from storage.consultations import Consultation, ConsultationState
from storage.documents import (
    Document,
    document_like,
    documents_for,
    next_position,
    remove_document,
)
from storage.people import roles_of
from storage.running import post_job

TAKE = "document"
"""The kind of the clerk's job."""
SUMMARY_LINES = 5
LONGEST_FILE_NAME = 80


class DocumentShown(ParticipationError):
    """People were given it to read or to hear."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as staff see it; language None serves every language."""

    document_id: DocumentId
    consultation_id: ConsultationId
    title: Texts
    summary: Texts
    language: str | None
    file_name: str
    size: int
    is_recording: bool = False
    """The notice before answering, to listen to: it needs no title."""
    is_shown: bool = False
    """Whether people have been given it to read or to hear: it stays then."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which it has no title, and needs one."""
        if self.is_recording:
            return ()
        return tuple(one for one in LANGUAGES if not self.title.get(one))


async def take(
    session: AsyncSession,
    consultation_id: ConsultationId,
    person_id: PersonId,
    file_name: str,
    content: bytes,
    now: datetime,
) -> DocumentId:
    """Make a file a document, without words yet; twice is as once. Raises FileRefused.

    A recording is the notice, spoken; it takes the place of one in the same language.
    """
    media_type = checked(file_name, content)
    row = await session.get(Consultation, consultation_id, with_for_update=True)
    role = (await roles_of(session, [person_id], hold=True)).get(person_id)
    if row is None or not is_corrigible(row, now) or not may(role, Act.PUBLISH, row):
        raise FileRefused(NotTaken.FIXED)
    digest = sha256(content).hexdigest()
    held = await document_like(session, consultation_id, digest)
    if held is not None:
        return held
    is_recording = media_type in RECORDINGS.values()
    if is_recording and row.state is not ConsultationState.DRAFT:
        raise FileRefused(NotTaken.HEARD)
    if is_recording:
        await _erase_recordings(session, consultation_id, None)
    document = Document(
        consultation_id=consultation_id,
        slug=SPOKEN_NOTICE if is_recording else f"d{digest[:12]}",
        language=None,
        position=LAST if is_recording else await next_position(session, consultation_id),
        title={},
        summary=None,
        file_name=_named(file_name),
        media_type=media_type,
        size=len(content),
        sha256=digest,
        content=content,
    )
    session.add(document)
    await session.flush()
    append(
        session,
        at=now,
        act="document.add",
        subject=f"consultation:{consultation_id}",
        details={"document": document.id, "size": len(content), "media_type": media_type},
        person_id=person_id,
    )
    return document.id


async def _erase_recordings(
    session: AsyncSession, consultation_id: ConsultationId, language: str | None
) -> None:
    for row in await documents_for(session, consultation_id):
        if row.slug == SPOKEN_NOTICE and row.language == language:
            await remove_document(session, row)


def _named(file_name: str) -> str:
    plain = typed.without_controls(PurePosixPath(file_name).name)
    path = PurePosixPath(in_one_line(plain))
    return f"{path.stem[: LONGEST_FILE_NAME - len(path.suffix)]}{path.suffix}"


class Documents:
    """What staff may do with the documents of a consultation."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def of(self, consultation_id: int) -> Sequence[Paper]:
        """The documents in the order in which people see them; raises NotCorrigible."""
        row = await corrigible(self._staff, consultation_id)
        return await papers_of(self._staff.session, row)

    async def paper(self, document_id: int) -> Paper:
        """One of them; raises NoSuchDocument, NotCorrigible."""
        return _paper(*await self._document(document_id))

    async def receive(self, consultation_id: int, file_id: str, file_name: str, size: int) -> None:
        """Have a file fetched and checked by the clerk; raises FileRefused for what is plain."""
        row = await corrigible(self._staff, consultation_id)
        ending_of(file_name)
        if size > LARGEST_FILE:
            raise FileRefused(NotTaken.TOO_LARGE)
        payload = {
            "consultation": row.id,
            "person": self._staff.person.id,
            "chat": self._staff.person.channel_id,
            "file": file_id,
            "name": file_name,
        }
        await post_job(self._staff.session, TAKE, payload, self._staff.known.now)

    async def entitle(self, document_id: int, words: str) -> Paper:
        """Take a title as it was typed, in one language or both; raises TextTooLong."""
        row, consultation = await self._document(document_id, change=True)
        texts = {
            language: ensure_length(in_one_line(text), LONGEST_TITLE)
            for language, text in by_language(words).items()
        }
        row.title = {**row.title, **texts}
        self._note(row, "document.title", languages=sorted(texts))
        return _paper(row, consultation)

    async def summarise(self, document_id: int, words: str) -> Paper:
        """Take up to five lines a language; raises TooManyLines, TextTooLong."""
        row, consultation = await self._document(document_id, change=True)
        texts = {
            language: ensure_length(ensure_lines(text, SUMMARY_LINES), LONGEST_SUMMARY)
            for language, text in by_language(words).items()
        }
        row.summary = {**(row.summary or {}), **texts}
        self._note(row, "document.summary", languages=sorted(texts))
        return _paper(row, consultation)

    async def speak(self, document_id: int, language: str) -> Paper:
        """Say in which language the file is; any other word: in both."""
        row, consultation = await self._document(document_id, change=True)
        spoken = language if language in LANGUAGES else None
        if row.slug == SPOKEN_NOTICE and row.language != spoken:
            if _paper(row, consultation).is_shown:
                raise DocumentShown
            await _erase_recordings(self._staff.session, row.consultation_id, spoken)
        row.language = spoken
        self._note(row, "document.language", language=row.language)
        return _paper(row, consultation)

    async def remove(self, document_id: int) -> ConsultationId:
        """Take a document away; the consultation it belonged to.

        Raises DocumentShown for one that people were given to read.
        """
        row, consultation = await self._document(document_id, change=True)
        if _paper(row, consultation).is_shown:
            raise DocumentShown
        self._note(row, "document.remove")
        await remove_document(self._staff.session, row)
        return row.consultation_id

    async def _document(
        self, document_id: int, *, change: bool = False
    ) -> tuple[Document, Consultation]:
        self._staff.ensure(Act.PUBLISH)
        row = await self._staff.session.get(Document, DocumentId(document_id))
        if row is None:
            raise NoSuchDocument
        return row, await corrigible(self._staff, row.consultation_id, change=change)

    def _note(self, row: Document, act: str, **details: object) -> None:
        subject = f"consultation:{row.consultation_id}"
        self._staff.note(act, subject, document=row.id, **details)
        self._staff.known.shelf.forget()


async def papers_of(session: AsyncSession, consultation: Consultation) -> tuple[Paper, ...]:
    """A consultation's documents, without content."""
    rows = await documents_for(session, consultation.id)
    return tuple(_paper(row, consultation) for row in rows)


def _paper(row: Document, consultation: Consultation) -> Paper:
    opened = consultation.state is not ConsultationState.DRAFT
    return Paper(
        row.id,
        row.consultation_id,
        dict(row.title),
        dict(row.summary or {}),
        row.language,
        row.file_name,
        row.size,
        is_recording=row.slug == SPOKEN_NOTICE,
        is_shown=opened and is_shown(row, consultation),
    )
