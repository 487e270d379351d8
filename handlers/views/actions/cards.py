"""A draft's card: its texts, its window, its mode, its documents."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


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
    act = Act.PUBLISH
    consultation: int


@dataclass(frozen=True)
class AddDocument(StaffAction):
    act = Act.PUBLISH
    consultation: int


@dataclass(frozen=True)
class ShowDocument(StaffAction):
    act = Act.PUBLISH
    document: int


@dataclass(frozen=True)
class WriteDocumentTitle(StaffAction):
    act = Act.PUBLISH
    document: int


@dataclass(frozen=True)
class WriteDocumentSummary(StaffAction):
    act = Act.PUBLISH
    document: int


@dataclass(frozen=True)
class SetDocumentLanguage(StaffAction):
    """``language`` is ``both`` for a file that serves every language."""

    act = Act.PUBLISH
    document: int
    language: str


@dataclass(frozen=True)
class RemoveDocument(StaffAction):
    act = Act.PUBLISH
    document: int
