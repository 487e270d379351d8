"""A conversation as it stands in the chat after a while: for the first picture of the README."""

from collections.abc import Iterator, Mapping

from handlers.views.answers import answered
from handlers.views.notices import agreed
from handlers.views.questions import question
from handlers.views.view import View
from participation.answering import Asked, Step
from tests.gallery.visit import ANSWERS, HOUSES, Visit

LAST = "gender"


def conversation(visit: Visit) -> Iterator[View | str]:
    """What the bot has said and, as plain text, what the person has written, in order."""
    yield "/start c_neighbourhood-houses"
    yield agreed(visit.unagreed(), visit.commune)
    step: Step = visit.asked("welcome")
    while isinstance(step, Asked) and step.question.name != LAST:
        asked = step.question
        step = visit.answer(step, ANSWERS[HOUSES])
        assert step.after is not None
        yield answered(step.after)
        typed = ANSWERS[HOUSES].get(asked.name)
        if isinstance(typed, Mapping):
            yield typed[visit.language]
        elif isinstance(typed, str) and not asked.choices:
            yield typed
    assert isinstance(step, Asked)
    yield question(step)
