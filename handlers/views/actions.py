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
class ReadOutcome(Action):
    """What became of a consultation."""

    consultation: int
    page: int


@dataclass(frozen=True)
class ReadOutcomeFile(Action):
    """The same as a file or a voice message, in the language spoken."""

    consultation: int


@dataclass(frozen=True)
class ConsiderOpenings(Action):
    """The words by which one asks to be told when a consultation opens."""


@dataclass(frozen=True)
class FollowOpenings(Action):
    """Agree to those words."""


@dataclass(frozen=True)
class LeaveMessage(Action):
    """Write to a human; ``follows`` is the message whose answer one replies to, 0 for none."""

    follows: int


@dataclass(frozen=True)
class GiveUpMessage(Action):
    pass


@dataclass(frozen=True)
class WriteReport(StaffAction):
    """The report as it is being written."""

    act = Act.REPORT
    consultation: int


@dataclass(frozen=True)
class OpenTheme(StaffAction):
    """``theme`` is its place, from 0."""

    act = Act.REPORT
    consultation: int
    theme: int


@dataclass(frozen=True)
class AskReportText(StaffAction):
    """``field`` numbers theme, text and language in one (``participation.reporting.Field``)."""

    act = Act.REPORT
    consultation: int
    field: int


@dataclass(frozen=True)
class SkipReportText(StaffAction):
    act = Act.REPORT
    consultation: int
    field: int


@dataclass(frozen=True)
class DecideTheme(StaffAction):
    act = Act.REPORT
    consultation: int
    theme: int
    verdict: str


@dataclass(frozen=True)
class RemoveTheme(StaffAction):
    """``count`` themes there were, so that a double tap has one effect."""

    act = Act.REPORT
    consultation: int
    theme: int
    count: int


@dataclass(frozen=True)
class AskReportFile(StaffAction):
    act = Act.REPORT
    consultation: int
    language: str


@dataclass(frozen=True)
class RemoveReportFile(StaffAction):
    act = Act.REPORT
    consultation: int
    language: str


@dataclass(frozen=True)
class PreviewReport(StaffAction):
    act = Act.REPORT
    consultation: int
    language: str
    page: int


@dataclass(frozen=True)
class ConfirmReport(StaffAction):
    act = Act.REPORT
    consultation: int


@dataclass(frozen=True)
class PublishReport(StaffAction):
    """``telling``: whether those who wished it are told."""

    act = Act.REPORT
    consultation: int
    telling: bool


@dataclass(frozen=True)
class GiveUpReport(StaffAction):
    """Forget what was not published; ``sure``: asked already."""

    act = Act.REPORT
    consultation: int
    sure: bool


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


@dataclass(frozen=True)
class NewConsultation(StaffAction):
    act = Act.AUTHOR


@dataclass(frozen=True)
class FillInWorkbook(StaffAction):
    """Have the ready workbook sent, to be filled in with Excel."""

    act = Act.AUTHOR


@dataclass(frozen=True)
class ReplaceWorkbook(StaffAction):
    """Send another workbook for a draft."""

    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class ComposeQuestionnaire(StaffAction):
    """Write a questionnaire in the chat; ``fresh``: from the beginning."""

    act = Act.AUTHOR
    fresh: bool


@dataclass(frozen=True)
class ChooseKind(StaffAction):
    """What the next question is answered with: a member of ``composing.Kind``."""

    act = Act.AUTHOR
    kind: str


@dataclass(frozen=True)
class RequireAnswer(StaffAction):
    """``wanted`` is the state that is asked for, so that a double tap has one effect."""

    act = Act.AUTHOR
    question: int
    wanted: bool


@dataclass(frozen=True)
class RemoveQuestion(StaffAction):
    """``count`` is how many questions there were, so that a double tap removes one."""

    act = Act.AUTHOR
    question: int
    count: int


@dataclass(frozen=True)
class DropQuestion(StaffAction):
    """Forget the question that is not complete yet."""

    act = Act.AUTHOR


@dataclass(frozen=True)
class PutBackQuestion(StaffAction):
    act = Act.AUTHOR


@dataclass(frozen=True)
class FinishComposing(StaffAction):
    act = Act.AUTHOR


@dataclass(frozen=True)
class SaveComposing(StaffAction):
    act = Act.AUTHOR


@dataclass(frozen=True)
class PreviewForm(StaffAction):
    """Walk through a draft's form; nothing of it is kept."""

    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class WalkPreview(StaffAction):
    """``verb`` is a member of ``previewing.Verb``, ``value`` a choice or a page."""

    act = Act.AUTHOR
    verb: str
    question: int
    value: int


@dataclass(frozen=True)
class SpeakPreview(StaffAction):
    act = Act.AUTHOR
    language: str


@dataclass(frozen=True)
class LeavePreview(StaffAction):
    act = Act.AUTHOR


@dataclass(frozen=True)
class GetDocument(Action):
    """The file itself, after its summary was read."""

    document: int


@dataclass(frozen=True)
class WriteCardText(StaffAction):
    """``field`` is the text's name: ``title``, ``stake``, ``contact``."""

    act = Act.AUTHOR
    consultation: int
    field: str


@dataclass(frozen=True)
class ChooseWindow(StaffAction):
    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class SetWindow(StaffAction):
    act = Act.AUTHOR
    consultation: int
    days: int


@dataclass(frozen=True)
class WriteShortReason(StaffAction):
    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class ChooseMode(StaffAction):
    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class SetMode(StaffAction):
    act = Act.AUTHOR
    consultation: int
    mode: str


@dataclass(frozen=True)
class ListDocuments(StaffAction):
    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class AddDocument(StaffAction):
    act = Act.AUTHOR
    consultation: int


@dataclass(frozen=True)
class ShowDocument(StaffAction):
    act = Act.AUTHOR
    document: int


@dataclass(frozen=True)
class WriteDocumentTitle(StaffAction):
    act = Act.AUTHOR
    document: int


@dataclass(frozen=True)
class WriteDocumentSummary(StaffAction):
    act = Act.AUTHOR
    document: int


@dataclass(frozen=True)
class SetDocumentLanguage(StaffAction):
    """``language`` is ``both`` for a file that serves every language."""

    act = Act.AUTHOR
    document: int
    language: str


@dataclass(frozen=True)
class RemoveDocument(StaffAction):
    act = Act.AUTHOR
    document: int


@dataclass(frozen=True)
class PrepareOpening(StaffAction):
    act = Act.PUBLISH
    consultation: int


@dataclass(frozen=True)
class ConfirmOpening(StaffAction):
    """``shown`` stands for what was shown, and when: it has to be shown again if it changes."""

    act = Act.PUBLISH
    consultation: int
    shown: str


@dataclass(frozen=True)
class ShareConsultation(StaffAction):
    act = Act.PUBLISH
    consultation: int


@dataclass(frozen=True)
class ChooseExtension(StaffAction):
    act = Act.PUBLISH
    consultation: int


@dataclass(frozen=True)
class PrepareExtension(StaffAction):
    act = Act.PUBLISH
    consultation: int
    days: int


@dataclass(frozen=True)
class ConfirmExtension(StaffAction):
    """``until`` is the new last day's ordinal."""

    act = Act.PUBLISH
    consultation: int
    until: int
    shown: str


@dataclass(frozen=True)
class PrepareClosing(StaffAction):
    act = Act.PUBLISH
    consultation: int


@dataclass(frozen=True)
class ConfirmClosing(StaffAction):
    act = Act.PUBLISH
    consultation: int
    shown: str
