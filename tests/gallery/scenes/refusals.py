"""Words that answer words: why they were not taken, above the question or the menu."""

from aiogram.methods import SendMessage

from handlers.refusals import explain
from handlers.views.questions import question
from handlers.views.reviews import review
from handlers.views.start import menu
from participation.answering import LooksIdentifying
from participation.identifiers import Identifier
from tests.gallery import events
from tests.gallery.events import message_among
from tests.gallery.ground import PEOPLE, Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Scene
from tests.gallery.visit import HOUSES, Visit

WORDS = {"ar": "لا أعرف", "fr": "je ne sais pas"}
LONG = {"ar": "نريد حديقة جميلة. " * 225, "fr": "Nous voulons un beau jardin. " * 140}
"""More letters than an answer keeps, and fewer than a message holds."""


def _explained(visit: Visit, words: str) -> SendMessage:
    """These words, and why they were not taken, as the worker says it."""
    refused = visit.refusal(lambda: visit.submissions.write(words))
    event = events.words(visit, words)
    return message_among(explain(refused, event, visit.person, visit.known))


def _typed(name: str, caption: str, asked: str, typed: str | dict[str, str], slug: str) -> Scene:
    """Words that the question does not take: it is asked again."""
    said = typed if isinstance(typed, dict) else dict.fromkeys(PEOPLE, typed)

    def build(visit: Visit) -> SendMessage:
        visit.asked(asked, slug)
        return _explained(visit, said[visit.language])

    place = Place.TAROUDANT if slug == HOUSES else Place.BUSY
    return Scene(f"refusal-{name}", question, caption, build, place, said=said)


def _must_answer(visit: Visit) -> SendMessage:
    refused = LooksIdentifying(visit.asked("idea"), frozenset({Identifier.PHONE}), may_skip=False)
    event = events.words(visit, "0612345678")
    return message_among(explain(refused, event, visit.person, visit.known))


def _reading(visit: Visit) -> SendMessage:
    return _explained(visit.begins(), WORDS[visit.language])


def _reviewing(visit: Visit) -> SendMessage:
    visit.reviewed()
    return _explained(visit, WORDS[visit.language])


def _overtaken(visit: Visit) -> SendMessage:
    visit.asked("idea")
    return _explained(visit.passes(days=23), WORDS[visit.language])


SCENES = (
    _typed("not-an-integer", "Words where a number is asked", "walking_minutes", WORDS, HOUSES),
    _typed("own-words", "The form's own words refuse a number", "walking_minutes", "500", HOUSES),
    _typed("constraint", "The form refuses and says nothing", "distance", "500", GARDENS),
    _typed("not-a-number", "Words where a decimal is asked", "distance", WORDS, GARDENS),
    _typed("not-a-date", "Words where a date is asked", "last_visit", WORDS, HOUSES),
    _typed("unknown-choice", "Words where a choice is asked", "equipment", WORDS, HOUSES),
    _typed("too-long", "More than an answer keeps", "wish", LONG, GARDENS),
    _typed("cnie", "The number of an ID card in a free text", "idea", "JC123456", HOUSES),
    _typed("phone", "A telephone number in a free text", "idea", "06 12 34 56 78", HOUSES),
    _typed("email", "A mailbox in a free text", "idea", "amina@example.ma", HOUSES),
    _typed("several", "Several of them", "idea", "JC123456, 06 12 34 56 78", HOUSES),
    Scene(
        "refusal-phone-required",
        question,
        "A telephone number where an answer is needed",
        _must_answer,
        said="0612345678",
    ),
    Scene("refusal-only-to-read", question, "Words below a note", _reading, said=WORDS),
    Scene("refusal-review", review, "Words below the review", _reviewing, said=WORDS),
    Scene("refusal-closed", menu, "Words after the last day", _overtaken, said=WORDS),
)
