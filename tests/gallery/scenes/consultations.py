"""Consultations: the list, the card, a document, the notice, saving for later."""

from dataclasses import replace

from handlers.language import language_now
from handlers.views.consultations import (
    card,
    consultations,
    document,
    document_summary,
    paused,
)
from handlers.views.notices import agreed, full_notice, notice, spoken
from handlers.views.view import View
from participation.answering import Unagreed
from participation.consultations import Listed, Reading
from storage.consultations import Mode
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


def _in_mode(visit: Visit, mode: Mode) -> Unagreed:
    return replace(visit.unagreed(), mode=mode)


FACTS = {
    "commune": {"name": {"ar": "جماعة واد سوس", "fr": "Commune d’Oued Souss"}},
    "personal_data": {
        "controller": {"ar": "رئيس الجماعة", "fr": "Le président de la commune"},
        "rights_contact": {"ar": "مكتب الضبط", "fr": "Bureau d’ordre"},
        "retention": {"ar": "ستة أشهر بعد التقرير", "fr": "six mois après le rapport"},
        "cndp_declaration_number": "D-1/2026",
        "cndp_authorisation_number": "A-1/2026",
        "cndp_transfer_number": "T-1/2026",
        "confirmed": True,
    },
}


def _spoken(visit: Visit) -> View:
    """Any stored file stands for the recording, which the example does not have."""
    return spoken(visit.unagreed(), visit.card().readings[0].document_id)


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
        "card-nothing-to-read",
        card,
        "Without a document, there is only one step",
        lambda visit: card(replace(visit.card(), readings=())),
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
    Scene(
        "notice-pseudonymous",
        notice,
        "Under a pseudonym",
        lambda visit: notice(_in_mode(visit, Mode.PSEUDONYMOUS), visit.commune),
    ),
    Scene(
        "notice-identified",
        notice,
        "In one’s own name, with a recording to listen to",
        lambda visit: notice(
            replace(_in_mode(visit, Mode.IDENTIFIED), is_spoken=True), visit.commune
        ),
    ),
    Scene(
        "notice-full",
        full_notice,
        "Everything, before the commune has supplied its facts",
        lambda visit: full_notice(visit.unagreed(), visit.commune, agreed_before=False),
        dark=True,
    ),
    Scene(
        "notice-full-pseudonymous",
        full_notice,
        "Everything, with the facts, under a pseudonym",
        lambda visit: full_notice(_in_mode(visit, Mode.PSEUDONYMOUS), FACTS, agreed_before=False),
    ),
    Scene(
        "notice-full-identified",
        full_notice,
        "Everything, in one’s own name, read again later",
        lambda visit: full_notice(_in_mode(visit, Mode.IDENTIFIED), FACTS, agreed_before=True),
    ),
    Scene("notice-spoken", spoken, "The recording of the commune", _spoken),
    Scene("paused", paused, "Saved for later", lambda visit: paused(visit.begins().listed())),
    Scene(
        "paused-finishing",
        paused,
        "Saved in the last day",
        lambda visit: paused(_finishing(visit).listed()),
    ),
)
