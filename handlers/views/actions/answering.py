"""From the notice to the receipt."""

from dataclasses import dataclass

from handlers.views.actions.base import CitizenAction


@dataclass(frozen=True)
class BeginAnswering(CitizenAction):
    """Begin, or go on where one stopped."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class AgreeToNotice(CitizenAction):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ReadNotice(CitizenAction):
    """The whole notice: what becomes of the answers, and one's rights."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ListenToNotice(CitizenAction):
    consultation: int


@dataclass(frozen=True)
class AnswerChoice(CitizenAction):
    """``question`` and ``choice`` are places in the form, from 0."""

    consultation: int
    question: int
    choice: int
    seat: int = 0


@dataclass(frozen=True)
class TickChoice(CitizenAction):
    """``ticked`` is the state that is wanted, so that a double tap has one effect."""

    consultation: int
    question: int
    choice: int
    ticked: bool
    seat: int = 0


@dataclass(frozen=True)
class FinishChoosing(CitizenAction):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class TurnChoices(CitizenAction):
    """Show another page of a long list of choices."""

    consultation: int
    question: int
    page: int
    seat: int = 0


@dataclass(frozen=True)
class SkipQuestion(CitizenAction):
    """Pass over, or go on from a note."""

    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class KeepAnswer(CitizenAction):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class GoBack(CitizenAction):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class SaveForLater(CitizenAction):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ReviewAnswers(CitizenAction):
    consultation: int
    page: int
    seat: int = 0


@dataclass(frozen=True)
class ChangeAnswer(CitizenAction):
    consultation: int
    question: int
    seat: int = 0


@dataclass(frozen=True)
class SubmitAnswers(CitizenAction):
    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class BeginForAnother(CitizenAction):
    """Somebody else takes the phone."""

    consultation: int
