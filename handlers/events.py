"""What other loops tell a person through the inbox: the worker says it, in their language."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from handlers.present import present
from handlers.replies import Replies
from participation.known import Known
from participation.staff import Staff
from storage.people import Person

PRESENT = "present"
"""The event that shows a person where they stand."""

Data = Mapping[str, Any]
Answer = Callable[[Staff, Data], Awaitable[Replies]]

EVENTS: dict[str, Answer] = {}


def event(name: str) -> Callable[[Answer], Answer]:
    """Let a function answer the events of this name. Its data come from a loop of ours."""

    def register(answer: Answer) -> Answer:
        EVENTS[name] = answer
        return answer

    return register


async def answer_event(person: Person, known: Known, raw: Data) -> Replies:
    """What is said to an event's person; where they stand, for one that nobody answers."""
    answer = EVENTS.get(str(raw.get("event")))
    if answer is None:
        return present(person, known)
    return await answer(Staff(known, person), raw.get("data") or {})
