"""What a button asks for. It names things; it grants nothing.

A class's name and fields travel in the buttons of messages that were sent long ago: renaming one
makes those buttons old, which is answered politely.
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


@dataclass(frozen=True)
class AgreeToNotice(Action):
    consultation: int


@dataclass(frozen=True)
class AnswerChoice(Action):
    """``question`` and ``choice`` are places in the form, from 0."""

    consultation: int
    question: int
    choice: int


@dataclass(frozen=True)
class TickChoice(Action):
    """``ticked`` is the state that is wanted, so that a double tap has one effect."""

    consultation: int
    question: int
    choice: int
    ticked: bool


@dataclass(frozen=True)
class FinishChoosing(Action):
    consultation: int
    question: int


@dataclass(frozen=True)
class TurnChoices(Action):
    """Show another page of a long list of choices."""

    consultation: int
    question: int
    page: int


@dataclass(frozen=True)
class SkipQuestion(Action):
    """Pass over, or go on from a note."""

    consultation: int
    question: int


@dataclass(frozen=True)
class KeepAnswer(Action):
    consultation: int
    question: int


@dataclass(frozen=True)
class GoBack(Action):
    consultation: int
    question: int


@dataclass(frozen=True)
class SaveForLater(Action):
    consultation: int


@dataclass(frozen=True)
class ReviewAnswers(Action):
    consultation: int
    page: int


@dataclass(frozen=True)
class ChangeAnswer(Action):
    consultation: int
    question: int


@dataclass(frozen=True)
class SubmitAnswers(Action):
    consultation: int


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


@dataclass(frozen=True)
class ListExports(StaffAction):
    """The consultations whose answers can be exported."""

    act = Act.EXPORT
    page: int


@dataclass(frozen=True)
class OfferExport(StaffAction):
    """``identified``: with who answered, where the mode and the role allow it."""

    act = Act.EXPORT
    consultation: int
    identified: bool


@dataclass(frozen=True)
class MakeExport(StaffAction):
    """``format`` is csv or xlsx, ``edition`` the language of the labels."""

    act = Act.EXPORT
    consultation: int
    format: str
    edition: str
    identified: bool


@dataclass(frozen=True)
class OpenTeam(StaffAction):
    act = Act.MANAGE_TEAM
    page: int


@dataclass(frozen=True)
class ChooseRole(StaffAction):
    """Ask for which role somebody is to be invited."""

    act = Act.MANAGE_TEAM


@dataclass(frozen=True)
class IssueInvitation(StaffAction):
    act = Act.MANAGE_TEAM
    role: str


@dataclass(frozen=True)
class OpenInvitation(StaffAction):
    act = Act.MANAGE_TEAM
    invitation: int


@dataclass(frozen=True)
class AdmitStaff(StaffAction):
    act = Act.MANAGE_TEAM
    invitation: int


@dataclass(frozen=True)
class TakeBackInvitation(StaffAction):
    """Refuse the one who knocks; where nobody has, the link leads nowhere from now on."""

    act = Act.MANAGE_TEAM
    invitation: int


@dataclass(frozen=True)
class OpenMember(StaffAction):
    """``grant`` is the role that somebody holds: once it is withdrawn the button is old."""

    act = Act.MANAGE_TEAM
    grant: int


@dataclass(frozen=True)
class AskToWithdrawRole(StaffAction):
    act = Act.MANAGE_TEAM
    grant: int


@dataclass(frozen=True)
class WithdrawRole(StaffAction):
    act = Act.MANAGE_TEAM
    grant: int


@dataclass(frozen=True)
class ChangeRole(StaffAction):
    act = Act.MANAGE_TEAM
    grant: int
    role: str
