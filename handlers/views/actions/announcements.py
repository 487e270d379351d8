"""Being told when a consultation opens: yes, no, no more."""

from dataclasses import dataclass

from handlers.views.actions.base import Action


@dataclass(frozen=True)
class Subscribe(Action):
    pass


@dataclass(frozen=True)
class DeclineAnnouncements(Action):
    pass


@dataclass(frozen=True)
class StopAnnouncements(Action):
    """Under every announcement: no more of them, from this tap on."""


@dataclass(frozen=True)
class ConsiderOpenings(Action):
    """The words by which one asks to be told when a consultation opens."""
