"""Messages to a human, from both sides."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction, StaffAction
from participation.roles import Act


@dataclass(frozen=True)
class LeaveMessage(CitizenAction):
    """Write to a human; ``follows`` is the message whose answer one replies to, 0 for none."""

    follows: int


@dataclass(frozen=True)
class GiveUpMessage(CitizenAction):
    pass


@dataclass(frozen=True)
class ListMessages(StaffAction):
    """Messages to a human that wait."""

    act = Act.HELP
    page: int


@dataclass(frozen=True)
class ListEndedMessages(StaffAction):
    act = Act.HELP
    page: int


@dataclass(frozen=True)
class OpenMessage(StaffAction):
    act = Act.HELP
    request: int


@dataclass(frozen=True)
class AnswerMessage(StaffAction):
    act = Act.HELP
    request: int


@dataclass(frozen=True)
class CloseMessage(StaffAction):
    """Close without an answer: choose why."""

    act = Act.HELP
    request: int


@dataclass(frozen=True)
class EndMessage(StaffAction):
    """``by_phone``: it was answered elsewhere; else it asks nothing."""

    act = Act.HELP
    request: int
    by_phone: bool
