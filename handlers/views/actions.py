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
