"""Opening a consultation, giving it more time once, closing it early: each shown, then confirmed.

A confirmation carries the stamp of what was shown. Where something else would be shown now, the
same screen comes back instead, marked ``again``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from forms.form import Form, Question
from participation.announcing import Audience, announce, audience_size
from participation.cards import LONGEST_REASON
from participation.clock import today
from participation.consultations import ConsultationClosed, Phase, phase_of
from participation.counts import counts_of
from participation.documents import papers_of
from participation.errors import ParticipationError
from participation.lacking import Lack, opening_lacks
from participation.legal import missing_legal_fields
from participation.managing import Managed, managed
from participation.previewing import end_previews
from participation.roles import Act
from participation.staff import Staff
from participation.stamps import is_fresh, stamp
from participation.windows import (
    SEALED_AFTER,
    days_of,
    days_or_day,
    ensure_window,
    instants,
    last_day,
)
from participation.wording import reason_in
from storage.announcements import AnnouncementKind
from storage.base import Texts
from storage.consultations import Consultation, ConsultationState

CLOSING = "closing"
"""The kind of the sketch that keeps the reason for closing early until it is confirmed."""

Requests = Mapping[str, dict[str, Any]]
"""By language, what is sent to many: the parameters of a ``sendMessage`` without the chat."""
Say = Callable[["Notice"], Requests]
"""Puts a notice into words, in each language."""


class AlreadyOpen(ParticipationError):
    """It was opened before: by a double tap, or by a colleague."""


class NotReadyToOpen(ParticipationError):
    """Something is missing that people need."""


class NotOpenYet(ParticipationError):
    """It is a draft: there is nothing to share, extend or close."""


class AlreadyExtended(ParticipationError):
    """It was given more time once, which is as often as it may be."""


class AlreadyClosed(ParticipationError):
    """It was closed before: by a double tap, or by a colleague. It is not opened again."""


class NoExtension(ParticipationError):
    """The day is not later than the last day as it stands."""


class NoReason(ParticipationError):
    """The reason for closing early was not written, or was used already."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to many of a consultation."""

    managed: Managed
    stake: Texts


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


@dataclass(frozen=True, slots=True)
class Extending:
    """More time, until a day, as it would be given."""

    managed: Managed
    until: date
    told: int
    stamp: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Extended:
    """More time was given, and so many will be told."""

    managed: Managed
    told: int


@dataclass(frozen=True, slots=True)
class Closing:
    """What closing now would do: those who are answering may finish."""

    managed: Managed
    answering: int
    reason: str
    stamp: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """It is closed; who began may finish for a day."""

    managed: Managed
    answering: int


