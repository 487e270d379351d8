"""What became of a consultation, as citizens read it."""

from dataclasses import dataclass

from handlers.views.actions.base import Action


@dataclass(frozen=True)
class ReadOutcome(Action):
    """What became of a consultation."""

    consultation: int
    page: int


@dataclass(frozen=True)
class ReadOutcomeFile(Action):
    """The same as a file or a voice message, in the language spoken."""

    consultation: int
