"""What there is to see while nothing is open: outcomes, the next session, the charter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.clock import today
from participation.consultations import Consultations, Listed, Phase, Reading
from participation.known import Known
from participation.people import LANGUAGES
from storage.base import DocumentId, Texts
from storage.people import Person

MOST_PAST = 3
FIRST_WEEK = 7
"""Ordinary sessions are held in the first days of their month; later, the next one is meant."""


@dataclass(frozen=True, slots=True)
class Session:
    """The council's next ordinary session; ``held_on`` None: only its month is known."""

    name: Texts
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Quiet:
    """What the menu offers meanwhile."""

    past: tuple[Listed, ...]
    """The newest closed ones of which one can read what became of them."""
    session: Session | None
    charter: tuple[Reading, ...]
    """The charter note in its languages; empty where the profile names none."""
    charter_url: str
    is_subscribed: bool


def quiet_time(known: Known, person: Person) -> Quiet | None:
    """What to offer while nothing is open for this person; None while something is."""
    consultations = Consultations(known, person)
    if consultations.open():
        return None
    charter = known.commune.get("charter", {})
    return Quiet(
        past=tuple(
            one for one in consultations.all() if one.phase is Phase.CLOSED and one.has_outcome
        )[:MOST_PAST],
        session=next_session(known.commune, today(known.now)),
        charter=tuple(_readings(known, consultations, charter.get("document", ""))),
        charter_url=str(charter.get("url", "")),
        is_subscribed=person.subscribed,
    )


def next_session(profile: Mapping[str, Any], day: date) -> Session | None:
    """The soonest day that staff have typed; else the month that comes next, without a day."""
    sessions = profile.get("ordinary_sessions", [])
    typed = sorted(
        (date.fromisoformat(one["next_on"]), place)
        for place, one in enumerate(sessions)
        if one.get("next_on") and date.fromisoformat(one["next_on"]) >= day
    )
    if typed:
        held_on, place = typed[0]
        return Session(sessions[place]["name"], held_on)
    months = [one for one in sessions if one.get("month") and one.get("name")]
    if not months:
        return None
    return Session(min(months, key=lambda one: _months_ahead(one["month"], day))["name"], None)


def _months_ahead(month: int, day: date) -> int:
    ahead = (month - day.month) % 12
    return 12 if ahead == 0 and day.day > FIRST_WEEK else ahead


def _readings(known: Known, consultations: Consultations, slug: str) -> Iterator[Reading]:
    numbers: list[DocumentId] = [one.id for one in known.documents if slug and one.slug == slug]
    for number in numbers[: len(LANGUAGES)]:
        yield consultations.read(number)[0]
