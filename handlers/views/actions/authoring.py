"""A questionnaire: its workbook, writing it in the chat, trying it."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


@dataclass(frozen=True)
class NewConsultation(StaffAction):
    act = Act.AUTHOR


@dataclass(frozen=True)
class FillInWorkbook(StaffAction):
    """Have the ready workbook sent, to be filled in with Excel."""

    act = Act.AUTHOR


@dataclass(frozen=True)
class AskByName(StaffAction):
    """Draft what was refused so that people answer by name.

    ``workbook`` marks the one that was sent; empty: what is in the chat.
    """

    act = Act.AUTHOR
    workbook: str = ""


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
