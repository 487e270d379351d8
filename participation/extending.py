"""Giving a consultation more time, once: what it would do, and that it is done."""

from dataclasses import dataclass
from datetime import date, timedelta

from participation.consultations import ConsultationClosed, Phase, phase_of
from participation.errors import ParticipationError
from participation.managing import Managed
from participation.publishing import Publishing, Say, set_window, window_facts
from participation.stamps import is_fresh, stamp
from participation.windows import days_or_day, ensure_window, instants
from storage.announcements import AnnouncementKind
from storage.audiences import Audience, audience_size
from storage.consultations import Consultation


class AlreadyExtended(ParticipationError):
    """It was given more time once, which is as often as it may be."""


class NoExtension(ParticipationError):
    """The day is not later than the last day as it stands."""


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


class Extension(Publishing):
    """More time for an open consultation."""

    async def extendable(self, consultation_id: int) -> Managed:
        """One that may be given more time; raises AlreadyExtended, ConsultationClosed."""
        return self._managed(await self._extendable(consultation_id))

    async def until(self, consultation_id: int, words: str) -> Extending:
        """What more time would do: so many days more, or until a day, as it was typed.

        Raises WindowNotUnderstood, NoExtension, WindowTooLong, AlreadyExtended.
        """
        row = await self._extendable(consultation_id)
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
        row = await self._extendable(consultation_id, change=True)
        day = date.fromordinal(min(max(until, 1), date.max.toordinal()))
        extending = await self._extending(row, day, again=True)
        if not is_fresh(shown, self._now, *window_facts(row), day):
            return extending
        row.extended_from = row.closes_on
        set_window(row, instants(row.opens_on, day))
        told = await self._announce(row, AnnouncementKind.EXTENSION, Audience.PARTICIPANTS, say)
        self._note(row, "consultation.extend", closes_on=day.isoformat(), told=told)
        return Extended(self._managed(row), told)

    async def _extending(self, row: Consultation, day: date, *, again: bool = False) -> Extending:
        if day <= row.closes_on:
            raise NoExtension
        ensure_window(row.opens_on, day)
        told = await audience_size(self._staff.session, Audience.PARTICIPANTS, row.id)
        shown = stamp(self._now, *window_facts(row), day)
        return Extending(self._managed(row), day, told, shown, again)

    async def _extendable(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._published(consultation_id, change=change)
        if phase_of(row, self._now) in {Phase.FINISHING, Phase.CLOSED}:
            raise ConsultationClosed(row.title, row.closes_on)
        if row.extended_from is not None:
            raise AlreadyExtended
        return row
