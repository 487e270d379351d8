"""Opening, sharing, extending and closing."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


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
