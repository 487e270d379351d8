"""Asking a human: anybody leaves a message, and hears the answer even if they were away."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from forms.typed import without_controls
from participation.errors import ParticipationError
from participation.known import Known
from participation.wording import ensure_short
from storage.helping import Ending, HelpRequest, ended_since, is_followed, waiting_requests
from storage.keys import Keyring
from storage.people import Person
from storage.running import JOBS, due_at_of
from storage.sealing import post_once

WORDS, PERSON = "help", "help-person"
"""The contexts under which a message and its person are sealed."""

LONGEST_MESSAGE = 1_000
MOST_WAITING = 3
"""Messages of one person that may wait at a time."""

TELL = "tell_of_help"
"""The kind of the clerk's job that tells staff that messages wait."""
TELL_EVERY = timedelta(hours=1)


class EnoughMessages(ParticipationError):
    """As many messages of the person wait as may wait."""


class NoSuchRequest(ParticipationError):
    """It was erased, or is another person's."""


class WroteAgain(ParticipationError):
    """The person has written again after this answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, or a voice message by the channel's own name for it."""

    text: str
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A message that was dealt with while its person was away; without an answer: elsewhere."""

    request_id: int
    answer: str


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
        if await is_followed(session, follows):
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

    async def missed(self, since: datetime) -> Sequence[Missed]:
        """What the commune has answered while nothing reached the person, the oldest first."""
        keyring = self._known.keyring
        return [
            Missed(row.id, answer_in(row, keyring))
            for row in await ended_since(self._known.session, since)
            if row.ending is not Ending.NOTHING_ASKED
            and keyring.open_number(row.person, PERSON) == self._person.id
        ]


def answer_in(row: HelpRequest, keyring: Keyring) -> str:
    """The answer in words; ``""`` where there is none, or it was given elsewhere."""
    if row.answer is None:
        return ""
    return str(json.loads(keyring.open(row.answer, WORDS))["text"])


async def _have_staff_told(known: Known) -> None:
    """Give the clerk one job; within an hour of the last one it waits for the hour to end."""
    told_at = await due_at_of(known.session, TELL)
    again_at = max(known.now, told_at + TELL_EVERY) if told_at else known.now
    await post_once(known.session, TELL, {}, TELL, known.now, again_at)
    known.session.info[JOBS] = True
