"""Answering people from the chat: messages wait, are read, dealt with once, and grow old."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from forms.typed import says_something, without_controls
from participation.clock import today
from participation.errors import ParticipationError
from participation.help import PERSON, WORDS, NoSuchRequest, Said, answer_in
from participation.lateness import Lateness, lateness, working_days
from participation.roles import Act
from participation.staff import Staff
from participation.wording import NothingToRead, ensure_short
from storage.base import PersonId
from storage.helping import (
    Ending,
    HelpRequest,
    count_waiting,
    ended_requests,
    waiting_requests,
)
from storage.people import Person

LONGEST_ANSWER = 2_000

KEPT = timedelta(days=30)
"""How long after the answer a message is kept, and an answer waits for who is away."""

MOST_ENDED = 40


class DealtWith(ParticipationError):
    """Somebody has answered or closed it already."""


@dataclass(frozen=True, slots=True)
class Queue:
    """How many messages wait, and since how many days the oldest does."""

    count: int
    oldest_days: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message in the list: no words in it."""

    request_id: int
    asked_on: date
    waited: int
    """Working days since."""
    lateness: Lateness
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A message of before and its answer."""

    said: Said
    answer: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One message with its words."""

    waiting: Waiting
    said: Said
    before: Turn | None
    answer: str
    is_reachable: bool
    is_missed: bool
    """Whether it was dealt with while nothing reached the person."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom to tell, in which language, of which message, in which words."""

    request_id: int
    channel_id: int
    language: str | None
    is_reachable: bool
    answer: str = ""


class Helping:
    """What staff do with people's messages."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._known = staff.known

    async def queue(self) -> Queue:
        """How many wait; raises NotAllowed."""
        self._staff.ensure(Act.HELP)
        count, oldest = await count_waiting(self._staff.session)
        days = (today(self._known.now) - today(oldest)).days if oldest else 0
        return Queue(count, days)

    async def waiting(self) -> Sequence[Waiting]:
        """Those that nobody has dealt with, the oldest first; raises NotAllowed."""
        self._staff.ensure(Act.HELP)
        return [self._waiting(row) for row in await waiting_requests(self._staff.session)]

    async def ended(self) -> Sequence[Waiting]:
        """Those that were dealt with lately; raises NotAllowed."""
        self._staff.ensure(Act.HELP)
        return [
            self._waiting(row) for row in await ended_requests(self._staff.session, MOST_ENDED)
        ]

    async def read(self, request_id: int) -> Opened:
        """One with its words: the audit says who read it; raises NotAllowed, NoSuchRequest."""
        row = await self._row(request_id)
        before = await self._staff.session.get(HelpRequest, row.follows) if row.follows else None
        person = await self._person(row)
        self._staff.note("help.read", f"help:{row.id}")
        return Opened(
            self._waiting(row),
            self._said(row),
            Turn(self._said(before), self._answer(before)) if before else None,
            self._answer(row),
            is_reachable=person is not None and person.unreachable_at is None,
            is_missed=person is not None and _is_missed(row, person),
        )

    async def ensure_waiting(self, request_id: int) -> None:
        """Refuse what somebody has dealt with; raises NotAllowed, NoSuchRequest, DealtWith."""
        await self._open_row(request_id)

    async def answer(self, request_id: int, words: str) -> Addressed:
        """Keep the answer; whom to tell. Of two who answer at once the second is refused.

        Raises NothingToRead, WordsTooLong.
        """
        row = await self._open_row(request_id)
        text = without_controls(words).strip()
        if not says_something(text):
            raise NothingToRead
        ensure_short(text, LONGEST_ANSWER)
        row.answer = self._known.keyring.seal(json.dumps({"text": text}).encode(), WORDS)
        return replace(await self._end(row, Ending.ANSWERED), answer=text)

    async def close(self, request_id: int, ending: Ending) -> Addressed:
        """Close it without an answer here."""
        return await self._end(await self._open_row(request_id), ending)

    async def _end(self, row: HelpRequest, ending: Ending) -> Addressed:
        now = self._known.now
        row.answered_at, row.answered_by = now, self._staff.person.id
        row.ending, row.erase_at = ending, now + KEPT
        act = "help.answer" if ending is Ending.ANSWERED else "help.close"
        self._staff.note(act, f"help:{row.id}", ending=ending.value)
        await self._staff.session.flush()
        person = await self._person(row)
        if person is None:
            return Addressed(row.id, 0, None, is_reachable=False)
        return Addressed(row.id, person.channel_id, person.language, person.unreachable_at is None)

    async def _row(self, request_id: int, *, change: bool = False) -> HelpRequest:
        self._staff.ensure(Act.HELP)
        row = await self._staff.session.get(
            HelpRequest,
            request_id,
            with_for_update=True if change else None,
            populate_existing=change,
        )
        if row is None:
            raise NoSuchRequest
        if change:
            await self._staff.look_again()
            self._staff.ensure(Act.HELP)
        return row

    async def _open_row(self, request_id: int) -> HelpRequest:
        row = await self._row(request_id, change=True)
        if row.answered_at is not None:
            raise DealtWith
        return row

    async def _person(self, row: HelpRequest) -> Person | None:
        number = PersonId(self._known.keyring.open_number(row.person, PERSON))
        return await self._staff.session.get(Person, number)

    def _waiting(self, row: HelpRequest) -> Waiting:
        asked_on = today(row.asked_at)
        waited = working_days(asked_on, today(row.answered_at or self._known.now))
        return Waiting(row.id, asked_on, waited, lateness(waited), row.ending)

    def _said(self, row: HelpRequest) -> Said:
        return Said(**json.loads(self._known.keyring.open(row.words, WORDS)))

    def _answer(self, row: HelpRequest) -> str:
        return answer_in(row, self._known.keyring)


def _is_missed(row: HelpRequest, person: Person) -> bool:
    since, at = person.unreachable_at, row.answered_at
    return since is not None and at is not None and at >= since
