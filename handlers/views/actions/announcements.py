"""Being told when a consultation opens: yes, no, no more."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction


@dataclass(frozen=True)
class Subscribe(CitizenAction):
    pass


@dataclass(frozen=True)
class DeclineAnnouncements(CitizenAction):
    pass


@dataclass(frozen=True)
class StopAnnouncements(CitizenAction):
    """Under every announcement: no more of them, from this tap on."""


@dataclass(frozen=True)
class ConsiderOpenings(CitizenAction):
    """The words by which one asks to be told when a consultation opens."""
