"""The window of a consultation: days in the commune, and the instants that follow from them."""

from datetime import date, datetime, timedelta
from typing import Any

from forms import typed
from participation.clock import start_of, today
from participation.consultations import GRACE
from participation.errors import ParticipationError
from storage.consultations import Consultation

DEFAULT_DAYS = 21
OFFERED_DAYS = (10, 14, 21, 30)
GOOD_PRACTICE_DAYS = 10
"""A window with fewer days needs a written reason: people have to hear of it first."""
LONGEST_DAYS = 366
SEALED_AFTER = GRACE + timedelta(hours=1)
"""From the closing on; the hour lets what was said in the last moment of the grace be stored."""


class WindowNotUnderstood(ParticipationError):
    """What was typed is neither a number of days nor a day."""


class WindowTooLong(ParticipationError):
    """It would last longer than ``LONGEST_DAYS``."""


class LastDayPast(ParticipationError):
    """The last day would lie before the first, or before today."""


def instants(opens_on: date, closes_on: date) -> dict[str, Any]:
    """The columns of a window: the last day counts until its end, then the grace, then sealing."""
    closes_at = start_of(closes_on + timedelta(days=1))
    return {
        "opens_on": opens_on,
        "closes_on": closes_on,
        "opens_at": start_of(opens_on),
        "closes_at": closes_at,
        "seal_at": closes_at + SEALED_AFTER,
    }


def is_as_planned(consultation: Consultation) -> bool:
    """Whether staff have neither extended it nor closed it early."""
    return consultation.extended_from is None and consultation.early_reason is None


def last_day(consultation: Consultation, now: datetime) -> date:
    """The last day of a draft, were it opened now."""
    if consultation.window_days is None:
        return consultation.closes_on
    return today(now) + timedelta(days=consultation.window_days - 1)


def days_of(consultation: Consultation, now: datetime) -> int:
    """For how many days a draft would be open, were it opened now; below 1: it is too late."""
    return (last_day(consultation, now) - today(now)).days + 1


def days_or_day(words: str) -> int | date:
    """A number of days, or a last day, as somebody typed it; raises WindowNotUnderstood."""
    day = typed.day(words)
    if day is not None:
        return day
    number = typed.integer(words)
    if number is None:
        raise WindowNotUnderstood
    return number


def ensure_window(first: date, last: date) -> None:
    """Refuse a window that ends before it begins or lasts for years."""
    if last < first:
        raise LastDayPast
    if (last - first).days >= LONGEST_DAYS:
        raise WindowTooLong
