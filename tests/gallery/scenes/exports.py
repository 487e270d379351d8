"""Exports: what can be had, how far it is, the file."""

from handlers.refusals import explain
from handlers.views.exports import exportable, failed, made, making, offer, ordered, refused, table
from handlers.views.view import View
from participation.errors import ParticipationError
from participation.exporting import Exporting, Offered
from participation.managing import Managing
from storage.people import Role
from tests.gallery.events import tap
from tests.gallery.ground import Place
from tests.gallery.scene import Notice, Scene
from tests.gallery.scenes.workspace import at_work
from tests.gallery.visit import HOUSES, Visit

ASKED = "/export"


async def _exportable(visit: Visit) -> View:
    return exportable(await Exporting(at_work(visit, Role.ANALYST)).list(), 0)


async def _offer(visit: Visit, *, may_identify: bool = False, identified: bool = False) -> View:
    stood = await Managing(at_work(visit)).stands(visit.id(HOUSES))
    return offer(Offered(stood.managed, may_identify), identified=identified)


def _table(visit: Visit, count: int, *, identified: bool = False) -> View:
    title = visit.listed(HOUSES).title
    return table(title, count, "xlsx", visit.language, 1, identified=identified)


async def _unexported(visit: Visit, *orders: str) -> Notice:
    """The last of these orders is refused, explained as the worker explains it."""
    exporting = Exporting(at_work(visit))
    behind = await _offer(visit)
    try:
        for order in orders:
            await exporting.order(visit.id(HOUSES), order, visit.language)
    except ParticipationError as refusal:
        return Notice.among(behind, explain(refusal, tap(visit), visit.person, visit.known))
    raise AssertionError("nothing was refused")


async def _answered(visit: Visit, *orders: str) -> Notice:
    """The same after somebody has answered."""
    visit.submitted()
    await visit.known.session.flush()
    return await _unexported(visit, *orders)


SCENES = (
    Scene("exportable", exportable, "Which answers are wanted", _exportable, said=ASKED),
    Scene(
        "exportable-none",
        exportable,
        "Nothing was opened yet",
        _exportable,
        Place.EMPTY,
        said=ASKED,
    ),
    Scene("export-offer", offer, "Format and language", _offer, said=ASKED, bilingual=True),
    Scene(
        "export-offer-identified-mode",
        offer,
        "People gave their names, and may be left out",
        lambda visit: _offer(visit, may_identify=True),
        said=ASKED,
        bilingual=True,
    ),
    Scene(
        "export-offer-identified",
        offer,
        "The table will say who answered",
        lambda visit: _offer(visit, may_identify=True, identified=True),
        said=ASKED,
        bilingual=True,
    ),
    Scene(
        "export-ordered",
        ordered,
        "The table is taken down",
        lambda visit: ordered(visit.listed(HOUSES).title),
        said=ASKED,
    ),
    Scene(
        "export-making", making, "How far it is", lambda _visit: making(12_400, 31_250), said=ASKED
    ),
    Scene("export-made", made, "It is ready", lambda _visit: made(), said=ASKED),
    Scene(
        "export-table",
        table,
        "The file",
        lambda visit: _table(visit, 412),
        said=ASKED,
        bilingual=True,
        dark=True,
    ),
    Scene(
        "export-table-one",
        table,
        "The file of one answer",
        lambda visit: _table(visit, 1),
        said=ASKED,
        bilingual=True,
    ),
    Scene(
        "export-table-identified",
        table,
        "The file that says who answered",
        lambda visit: _table(visit, 23, identified=True),
        said=ASKED,
        bilingual=True,
    ),
    *(
        Scene(
            f"export-refused-{why}",
            refused,
            f"No file: {what}",
            lambda _visit, why=why: refused(why),  # type: ignore[misc]  # bound at once
            said=ASKED,
        )
        for why, what in (
            ("large", "it is too large for Telegram"),
            ("wide", "it has too many columns for Excel"),
            ("empty", "there are no answers"),
            ("role", "the role was withdrawn"),
        )
    ),
    Scene(
        "notice-nothing-to-export",
        None,
        "An export of nothing",
        lambda visit: _unexported(visit, "xlsx"),
        bilingual=True,
    ),
    Scene(
        "notice-being-exported",
        None,
        "A double tap on the same table",
        lambda visit: _answered(visit, "xlsx", "xlsx"),
        bilingual=True,
    ),
    Scene(
        "notice-unknown-format",
        None,
        "A table of another kind",
        lambda visit: _answered(visit, "ods"),
        bilingual=True,
    ),
    Scene("export-failed", failed, "It did not work yet", lambda _visit: failed(), said=ASKED),
)
