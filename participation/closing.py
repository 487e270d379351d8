"""Closing a consultation before its last day: for a written reason; who began may finish."""

from dataclasses import dataclass

from participation.cards import LONGEST_REASON
from participation.clock import today
from participation.consultations import Phase, phase_of
from participation.counts import counts_of
from participation.errors import ParticipationError
from participation.managing import Managed
from participation.publishing import Publishing, Say, window_facts
from participation.stamps import is_fresh, stamp
from participation.windows import SEALED_AFTER
from participation.wording import reason_in
from storage.announcements import AnnouncementKind
from storage.audiences import Audience
from storage.consultations import Consultation

CLOSING = "closing"
"""The kind of the sketch that keeps the reason for closing early until it is confirmed."""


class AlreadyClosed(ParticipationError):
    """It was closed before: by a double tap, or by a colleague. It is not opened again."""


class NoReason(ParticipationError):
    """The reason for closing early was not written, or was used already."""


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


class EarlyClosing(Publishing):
    """An end before the announced one."""

    async def closable(self, consultation_id: int) -> Managed:
        """One that may be closed before its last day; raises AlreadyClosed, NotOpenYet."""
        return self._managed(await self._closable(consultation_id))

    async def because(self, consultation_id: int, words: str) -> Closing:
        """What closing now would do, for a written reason.

        Raises TextTooLong, NothingToRead, AlreadyClosed.
        """
        row = await self._closable(consultation_id)
        reason = reason_in(words, LONGEST_REASON)
        await self._staff.keep(CLOSING, {"consultation": row.id, "reason": reason})
        return await self._closing(row, reason)

    async def close(self, consultation_id: int, shown: str, say: Say) -> Closed | Closing:
        """Close it now and have those told who began, if this is what was shown.

        Raises AlreadyClosed, NoReason.
        """
        row = await self._closable(consultation_id, change=True)
        kept = await self._staff.sketch(CLOSING)
        if kept is None or kept["consultation"] != row.id:
            raise NoReason
        closing = await self._closing(row, kept["reason"], again=True)
        if not is_fresh(shown, self._now, *window_facts(row), closing.reason):
            return closing
        await self._staff.discard(CLOSING)
        return await self._close(row, closing, say)

    async def close_at_once(self, consultation_id: int, reason: str, say: Say) -> Closed:
        """The same for who needs no question: an operator. Raises AlreadyClosed, TextTooLong."""
        row = await self._closable(consultation_id, change=True)
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
        return Closed(self._managed(row), closing.answering)

    async def _closing(self, row: Consultation, reason: str, *, again: bool = False) -> Closing:
        counts = await counts_of(self._staff.session, row.id)
        return Closing(
            self._managed(row),
            max(0, counts.started - counts.submitted),
            reason,
            stamp(self._now, *window_facts(row), reason),
            again,
        )

    async def _closable(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._published(consultation_id, change=change)
        if phase_of(row, self._now) is not Phase.OPEN:
            raise AlreadyClosed
        return row
