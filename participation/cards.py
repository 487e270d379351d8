"""The card: texts in both languages, window, what ties answers to people; most of it a draft's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from participation.clock import today
from participation.consultations import is_corrigible
from participation.content import LONGEST_CONTACT, LONGEST_STAKE, LONGEST_TITLE
from participation.errors import ParticipationError
from participation.people import LANGUAGES
from participation.roles import Act
from participation.staff import Staff
from participation.windows import (
    GOOD_PRACTICE_DAYS,
    days_of,
    days_or_day,
    ensure_window,
    instants,
    last_day,
)
from participation.wording import by_language, ensure_length, in_one_line, reason_in
from storage.base import ConsultationId, Texts
from storage.consultations import Consultation, ConsultationState, Mode

LONGEST_REASON = 500


class NotCorrigible(ParticipationError):
    """Contact and documents stay: nobody can answer any more, or an operator has loaded them."""


class CardFixed(ParticipationError):
    """It was opened: what people were told stays, all of it once nobody can answer any more."""


class NoSuchMode(ParticipationError):
    """It is none of the modes that there are."""


class CardText(StrEnum):
    """The texts of a card, by their column."""

    TITLE = "title"
    STAKE = "stake"
    CONTACT = "contact"


CORRIGIBLE = frozenset({CardText.CONTACT})
"""What may change while it is open."""
LONGEST: Mapping[CardText, int] = {
    CardText.TITLE: LONGEST_TITLE,
    CardText.STAKE: LONGEST_STAKE,
    CardText.CONTACT: LONGEST_CONTACT,
}


@dataclass(frozen=True, slots=True)
class Written:
    """A text of a card as it stands now."""

    consultation_id: ConsultationId
    field: CardText
    texts: Texts

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages in which nothing is said yet."""
        return tuple(one for one in LANGUAGES if not self.texts.get(one))


@dataclass(frozen=True, slots=True)
class DraftWindow:
    """For how long a draft would be open, were it opened today."""

    consultation_id: ConsultationId
    days: int
    closes_on: date
    is_fixed: bool
    """Whether the last day was chosen, not the number of days."""
    short_reason: str | None

    @property
    def needs_reason(self) -> bool:
        return self.days < GOOD_PRACTICE_DAYS and not self.short_reason


class Cards:
    """What staff may change on a draft's card; the contact also while people can answer."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def text(self, consultation_id: int, field: CardText) -> Written:
        """A text to be changed; raises CardFixed, NoSuchConsultation."""
        row = await self._card(consultation_id, field)
        return _written(row, field)

    async def write(self, consultation_id: int, field: CardText, words: str) -> Written:
        """Take what was typed, in one language or both; what it does not say stays.

        Raises TextTooLong, NothingToRead.
        """
        row = await self._card(consultation_id, field, change=True)
        texts = {
            language: ensure_length(
                in_one_line(text) if field is CardText.TITLE else text, LONGEST[field]
            )
            for language, text in by_language(words).items()
        }
        setattr(row, field, {**(getattr(row, field) or {}), **texts})
        self._note(row, "consultation.text", field=field.value, languages=sorted(texts))
        return _written(row, field)

    async def window(self, consultation_id: int) -> DraftWindow:
        """The window as it stands."""
        return self._window(await self._draft(consultation_id))

    async def open_for(self, consultation_id: int, words: str) -> DraftWindow:
        """Take a number of days or a last day, as it was typed.

        Raises WindowNotUnderstood, LastDayPast, WindowTooLong.
        """
        row = await self._draft(consultation_id, change=True)
        asked = days_or_day(words)
        first = today(self._staff.known.now)
        if isinstance(asked, date):
            ensure_window(first, asked)
            row.window_days = None
            _set(row, first, asked)
        else:
            last = first + timedelta(days=min(max(asked, 0), 1000) - 1)
            ensure_window(first, last)
            row.window_days = asked
            _set(row, first, last)
        return self._windowed(row)

    async def give_reason(self, consultation_id: int, words: str) -> DraftWindow:
        """Say why the window is short; raises TextTooLong, NothingToRead."""
        row = await self._draft(consultation_id, change=True)
        row.short_reason = reason_in(words, LONGEST_REASON)
        self._note(row, "consultation.short_reason", days=self._window(row).days)
        return self._window(row)

    async def choose_mode(self, consultation_id: int, mode: str) -> None:
        """Decide what ties answers to people; raises NoSuchMode."""
        row = await self._draft(consultation_id, change=True)
        if mode not in list(Mode):
            raise NoSuchMode
        if row.mode is not Mode(mode):
            row.mode = Mode(mode)
            self._note(row, "consultation.mode", mode=mode)

    def _windowed(self, row: Consultation) -> DraftWindow:
        window = self._window(row)
        if window.days >= GOOD_PRACTICE_DAYS:
            row.short_reason = None
        self._note(row, "consultation.window", days=window.days, fixed=window.is_fixed)
        return self._window(row)

    def _window(self, row: Consultation) -> DraftWindow:
        now = self._staff.known.now
        return DraftWindow(
            row.id,
            days_of(row, now),
            last_day(row, now),
            row.window_days is None,
            row.short_reason,
        )

    def _note(self, row: Consultation, act: str, **details: object) -> None:
        self._staff.note(act, f"consultation:{row.id}", **details)

    async def _card(
        self, consultation_id: int, field: CardText, *, change: bool = False
    ) -> Consultation:
        found = corrigible if field in CORRIGIBLE else draft_for
        return await found(self._staff, consultation_id, change=change)

    async def _draft(self, consultation_id: int, *, change: bool = False) -> Consultation:
        return await draft_for(self._staff, consultation_id, change=change)


async def draft_for(staff: Staff, consultation_id: int, *, change: bool = False) -> Consultation:
    """A draft that this member of staff may write; raises CardFixed once it is open."""
    staff.ensure(Act.AUTHOR)
    row = await staff.consultation(Act.WORK, consultation_id, change=change)
    if row.state is not ConsultationState.DRAFT:
        raise CardFixed
    staff.ensure(Act.AUTHOR, row)
    return row


async def corrigible(staff: Staff, consultation_id: int, *, change: bool = False) -> Consultation:
    """A draft, or one that people can still answer: contact and documents may change.

    Raises NotCorrigible, NoSuchConsultation.
    """
    row = await staff.consultation(Act.PUBLISH, consultation_id, change=change)
    if not is_corrigible(row, staff.known.now):
        raise NotCorrigible
    return row


def _written(row: Consultation, field: CardText) -> Written:
    return Written(row.id, field, dict(getattr(row, field) or {}))


def _set(row: Consultation, opens_on: date, closes_on: date) -> None:
    for name, value in instants(opens_on, closes_on).items():
        setattr(row, name, value)