class Publishing:
    """What staff do with the window of a consultation, inside the caller's unit of work."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._now = staff.known.now

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

    async def shared(self, consultation_id: int) -> Managed:
        """A consultation whose link may be handed out; raises NotOpenYet."""
        row = await self._published(consultation_id)
        if phase_of(row, self._now) is not Phase.OPEN:
            raise ConsultationClosed(row.title, row.closes_on)
        return managed(row, self._now)

    async def extendable(self, consultation_id: int) -> Managed:
        """One that may be given more time; raises AlreadyExtended, ConsultationClosed."""
        return managed(self._ensure_extendable(await self._published(consultation_id)), self._now)

    async def until(self, consultation_id: int, words: str) -> Extending:
        """What more time would do: so many days more, or until a day, as it was typed.

        Raises WindowNotUnderstood, NoExtension, WindowTooLong, AlreadyExtended.
        """
        row = self._ensure_extendable(await self._published(consultation_id))
        asked = days_or_day(words)
        if isinstance(asked, int):
            asked = row.closes_on + timedelta(days=min(max(asked, 0), 1000))
        return await self._extending(row, asked)

    async def extend(
        self, consultation_id: int, until: int, shown: str, say: Say
    ) -> Extended | Extending:
        """Give more time, once, and have those told who began, if this is what was shown.

        ``until`` is a day's ordinal. Raises NoExtension, WindowTooLong, AlreadyExtended.
        """
        row = self._ensure_extendable(await self._published(consultation_id, change=True))
        day = date.fromordinal(min(max(until, 1), date.max.toordinal()))
        extending = await self._extending(row, day, again=True)
        if not is_fresh(shown, self._now, *_window_facts(row), day):
            return extending
        row.extended_from = row.closes_on
        _set(row, instants(row.opens_on, day))
        told = await self._announce(row, AnnouncementKind.EXTENSION, Audience.PARTICIPANTS, say)
        self._note(row, "consultation.extend", closes_on=day.isoformat(), told=told)
        return Extended(managed(row, self._now), told)

    async def closable(self, consultation_id: int) -> Managed:
        """One that may be closed before its last day; raises AlreadyClosed, NotOpenYet."""
        return managed(self._ensure_closable(await self._published(consultation_id)), self._now)

    async def because(self, consultation_id: int, words: str) -> Closing:
        """What closing now would do, for a written reason.

        Raises TextTooLong, NothingToRead, AlreadyClosed.
        """
        row = self._ensure_closable(await self._published(consultation_id))
        reason = reason_in(words, LONGEST_REASON)
        await self._staff.keep(CLOSING, {"consultation": row.id, "reason": reason})
        return await self._closing(row, reason)

    async def close(self, consultation_id: int, shown: str, say: Say) -> Closed | Closing:
        """Close it now and have those told who began, if this is what was shown.

        Raises AlreadyClosed, NoReason.
        """
        row = self._ensure_closable(await self._published(consultation_id, change=True))
        kept = await self._staff.sketch(CLOSING)
        if kept is None or kept["consultation"] != row.id:
            raise NoReason
        closing = await self._closing(row, kept["reason"], again=True)
        if not is_fresh(shown, self._now, *_window_facts(row), closing.reason):
            return closing
        await self._staff.discard(CLOSING)
        return await self._close(row, closing, say)

    async def close_at_once(self, consultation_id: int, reason: str, say: Say) -> Closed:
        """The same for who needs no question: an operator. Raises AlreadyClosed, TextTooLong."""
        row = self._ensure_closable(await self._published(consultation_id, change=True))
        reason = reason_in(reason, LONGEST_REASON)
        return await self._close(row, await self._closing(row, reason), say)

    async def _close(self, row: Consultation, closing: Closing, say: Say) -> Closed:
        """From this instant on; the grace of those who began is counted from it too."""
        planned = row.closes_on
        row.early_reason = closing.reason
        row.closes_on = today(self._now)
        row.closes_at = self._now
        row.seal_at = self._now + SEALED_AFTER
        told = await self._announce(row, AnnouncementKind.CLOSING, Audience.PARTICIPANTS, say)
        self._note(
            row,
            "consultation.close",
            planned=planned.isoformat(),
            answering=closing.answering,
            told=told,
        )
        return Closed(managed(row, self._now), closing.answering)

    async def _open(self, row: Consultation, prepared: Prepared, say: Say) -> Opened:
        if prepared.lacks:
            raise NotReadyToOpen
        _set(row, instants(today(self._now), prepared.managed.closes_on))
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
        return Opened(managed(row, self._now), told)

    async def _prepared(self, row: Consultation, *, again: bool = False) -> Prepared:
        form = await self._form(row)
        papers = await papers_of(self._staff.session, row)
        asked = _asked(form)
        return Prepared(
            managed=managed(row, self._now),
            days=days_of(row, self._now),
            question_count=len(asked),
            document_count=len(papers),
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

    async def _extending(self, row: Consultation, day: date, *, again: bool = False) -> Extending:
        if day <= row.closes_on:
            raise NoExtension
        ensure_window(row.opens_on, day)
        told = await audience_size(self._staff.session, Audience.PARTICIPANTS, row.id)
        shown = stamp(self._now, *_window_facts(row), day)
        return Extending(managed(row, self._now), day, told, shown, again)

    async def _closing(self, row: Consultation, reason: str, *, again: bool = False) -> Closing:
        counts = await counts_of(self._staff.session, row.id)
        return Closing(
            managed(row, self._now),
            max(0, counts.started - counts.submitted),
            reason,
            stamp(self._now, *_window_facts(row), reason),
            again,
        )

    async def _announce(
        self, row: Consultation, kind: AnnouncementKind, audience: Audience, say: Say
    ) -> int:
        announced = await announce(
            self._staff.session,
            kind,
            say(Notice(managed(row, self._now), row.stake)),
            audience,
            consultation_id=row.id,
            created_by=self._staff.person_id,
            now=self._now,
        )
        return announced.count

    async def _draft(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._staff.consultation(Act.PUBLISH, consultation_id, change=change)
        if row.state is not ConsultationState.DRAFT:
            raise AlreadyOpen
        return row

    async def _published(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._staff.consultation(Act.PUBLISH, consultation_id, change=change)
        if row.state is ConsultationState.DRAFT:
            raise NotOpenYet
        return row

    def _ensure_extendable(self, row: Consultation) -> Consultation:
        if phase_of(row, self._now) in {Phase.FINISHING, Phase.CLOSED}:
            raise ConsultationClosed(row.title, row.closes_on)
        if row.extended_from is not None:
            raise AlreadyExtended
        return row

    def _ensure_closable(self, row: Consultation) -> Consultation:
        if phase_of(row, self._now) is not Phase.OPEN:
            raise AlreadyClosed
        return row

    def _note(self, row: Consultation, act: str, **details: object) -> None:
        self._staff.note(act, f"consultation:{row.id}", **details)


def _asked(form: Form) -> Sequence[Question]:
    return [question for question in form.questions if question.type != "note"]


def _window_facts(row: Consultation) -> tuple[object, ...]:
    return row.id, row.closes_at, row.extended_from


def _set(row: Consultation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
