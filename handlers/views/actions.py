"""What a button asks for. It names things; it grants nothing.

A class's name and fields travel in the buttons of messages that were sent long ago: renaming one
makes those buttons old, which is answered politely. Fields with a default stand last and are left
out where they have it, so that a new one does not make old buttons old. ``seat`` is whose turn it
is on a shared phone.
"""

from dataclasses import dataclass
from typing import ClassVar

from participation.roles import Act


@dataclass(frozen=True)
class Action:
    """Fields are int, bool or short ASCII words, in the order in which they are packed."""


@dataclass(frozen=True)
class StaffAction(Action):
    """What only staff may ask for. ``act`` is looked up on every tap, before its handler runs."""

    act: ClassVar[Act]


@dataclass(frozen=True)
class OpenMenu(Action):
    """``below``: as a new message, where the tapped one must stay."""

    below: bool


@dataclass(frozen=True)
class OpenHelp(Action):
    pass


@dataclass(frozen=True)
class SpeakLanguage(Action):
    """``consultation`` is the card to show again; 0 for none."""

    language: str
    consultation: int


@dataclass(frozen=True)
class ListConsultations(Action):
    page: int


@dataclass(frozen=True)
class OpenConsultation(Action):
    consultation: int


@dataclass(frozen=True)
class ReadDocument(Action):
    document: int


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
class ReadNotice(Action):
    """The whole notice: what becomes of the answers, and one's rights."""

    consultation: int
    seat: int = 0


@dataclass(frozen=True)
class ListenToNotice(Action):
    consultation: int


@dataclass(frozen=True)
class BeginForAnother(Action):
    """Somebody else takes the phone."""

    consultation: int


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
class OpenWorkspace(StaffAction):
    act = Act.WORK


@dataclass(frozen=True)
class ListManaged(StaffAction):
    """Consultations as staff see them, drafts included."""

    act = Act.WORK
    page: int


@dataclass(frozen=True)
class ManageConsultation(StaffAction):
    act = Act.WORK
    consultation: int
