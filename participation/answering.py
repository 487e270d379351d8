"""What answering says back: the question asked, the review, the receipt; and why not."""

from dataclasses import dataclass
from datetime import date, datetime

from forms.answers import AnswerRefused
from forms.form import Question, Texts
from forms.interview import Interview
from participation.errors import ParticipationError
from participation.identifiers import Identifier
from storage.base import ConsultationId
from storage.consultations import Mode


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


class NotYourTurnYet(ParticipationError):
    """Somebody else may answer on this phone once its owner has."""


class NoSeatLeft(ParticipationError):
    """As many others have answered on this phone as may."""


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
    finish_by: datetime | None = None
    """Until when one that has closed may still be finished."""
    mode: Mode = Mode.ANONYMOUS
    seat: int = 0
    """Whose turn it is on a shared phone; 0 for its owner."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Every question is answered or passed over; ``after`` is what was answered last."""

    consultation_id: ConsultationId
    title: Texts
    interview: Interview
    after: Answered | None = None
    finish_by: datetime | None = None
    seat: int = 0


Step = Asked | Reviewed


@dataclass(frozen=True, slots=True)
class Unagreed:
    """Nothing is asked before the person has agreed to the notice."""

    consultation_id: ConsultationId
    title: Texts
    mode: Mode = Mode.ANONYMOUS
    seat: int = 0
    is_spoken: bool = False
    """Whether the notice can be listened to."""


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
    seat: int = 0
    may_share: bool = False
    """Whether somebody else may still answer on this phone."""
    may_subscribe: bool = False
    """Whether the person has never been asked if they want announcements."""


class NotAccepted(ParticipationError):
    """An answer that the form refuses; the question stays as it is asked."""

    def __init__(self, asked: Asked, refused: AnswerRefused) -> None:
        super().__init__()
        self.asked = asked
        self.refused = refused


class LooksIdentifying(ParticipationError):
    """Words that seem to name somebody; nothing keeps them, and the question stays."""

    def __init__(self, asked: Asked, found: frozenset[Identifier], *, may_skip: bool) -> None:
        super().__init__()
        self.asked = asked
        self.found = found
        self.may_skip = may_skip


class OnlyToRead(ParticipationError):
    """Something was typed where there is only something to read, or to review."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
