"""After the answer: withdrawing it, hiding it, hearing what comes."""

from dataclasses import dataclass

from handlers.views.actions.base import Action


@dataclass(frozen=True)
class ManageAnswers(Action):
    """Say what hiding and what withdrawing does; ``seat`` is the one whose receipt it was."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class AskToWithdraw(Action):
    """Say what withdrawing means, and which answer it would be."""

    consultation: int


@dataclass(frozen=True)
class ConfirmWithdrawal(Action):
    """``seat`` is the one whose answer would go."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class WithdrawAnswer(Action):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class HideAnswers(Action):
    consultation: int


@dataclass(frozen=True)
class WishOutcome(Action):
    consultation: int


@dataclass(frozen=True)
class DropWish(Action):
    consultation: int
