"""Questions: every type, in every shape; and what stays of an answered one."""

from dataclasses import replace

from handlers.views.answers import answered
from handlers.views.questions import page_with, question
from handlers.views.view import View
from participation.answering import Asked
from storage.consultations import Mode
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Scene
from tests.gallery.visit import ANSWERS, HOUSES, Visit


def _again(visit: Visit, name: str, slug: str = HOUSES) -> Asked:
    """The question, gone back to after it was answered."""
    step = visit.asked(name, slug)
    after = visit.answer(step, ANSWERS[slug])
    assert isinstance(after, Asked)
    return visit.submissions.go_back(after.consultation_id, after.question.index)


def _answered(visit: Visit, name: str, slug: str = HOUSES, **answers: str | None) -> View:
    """What stays of a question in the chat."""
    step = visit.answer(visit.asked(name, slug), {**ANSWERS[slug], **answers})
    assert step.after is not None
    return answered(step.after)


def _finishing(visit: Visit) -> Asked:
    visit.asked("idea")
    step = visit.passes(days=22).submissions.present()
    assert isinstance(step, Asked)
    return step


def _seen(name: str, caption: str, asked: str, *, dark: bool = False) -> Scene:
    """A question of the example as it is first asked."""
    return Scene(
        f"question-{name}",
        question,
        caption,
        lambda visit: question(visit.asked(asked)),
        dark=dark,
    )


def _seen_in_gardens(name: str, caption: str, asked: str) -> Scene:
    return Scene(
        f"question-{name}",
        question,
        caption,
        lambda visit: question(visit.asked(asked, GARDENS)),
        Place.BUSY,
    )


def _in_mode(visit: Visit, mode: Mode) -> View:
    return question(replace(visit.asked("visits"), mode=mode))


SCENES = (
    Scene(
        "question-pseudonymous",
        question,
        "A question that is answered under a pseudonym",
        lambda visit: _in_mode(visit, Mode.PSEUDONYMOUS),
    ),
    Scene(
        "question-identified",
        question,
        "A question that is answered in one’s own name",
        lambda visit: _in_mode(visit, Mode.IDENTIFIED),
    ),
    _seen("note", "A note: something to read", "welcome"),
    _seen("first", "The first question, with one answer to choose", "visits", dark=True),
    _seen("date", "A date, with a hint", "last_visit"),
    _seen_in_gardens("date-plain", "A date without a hint", "last"),
    _seen("integer", "A whole number, with a hint", "walking_minutes"),
    _seen_in_gardens("integer-plain", "A whole number without a hint", "children"),
    _seen_in_gardens("suggested", "The form suggests an answer", "visits"),
    _seen_in_gardens("decimal", "A number with a decimal part", "distance"),
    _seen("select-multiple", "Several answers, none ticked", "opening_times"),
    Scene(
        "question-select-multiple-ticked",
        question,
        "Two are ticked",
        lambda visit: question(visit.ticks(visit.asked("activities"), 0, 2)),
    ),
    _seen_in_gardens("select-multiple-plain", "Short answers, two a row; one is needed", "uses"),
    _seen("select-one", "One of seven", "equipment"),
    _seen_in_gardens("select-one-wide", "Long answers stand in the text, with numbers", "need"),
    _seen("select-one-pages", "One of many: the first page", "quarter"),
    Scene(
        "question-select-one-page-2",
        question,
        "The second page",
        lambda visit: question(visit.asked("quarter"), page=page_with(8)),
    ),
    Scene(
        "question-select-one-page-3",
        question,
        "The last page",
        lambda visit: question(visit.asked("quarter"), page=page_with(21)),
    ),
    _seen("text", "In one's own words, with a hint", "idea"),
    _seen_in_gardens("text-plain", "In one's own words, without a hint", "wish"),
    _seen("short", "Three answers", "adapted_access"),
    Scene(
        "question-again",
        question,
        "Gone back to: the answer can be kept, changed or erased",
        lambda visit: question(_again(visit, "walking_minutes")),
    ),
    Scene(
        "question-again-required",
        question,
        "Gone back to, and it needs an answer",
        lambda visit: question(_again(visit, "visits")),
    ),
    Scene(
        "question-again-multiple",
        question,
        "Gone back to, with the ticks of before",
        lambda visit: question(_again(visit, "activities")),
    ),
    Scene(
        "question-finishing",
        question,
        "The consultation has closed; it may be finished",
        lambda visit: question(_finishing(visit)),
    ),
    Scene(
        "answered",
        answered,
        "An answered question, as it stays in the chat",
        lambda visit: _answered(visit, "activities"),
    ),
    Scene(
        "answered-date",
        answered,
        "A date is said in words",
        lambda visit: _answered(visit, "last_visit"),
        said="14/11/2026",
    ),
    Scene(
        "answered-decimal",
        answered,
        "A decimal number",
        lambda visit: _answered(visit, "distance", GARDENS),
        Place.BUSY,
        said="2.5",
    ),
    Scene(
        "answered-text",
        answered,
        "A person's words, with signs that mean something in HTML",
        lambda visit: _answered(visit, "idea", idea="<b>5 < 7 & 7 > 5</b>"),
        said="<b>5 < 7 & 7 > 5</b>",
    ),
    Scene(
        "answered-nothing",
        answered,
        "A question that was passed over",
        lambda visit: _answered(visit, "age_group", age_group=None),
    ),
    Scene(
        "answered-note",
        answered,
        "A note after it was read",
        lambda visit: _answered(visit, "welcome"),
    ),
)
