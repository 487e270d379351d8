"""From the notice to the receipt."""

from dataclasses import dataclass

from handlers.views.actions.base import Action


@dataclass(frozen=True)
class BeginAnswering(Action):
    """Begin, or go on where one stopped."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class AgreeToNotice(Action):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ReadNotice(Action):
    """The whole notice: what becomes of the answers, and one's rights."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ListenToNotice(Action):
    consultation: int


@dataclass(frozen=True)
class AnswerChoice(Action):
    """``question`` and ``choice`` are places in the form, from 0."""

    consultation: int
    question: int
    choice: int
    seat: int = 0


@dataclass(frozen=True)
class TickChoice(Action):
    """``ticked`` is the state that is wanted, so that a double tap has one effect."""

    consultation: int
    question: int
    choice: int
    ticked: bool
    seat: int = 0


@dataclass(frozen=True)
class FinishChoosing(Action):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class TurnChoices(Action):
    """Show another page of a long list of choices."""

    consultation: int
    question: int
    page: int
    seat: int = 0


@dataclass(frozen=True)
class SkipQuestion(Action):
    """Pass over, or go on from a note."""

    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class KeepAnswer(Action):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class GoBack(Action):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class SaveForLater(Action):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ReviewAnswers(Action):
    consultation: int
    page: int
    seat: int = 0


@dataclass(frozen=True)
class ChangeAnswer(Action):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class SubmitAnswers(Action):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class BeginForAnother(Action):
    """Somebody else takes the phone."""

    consultation: int
