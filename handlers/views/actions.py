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
