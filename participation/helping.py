"""Asking a human: one leaves a message, an officer answers it, and it grows old until then."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from forms.typed import without_controls
from participation.clock import today
from participation.errors import ParticipationError
from participation.known import Known
from participation.roles import Act, may
from participation.staff import Staff
from storage.base import PersonId
from storage.helping import (
    Ending,
    HelpRequest,
    count_waiting,
    ended_requests,
    waiting_requests,
)
from storage.people import Person, colleagues
from storage.running import JOBS, Job
from storage.sealing import post_once

WORDS, PERSON = "help", "help-person"
"""The contexts under which a message and its person are sealed."""

LONGEST_MESSAGE = 1_000
LONGEST_ANSWER = 2_000
MOST_WAITING = 3
"""Messages of one person that may wait at a time."""

KEPT = timedelta(days=30)
"""How long after the answer a message is kept."""

TELL = "tell_of_help"
"""The kind of the clerk's job that tells staff that messages wait."""
TELL_EVERY = timedelta(hours=1)

LATE_AFTER, VERY_LATE_AFTER = 2, 5
"""Working days."""
MOST_ENDED = 40


class WordsTooLong(ParticipationError):
    """More characters than can be kept; nothing is kept of them."""

    def __init__(self, count: int, longest: int) -> None:
        super().__init__()
        self.count = count
        self.longest = longest


class EnoughMessages(ParticipationError):
    """As many messages of the person wait as may wait."""


class NoSuchRequest(ParticipationError):
    """It was erased, or is another person's."""


class WroteAgain(ParticipationError):
    """The person has written again after this answer."""


class DealtWith(ParticipationError):
    """Somebody has answered or closed it already."""


class Lateness(StrEnum):
    IN_TIME = "in time"
    LATE = "late"
    VERY_LATE = "very late"


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
class Said:
    """Words, or a voice message by the channel's own name for it."""

    text: str
    voice: str = ""


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


@dataclass(frozen=True, slots=True)
class Addressed:
    """Whom to tell, in which language, of which message, in which words."""

    request_id: int
    channel_id: int
    language: str | None
    is_reachable: bool
    answer: str = ""


class Help:
    """What one person may ask of a human, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    async def ensure_room(self, follows: int = 0) -> None:
        """Refuse another message; raises EnoughMessages, NoSuchRequest, WroteAgain."""
        session, keyring = self._known.session, self._known.keyring
        waiting = [
            one
            for one in await waiting_requests(session)
            if keyring.open_number(one.person, PERSON) == self._person.id
        ]
        if len(waiting) >= MOST_WAITING:
            raise EnoughMessages
        if not follows:
            return
        row = await session.get(HelpRequest, follows)
        if row is None or keyring.open_number(row.person, PERSON) != self._person.id:
            raise NoSuchRequest
        if await session.scalar(select(HelpRequest.id).where(HelpRequest.follows == follows)):
            raise WroteAgain

    async def leave(self, said: Said, follows: int = 0) -> None:
        """Keep a message, sealed, and have staff told that one waits; raises WordsTooLong."""
        text = without_controls(said.text).strip()
        ensure_short(text, LONGEST_MESSAGE)
        await self.ensure_room(follows)
        known = self._known
        words = json.dumps({"text": text, "voice": said.voice}).encode()
        known.session.add(
            HelpRequest(
                person=known.keyring.seal_number(self._person.id, PERSON),
                asked_at=known.now,
                words=known.keyring.seal(words, WORDS),
                follows=follows or None,
            )
        )
        await known.session.flush()
        await _have_staff_told(known)


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
        )

    async def ensure_waiting(self, request_id: int) -> None:
        """Refuse what somebody has dealt with; raises NotAllowed, NoSuchRequest, DealtWith."""
        await self._open_row(request_id)

    async def answer(self, request_id: int, words: str) -> Addressed:
        """Keep the answer; whom to tell. Of two who answer at once the second is refused."""
        row = await self._open_row(request_id)
        text = without_controls(words).strip()
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
        return Said(**self._unsealed(row.words))

    def _answer(self, row: HelpRequest) -> str:
        return str(self._unsealed(row.answer)["text"]) if row.answer else ""

    def _unsealed(self, sealed: bytes) -> dict[str, Any]:
        return dict(json.loads(self._known.keyring.open(sealed, WORDS)))


def working_days(since: date, until: date) -> int:
    """How many days from Monday to Friday have begun after a day, up to another."""
    days = max(0, (until - since).days)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum(
        (since + timedelta(days=ahead)).weekday() < 5 for ahead in range(1, rest + 1)
    )


def lateness(waited: int) -> Lateness:
    """How a message is marked that has waited for so many working days."""
    if waited > VERY_LATE_AFTER:
        return Lateness.VERY_LATE
    return Lateness.LATE if waited > LATE_AFTER else Lateness.IN_TIME


def ensure_short(text: str, longest: int) -> None:
    """Refuse what is too long, counted as Telegram counts; raises WordsTooLong."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units > longest:
        raise WordsTooLong(units, longest)


async def staff_to_tell(session: AsyncSession) -> Sequence[int]:
    """The chats of those who may answer and can be reached."""
    return [one.chat_id for one in await colleagues(session) if may(one.role, Act.HELP)]


async def _have_staff_told(known: Known) -> None:
    """Give the clerk one job; within an hour of the last one it waits for the hour to end."""
    told_at = await known.session.scalar(select(Job.due_at).where(Job.dedupe_key == TELL))
    again_at = max(known.now, told_at + TELL_EVERY) if told_at else known.now
    await post_once(known.session, TELL, {}, TELL, known.now, again_at)
    known.session.info[JOBS] = True
