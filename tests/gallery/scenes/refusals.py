"""Words that answer words: why they were not taken, above the question or the menu."""

from handlers.asking import step_view
from handlers.refusals import sentence
from handlers.views.questions import question
from handlers.views.reviews import review
from handlers.views.start import menu
from handlers.views.view import View
from participation.answering import NotAccepted, OnlyToRead, Reviewed
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Scene
from tests.gallery.visit import HOUSES, Visit

WORDS = {"ar": "لا أعرف", "fr": "je ne sais pas"}
LONG = {"ar": "نريد حديقة جميلة. " * 230, "fr": "Nous voulons un beau jardin. " * 140}
"""More letters than an answer keeps, and fewer than a message holds."""


def _not_taken(visit: Visit, name: str, words: str, slug: str = HOUSES) -> View:
    """The question again, with the reason why these words were not taken."""
    visit.asked(name, slug)
    refused = visit.refusal(lambda: visit.submissions.write(words))
    assert isinstance(refused, NotAccepted)
    return question(refused.asked, first=sentence(refused))


def _typed(name: str, caption: str, asked: str, typed: str | dict[str, str], slug: str) -> Scene:
    said = typed if isinstance(typed, dict) else dict.fromkeys(("ar", "fr"), typed)
    return Scene(
        f"refusal-{name}",
        question,
        caption,
        lambda visit: _not_taken(visit, asked, said[visit.language], slug),
        Place.TAROUDANT if slug == HOUSES else Place.BUSY,
        said=said,
    )


def _only_to_read(visit: Visit) -> View:
    """Words below a note or a review."""
    refused = visit.refusal(lambda: visit.submissions.write("?"))
    assert isinstance(refused, OnlyToRead)
    words = sentence(refused)
    if isinstance(refused.step, Reviewed):
        return review(refused.step, first=words)
    return step_view(refused.step, first=words)


def _reading(visit: Visit) -> View:
    visit.begins()
    return _only_to_read(visit)


def _reviewing(visit: Visit) -> View:
    visit.reviewed()
    return _only_to_read(visit)


def _overtaken(visit: Visit) -> View:
    """Words that arrive when the last day is over: the menu, with the reason."""
    visit.asked("idea")
    visit.passes(days=23)
    refused = visit.refusal(lambda: visit.submissions.write("…"))
    visit.people.leave()
    return menu(visit.commune, visit.consultations.open(), first=sentence(refused))


SCENES = (
    _typed("not-an-integer", "Words where a number is asked", "walking_minutes", WORDS, HOUSES),
    _typed("own-words", "The form's own words refuse a number", "walking_minutes", "500", HOUSES),
    _typed("constraint", "The form refuses and says nothing", "distance", "500", GARDENS),
    _typed("not-a-number", "Words where a decimal is asked", "distance", WORDS, GARDENS),
    _typed("not-a-date", "Words where a date is asked", "last_visit", WORDS, HOUSES),
    _typed("unknown-choice", "Words where a choice is asked", "equipment", WORDS, HOUSES),
    _typed("too-long", "More than an answer keeps", "wish", LONG, GARDENS),
    Scene("refusal-only-to-read", question, "Words below a note", _reading, said=WORDS),
    Scene("refusal-review", review, "Words below the review", _reviewing, said=WORDS),
    Scene("refusal-closed", menu, "Words after the last day", _overtaken, said=WORDS),
)
