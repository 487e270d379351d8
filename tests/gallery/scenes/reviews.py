"""The review before sending, and the receipt after it."""

from dataclasses import replace
from datetime import UTC, datetime

from handlers.views.questions import question
from handlers.views.reviews import receipt, review, sent
from handlers.views.view import View
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Scene
from tests.gallery.visit import Visit


def _finishing(visit: Visit) -> View:
    visit.reviewed()
    return review(visit.passes(days=22).submissions.review(visit.id()))


def _closed_early(visit: Visit) -> View:
    at_noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    return review(replace(visit.reviewed(), finish_by=at_noon))


def _changing(visit: Visit) -> View:
    """A question that was asked again from the review."""
    reviewed = visit.reviewed()
    index = reviewed.interview.form.question("house/equipment").index
    return question(visit.submissions.change(reviewed.consultation_id, index))


def _sent_late(visit: Visit) -> View:
    visit.reviewed()
    return receipt(visit.passes(days=22).submits())


SCENES = (
    Scene(
        "review",
        review,
        "All answers, before they are sent",
        lambda visit: review(visit.reviewed()),
        dark=True,
    ),
    Scene(
        "review-page-2", review, "Its second page", lambda visit: review(visit.reviewed(), page=1)
    ),
    Scene(
        "review-short-labels",
        review,
        "A form with short labels: they stand on the buttons",
        lambda visit: review(visit.reviewed(GARDENS, children=None)),
        Place.BUSY,
    ),
    Scene("review-finishing", review, "The consultation has closed since", _finishing),
    Scene("review-closed-early", review, "It was closed early, in the day", _closed_early),
    Scene("question-changing", question, "A question to change", _changing),
    Scene(
        "sent",
        sent,
        "The review as it stays in the chat",
        lambda visit: sent(visit.submitted(GARDENS)),
        Place.BUSY,
    ),
    Scene("sent-pages", sent, "The same of a long form", lambda visit: sent(visit.submitted())),
    Scene(
        "receipt",
        receipt,
        "Thanks and the code",
        lambda visit: receipt(visit.submitted()),
        dark=True,
    ),
    Scene("receipt-closed", receipt, "Sent after the closing", _sent_late),
)
