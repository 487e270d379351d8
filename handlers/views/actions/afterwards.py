"""After the answer: withdrawing it, hiding it, hearing what comes."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction


@dataclass(frozen=True)
class ManageAnswers(CitizenAction):
    """Say what hiding and what withdrawing does; ``seat`` is the one whose receipt it was."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class AskToWithdraw(CitizenAction):
    """Say what withdrawing means, and which answer it would be."""

    consultation: int


@dataclass(frozen=True)
class ConfirmWithdrawal(CitizenAction):
    """``seat`` is the one whose answer would go."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class WithdrawAnswer(CitizenAction):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class HideAnswers(CitizenAction):
    consultation: int


@dataclass(frozen=True)
class WishOutcome(CitizenAction):
    consultation: int


@dataclass(frozen=True)
class DropWish(CitizenAction):
    consultation: int
