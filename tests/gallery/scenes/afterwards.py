"""After the answer: withdrawing, hiding, hearing more; and others on the same phone."""

from dataclasses import replace

from handlers.afterwards import wish_outcome
from handlers.views.actions import WishOutcome
from handlers.views.afterwards import (
    declined,
    hidden,
    hidden_message,
    managing,
    offer,
    subscribed,
    unwished,
    wished,
)
from handlers.views.consultations import card
from handlers.views.reviews import receipt
from handlers.views.view import View
from handlers.views.withdrawing import confirm, whose, withdrawn
from participation.hiding import Hidden
from participation.wishes import Wished
from participation.withdrawing import Withdrawable, Withdrawals, Withdrawn
from tests.gallery import events
from tests.gallery.ground import Place as Ground
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Notice, Scene
from tests.gallery.visit import Visit


def _withdrawable(visit: Visit) -> Withdrawable:
    visit.submitted()
    return Withdrawals(visit.known, visit.person).ask(visit.id())


def _shared(visit: Visit) -> Visit:
    """The owner has answered, and somebody else is being asked."""
    visit.submitted()
    visit.submissions.at(1).agree(visit.id(), visit.language)
    return visit


def _full(visit: Visit) -> Visit:
    """Five others have answered too."""
    visit.submitted(GARDENS)
    for seat in range(1, 6):
        visit.submissions.at(seat).agree(visit.id(GARDENS), visit.language)
        for submission in visit.known.submissions.values():
            submission.state = next(iter(visit.known.submissions.values())).state
    return visit


def _gone(visit: Visit, *, may_answer_anew: bool) -> View:
    return withdrawn(
        Withdrawn(visit.card().listed.consultation_id, visit.listed().title, may_answer_anew)
    )


def _wish(visit: Visit) -> Wished:
    one = visit.listed()
    return Wished(one.consultation_id, one.title, is_new=True, has_outcome=False)


def _hidden(visit: Visit, own: int, typed: int, too_old: int) -> View:
    at = visit.listed().consultation_id, visit.listed().title
    return hidden(Hidden(*at, tuple(range(own)), tuple(range(typed)), too_old))


async def _noted(visit: Visit) -> Notice:
    """A second tap on “Tell me the outcome”."""
    behind = receipt(visit.submitted())
    action = WishOutcome(visit.id())
    for _tap in range(2):
        replies = await wish_outcome(events.tap(visit), action, visit.person, visit.known)
    return Notice.among(behind, replies)


SCENES = (
    Scene("notice-wished-already", None, "The outcome was wished already", _noted),
    Scene("offer", offer, "Announcements, offered once", lambda visit: offer(visit.commune)),
    Scene(
        "offer-no-profile",
        offer,
        "The same before a profile is loaded",
        lambda visit: offer(visit.commune),
        Ground.EMPTY,
    ),
    Scene("subscribed", subscribed, "Taken", lambda _visit: subscribed()),
    Scene("declined", declined, "Declined", lambda _visit: declined()),
    Scene("wished", wished, "The outcome will be told", lambda visit: wished(_wish(visit))),
    Scene("unwished", unwished, "It will not be told", lambda visit: unwished(_wish(visit))),
    Scene(
        "card-shared",
        card,
        "Somebody else has begun on this phone",
        lambda visit: card(_shared(visit).card()),
    ),
    Scene(
        "card-shared-full",
        card,
        "Nobody else may begin on this phone",
        lambda visit: card(_full(visit).card(GARDENS)),
        Ground.BUSY,
    ),
    Scene(
        "managing-answers",
        managing,
        "What hiding and what withdrawing does",
        lambda visit: managing(visit.id(), 0),
    ),
    Scene(
        "withdraw",
        confirm,
        "Before an answer is erased",
        lambda visit: confirm(_withdrawable(visit), 0),
    ),
    Scene(
        "withdraw-whose",
        whose,
        "Several have answered on this phone",
        lambda visit: whose(replace(_withdrawable(visit), seats=(0, 1))),
    ),
    Scene(
        "withdrawn", withdrawn, "It is erased", lambda visit: _gone(visit, may_answer_anew=True)
    ),
    Scene(
        "withdrawn-closed",
        withdrawn,
        "Erased after the closing",
        lambda visit: _gone(visit, may_answer_anew=False),
    ),
    Scene(
        "hidden",
        hidden,
        "What was hidden and what was not",
        lambda visit: _hidden(visit, 14, 3, 2),
        dark=True,
    ),
    Scene("hidden-one", hidden, "One of each", lambda visit: _hidden(visit, 1, 1, 1)),
    Scene(
        "hidden-nothing", hidden, "Nothing is left to hide", lambda visit: _hidden(visit, 0, 0, 0)
    ),
    Scene(
        "hidden-message",
        hidden_message,
        "What stays of a question",
        lambda _visit: hidden_message(),
    ),
)
