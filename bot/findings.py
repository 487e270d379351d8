"""What ``musharaka doctor`` says of one thing that it looked at."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """A fault keeps the bot from working; a warning will be one, or hides one."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: State
    sentence: str


def ok(name: str, sentence: str) -> Finding:
    """As it should be."""
    return Finding(name, State.OK, sentence)


def warning(name: str, sentence: str) -> Finding:
    """Works, and wants a look."""
    return Finding(name, State.WARNING, sentence)


def fault(name: str, sentence: str) -> Finding:
    """Does not work."""
    return Finding(name, State.FAULT, sentence)
