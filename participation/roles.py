"""What each role may do, and to what: only here. What stands nowhere in it is denied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from participation.errors import ParticipationError
from storage.consultations import Consultation, ConsultationState
from storage.people import Role


class Act(StrEnum):
    """Everything that staff do, as the audit names it."""

    WORK = "work"
    """See the workspace and how the consultations stand."""
    AUTHOR = "author"
    """Write and change what nobody has been asked yet."""
    PUBLISH = "publish"
    """Open a consultation, extend it, tell people of it, correct its contact and documents."""
    REPORT = "report"
    """Write what was heard and what the commune answers."""
    EXPORT = "export"
    """Take a table that names nobody."""
    EXPORT_IDENTIFIED = "export_identified"
    """Take a table that says who answered."""
    HELP = "help"
    """Read and answer what people ask of a human."""
    MANAGE_TEAM = "manage_team"
    """Issue roles, admit, withdraw; be told what goes wrong."""


class NotAllowed(ParticipationError):
    """The person's role, if they have one, does not go so far."""


Bound = Callable[[Consultation], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do something, and to which consultations; to all, where nothing bounds it."""

    roles: frozenset[Role]
    bound: Bound | None = None


def _draft(consultation: Consultation) -> bool:
    return consultation.state is ConsultationState.DRAFT


def _was_opened(consultation: Consultation) -> bool:
    return consultation.state is not ConsultationState.DRAFT


_EVERYBODY = frozenset(Role)
_OFFICERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER})

RULES: Mapping[Act, Rule] = {
    Act.WORK: Rule(_EVERYBODY),
    Act.AUTHOR: Rule(_OFFICERS, _draft),
    Act.PUBLISH: Rule(_OFFICERS),
    Act.REPORT: Rule(_OFFICERS, _was_opened),
    Act.EXPORT: Rule(_EVERYBODY, _was_opened),
    Act.EXPORT_IDENTIFIED: Rule(_OFFICERS, _was_opened),
    Act.HELP: Rule(_OFFICERS),
    Act.MANAGE_TEAM: Rule(frozenset({Role.ADMINISTRATOR})),
}


def may(role: Role | None, act: Act, consultation: Consultation | None = None) -> bool:
    """Whether this role goes so far; nobody's does where no rule is written."""
    rule = RULES.get(act)
    if rule is None or role not in rule.roles:
        return False
    return consultation is None or rule.bound is None or rule.bound(consultation)
