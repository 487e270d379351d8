"""Opening a consultation: what it would do, what keeps it from opening, and that it is done."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.form import Form, Question
from participation.clock import today
from participation.documents import papers_of
from participation.errors import ParticipationError
from participation.lacking import Lack, opening_lacks
from participation.legal import missing_legal_fields
from participation.managing import Managed
from participation.previewing import end_previews
from participation.publishing import Publishing, Say, set_window
from participation.roles import Act
from participation.stamps import is_fresh, stamp
from participation.windows import days_of, instants, last_day
from storage.announcements import AnnouncementKind
from storage.audiences import Audience, audience_size
from storage.consultations import Consultation, ConsultationState


class AlreadyOpen(ParticipationError):
    """It was opened before: by a double tap, or by a colleague."""


class NotReadyToOpen(ParticipationError):
    """Something is missing that people need."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an opening would do now. ``lacks`` keep it from opening, ``warnings`` do not."""

    managed: Managed
    days: int
    question_count: int
    document_count: int
    told: int
    lacks: tuple[Lack, ...]
    warnings: tuple[str, ...]
    stamp: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """It is open, and so many will be told."""

    managed: Managed
    told: int


class Opening(Publishing):
    """Opening a draft."""

    async def prepare(self, consultation_id: int, *, again: bool = False) -> Prepared:
        """What opening would do now; raises AlreadyOpen."""
        return await self._prepared(await self._draft(consultation_id), again=again)

    async def open(self, consultation_id: int, shown: str, say: Say) -> Opened | Prepared:
        """Open it and have subscribers told, if this is what was shown.

        Raises AlreadyOpen, NotReadyToOpen.
        """
        row = await self._draft(consultation_id, change=True)
        prepared = await self._prepared(row, again=True)
        if not is_fresh(shown, self._now, *await self._facts(row)):
            return prepared
        return await self._open(row, prepared, say)

    async def open_at_once(self, consultation_id: int, say: Say) -> Opened:
        """The same for who needs no question: an operator. Raises AlreadyOpen, NotReadyToOpen."""
        row = await self._draft(consultation_id, change=True)
        return await self._open(row, await self._prepared(row), say)

    async def _open(self, row: Consultation, prepared: Prepared, say: Say) -> Opened:
        if prepared.lacks:
            raise NotReadyToOpen
        set_window(row, instants(today(self._now), prepared.managed.closes_on))
        row.window_days = None
        row.state = ConsultationState.PUBLISHED
        await end_previews(self._staff.session, row.id)
        await self._staff.known.publish(row)
        told = await self._announce(row, AnnouncementKind.OPENING, Audience.SUBSCRIBERS, say)
        self._note(
            row,
            "consultation.open",
            closes_on=row.closes_on.isoformat(),
            mode=row.mode.value,
            told=told,
        )
        return Opened(self._managed(row), told)

    async def _prepared(self, row: Consultation, *, again: bool = False) -> Prepared:
        form = await self._form(row)
        papers = await papers_of(self._staff.session, row)
        asked = _asked(form)
        return Prepared(
            managed=self._managed(row),
            days=days_of(row, self._now),
            question_count=len(asked),
            document_count=sum(not one.is_recording for one in papers),
            told=await audience_size(self._staff.session, Audience.SUBSCRIBERS),
            lacks=opening_lacks(row, form, papers, self._now),
            warnings=tuple(missing_legal_fields(self._staff.known.commune)),
            stamp=stamp(self._now, *await self._facts(row)),
            again=again,
        )

    async def _facts(self, row: Consultation) -> tuple[object, ...]:
        """Everything about it that the officer is shown and could have changed since."""
        papers = await papers_of(self._staff.session, row)
        return (
            (row.id, row.state, row.form_version_id, row.mode, row.short_reason),
            (dict(row.title), dict(row.stake), dict(row.contact or {})),
            (today(self._now), last_day(row, self._now)),
            [(one.document_id, one.title, one.summary, one.language) for one in papers],
        )

    async def _form(self, row: Consultation) -> Form:
        known = self._staff.known
        await known.shelf.add_forms(self._staff.session, {row.form_version_id})
        return known.forms[row.form_version_id]

    async def _draft(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._staff.consultation(Act.PUBLISH, consultation_id, change=change)
        if row.state is not ConsultationState.DRAFT:
            raise AlreadyOpen
        return row


def _asked(form: Form) -> Sequence[Question]:
    return [question for question in form.questions if question.type != "note"]
