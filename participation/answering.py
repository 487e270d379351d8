"""What answering says back: the question asked, the review, the receipt; and why not."""

from dataclasses import dataclass
from datetime import date

from forms.answers import AnswerRefused
from forms.form import Question, Texts
from forms.interview import Interview
from participation.errors import ParticipationError
from storage.base import ConsultationId


class AlreadySubmitted(ParticipationError):
    def __init__(self, title: Texts, submitted_on: date | None) -> None:
        super().__init__()
        self.title = title
        self.submitted_on = submitted_on


class NothingBegun(ParticipationError):
    """The person has not begun this questionnaire."""


class AlreadyBegun(ParticipationError):
    """The person has agreed and is being asked already."""


class AlreadyAnswered(ParticipationError):
    """An old button: its question was answered, and another one is being asked."""


class NotAskedNow(ParticipationError):
    """An old button: its question is not the one being asked, and has no answer."""


class NoSuchChoice(ParticipationError):
    """The question has no such choice."""


class NothingBefore(ParticipationError):
    """The question is the first one."""


class NothingToKeep(ParticipationError):
    """The question has no answer yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that has just been answered, kept or passed over."""

    interview: Interview
    question: Question


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that a person is being asked; ``after`` is what they have just answered."""

    consultation_id: ConsultationId
    interview: Interview
    question: Question
    choosing: tuple[str, ...] = ()
    after: Answered | None = None
    closed_on: date | None = None
    """The last day of a consultation that has closed and may still be finished."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Every question is answered or passed over; ``after`` is what was answered last."""

    consultation_id: ConsultationId
    title: Texts
    interview: Interview
    after: Answered | None = None
    closed_on: date | None = None


Step = Asked | Reviewed


@dataclass(frozen=True, slots=True)
class Unagreed:
    """Nothing is asked before the person has agreed to the notice."""

    consultation_id: ConsultationId
    title: Texts


@dataclass(frozen=True, slots=True)
class Submitted:
    """``receipt`` is told once; only its hash is kept."""

    consultation_id: ConsultationId
    title: Texts
    closes_on: date
    closed: bool
    """Whether it closed before this was handed in."""
    receipt: str
    interview: Interview


class NotAccepted(ParticipationError):
    """An answer that the form refuses; the question stays as it is asked."""

    def __init__(self, asked: Asked, refused: AnswerRefused) -> None:
        super().__init__()
        self.asked = asked
        self.refused = refused


class OnlyToRead(ParticipationError):
    """Something was typed where there is only something to read, or to review."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
