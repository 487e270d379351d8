"""How a Bot API method is acted out: by name, with the parameters that have a meaning here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from simulator.uploads import Upload
from simulator.world import World


@dataclass(slots=True)
class Call:
    """One request whose parameters have passed the schema; `files` are parts named by attach://."""

    params: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)


Act = Callable[[World, Call], Any | Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Method:
    """`takes` are the parameters acted upon or harmless to ignore; others are answered by 501."""

    name: str
    act: Act
    takes: frozenset[str]


METHODS: dict[str, Method] = {}


def method(name: str, *takes: str) -> Callable[[Act], Act]:
    def register(act: Act) -> Act:
        METHODS[name] = Method(name, act, frozenset(takes))
        return act

    return register
