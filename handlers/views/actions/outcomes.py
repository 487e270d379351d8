"""What became of a consultation, as citizens read it."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction


@dataclass(frozen=True)
class ReadOutcome(CitizenAction):
    """What became of a consultation."""

    consultation: int
    page: int


@dataclass(frozen=True)
class ReadOutcomeFile(CitizenAction):
    """The same as a file or a voice message, in the language spoken."""

    consultation: int
