"""Consultations: the list, the card, a document, the notice, saving for later."""

from dataclasses import replace

from handlers.language import language_now
from handlers.views.consultations import (
    agreed,
    card,
    consultations,
    document,
    document_summary,
    notice,
    paused,
)
from handlers.views.view import View
from participation.consultations import Listed, Reading
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Scene
from tests.gallery.visit import CHARTER, Visit


def _reading(visit: Visit) -> tuple[Reading, Listed]:
    readings = visit.card().readings
    mine = next(one for one in readings if one.language == language_now())
    return visit.consultations.read(mine.document_id)


def _document(visit: Visit) -> View:
    return document(*_reading(visit))


def _extended(visit: Visit) -> View:
    presented = visit.card()
    return card(replace(presented, listed=replace(presented.listed, is_extended=True)))


def _finishing(visit: Visit) -> Visit:
    """The person has begun, and the consultation has closed since."""
    return visit.begins().passes(days=22)


def _answered(visit: Visit) -> Visit:
    visit.submitted()
    return visit


SCENES = (
    Scene(
        "consultations",
        consultations,
        "The list: one open, one closed",
        lambda visit: consultations(visit.consultations.all(), 0),
        said="/consultations",
    ),
    Scene(
        "consultations-none",
        consultations,
        "The list before anything is loaded",
        lambda visit: consultations(visit.consultations.all(), 0),
        Place.EMPTY,
        said="/consultations",
    ),
    Scene(
        "consultations-many",
        consultations,
        "The first page of a long list",
        lambda visit: consultations(visit.begins(GARDENS).consultations.all(), 0),
        Place.BUSY,
        said="/consultations",
    ),
    Scene(
        "consultations-page-2",
        consultations,
        "Its second page",
        lambda visit: consultations(visit.consultations.all(), 1),
        Place.BUSY,
        said="/consultations",
    ),
    Scene("card", card, "An open consultation", lambda visit: card(visit.card()), dark=True),
    Scene(
        "card-documents",
        card,
        "With two documents",
        lambda visit: card(visit.card(GARDENS)),
        Place.BUSY,
    ),
    Scene(
        "card-upcoming",
        card,
        "It opens in three days",
        lambda visit: card(visit.passes(days=-3).card()),
    ),
    Scene("card-begun", card, "The person has begun", lambda visit: card(visit.begins().card())),
    Scene(
        "card-finishing",
        card,
        "Closed, and begun in time: it may be finished",
        lambda visit: card(_finishing(visit).card()),
    ),
    Scene("card-closed", card, "Closed", lambda visit: card(visit.card(CHARTER))),
    Scene(
        "card-answered",
        card,
        "Answered, and still open",
        lambda visit: card(_answered(visit).card()),
    ),
    Scene(
        "card-answered-closed",
        card,
        "Answered, and closed within the last day",
        lambda visit: card(_answered(visit).passes(days=22).card()),
    ),
    Scene("card-extended", card, "Extended", _extended),
    Scene(
        "document-summary",
        document_summary,
        "What a document says",
        lambda visit: document_summary(*_reading(visit)),
    ),
    Scene("document", document, "A document to read", _document, dark=True),
    Scene(
        "notice",
        notice,
        "What becomes of the answers",
        lambda visit: notice(visit.unagreed(), visit.commune),
    ),
    Scene(
        "agreed",
        agreed,
        "The same as it stays in the chat",
        lambda visit: agreed(visit.unagreed(), visit.commune),
    ),
    Scene("paused", paused, "Saved for later", lambda visit: paused(visit.begins().listed())),
    Scene(
        "paused-finishing",
        paused,
        "Saved in the last day",
        lambda visit: paused(_finishing(visit).listed()),
    ),
)
