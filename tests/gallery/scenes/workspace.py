"""The workspace of staff, and consultations as they see them."""

from dataclasses import replace

from handlers.views.view import View
from handlers.views.workspace import managed, managing, workspace
from participation.managing import Managing
from participation.staff import Staff
from storage.consultations import ConsultationState
from storage.people import Role
from tests.gallery.ground import Place
from tests.gallery.scene import Scene
from tests.gallery.visit import CHARTER, HOUSES, Visit


def at_work(visit: Visit, role: Role = Role.OFFICER) -> Staff:
    """The person as a member of staff."""
    return visit.works_as(role)


async def _managed(visit: Visit) -> View:
    return managed(await Managing(at_work(visit)).list(), 0)


async def _managing(visit: Visit, slug: str = HOUSES) -> View:
    staff = at_work(visit)
    return managing(await Managing(staff).stands(visit.id(slug)), staff)


async def _draft(visit: Visit) -> View:
    staff = at_work(visit)
    number = visit.id()
    visit.known.consultations[number].state = ConsultationState.DRAFT  # type: ignore[index]
    return managing(await Managing(staff).stands(number), staff)


async def _shared(visit: Visit) -> View:
    staff = at_work(visit)
    stood = await Managing(staff).stands(visit.id())
    return managing(replace(stood, started=52, submitted=41, shared=6), staff)


SCENES = (
    Scene("managing-shared", managing, "Some have answered on others’ phones", _shared),
    Scene(
        "workspace-administrator",
        workspace,
        "The workspace of an administrator",
        lambda visit: workspace(at_work(visit, Role.ADMINISTRATOR)),
        said="/staff",
    ),
    Scene(
        "workspace-officer",
        workspace,
        "The workspace of an officer",
        lambda visit: workspace(at_work(visit, Role.OFFICER)),
        said="/staff",
        dark=True,
    ),
    Scene(
        "workspace-analyst",
        workspace,
        "The workspace of an analyst",
        lambda visit: workspace(at_work(visit, Role.ANALYST)),
        said="/staff",
    ),
    Scene("managed", managed, "Staff see all consultations", _managed),
    Scene("managed-empty", managed, "There is none yet", _managed, Place.EMPTY),
    Scene("managing-open", managing, "An open consultation as staff see it", _managing),
    Scene("managing-draft", managing, "A draft", _draft),
    Scene(
        "managing-upcoming",
        managing,
        "One that opens later",
        lambda visit: _managing(visit.passes(days=-3)),
    ),
    Scene(
        "managing-finishing",
        managing,
        "One that closed a moment ago",
        lambda visit: _managing(visit.passes(days=22)),
    ),
    Scene(
        "managing-closed",
        managing,
        "One that is closed",
        lambda visit: _managing(visit, CHARTER),
    ),
)
