"""What a button asks for. It names things; it grants nothing.

A class's name and fields travel in the buttons of messages that were sent long ago: renaming one
makes those buttons old, which is answered politely. Fields with a default stand last and are left
out where they have it, so that a new one does not make old buttons old. ``seat`` is whose turn it
is on a shared phone.
"""

from dataclasses import dataclass
from typing import ClassVar

from participation.roles import Act


@dataclass(frozen=True)
class Action:
    """Fields are int, bool or short ASCII words, in the order in which they are packed.

    One that is neither a citizen's nor staff's is denied to everybody.
    """


@dataclass(frozen=True)
class CitizenAction(Action):
    """What anybody may ask for, about themselves and what is public."""


@dataclass(frozen=True)
class StaffAction(Action):
    """What only staff may ask for. ``act`` is looked up on every tap, before its handler runs."""

    act: ClassVar[Act]
