"""Who is on the team, and who is invited."""

from dataclasses import dataclass

from handlers.views.actions.base import StaffAction
from participation.roles import Act


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
