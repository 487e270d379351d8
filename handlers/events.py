"""What other loops tell a person through the inbox: the worker says it, in their language."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from handlers.present import present
from handlers.replies import Replies
from participation.known import Known
from participation.roles import Act
from participation.staff import Staff
from storage.people import Person

PRESENT = "present"
"""The event that shows a person where they stand."""

Data = Mapping[str, Any]
Answer = Callable[[Staff, Data], Awaitable[Replies]]


@dataclass(frozen=True, slots=True)
class Told:
    """Who answers an event, and what its person must be allowed for it; None: nothing."""

    answer: Answer
    act: Act | None


EVENTS: dict[str, Told] = {}


def event(name: str, act: Act | None) -> Callable[[Answer], Answer]:
    """Let a function answer the events of this name. Its data come from a loop of ours.

    Nothing is said to those who may not do ``act`` any more: a role may end while a loop is at it.
    """

    def register(answer: Answer) -> Answer:
        EVENTS[name] = Told(answer, act)
        return answer

    return register


async def answer_event(person: Person, known: Known, raw: Data) -> Replies:
    """What is said to an event's person; where they stand, for one that nobody answers."""
    told = EVENTS.get(str(raw.get("event")))
    if told is None:
        return present(person, known)
    staff = Staff(known, person)
    if told.act is not None and not staff.may(told.act):
        return []
    return await told.answer(staff, raw.get("data") or {})
