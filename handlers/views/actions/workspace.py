"""Where staff begin."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


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
