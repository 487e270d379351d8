"""Words that answer a tap: they pass by themselves, or have to be closed."""

from collections.abc import Callable, Coroutine
from typing import Any

from handlers.afterwards import subscribe
from handlers.present import present
from handlers.questionnaire import answer_by_choice, save_for_later
from handlers.refusals import explain
from handlers.replies import Replies
from handlers.reviewing import submit_answers
from handlers.start import stop_announcements
from handlers.views.actions import (
    AnswerChoice,
    SaveForLater,
    SubmitAnswers,
    WithdrawAnswer,
)
from handlers.views.consultations import card
from handlers.views.notices import notice
from handlers.views.questions import question
from handlers.views.reviews import receipt, review
from handlers.views.start import menu
from handlers.views.view import View
from handlers.views.withdrawing import confirm
from handlers.withdrawing import withdraw_answer
from participation.roles import Act
from participation.wishes import Wishes
from participation.withdrawing import TooLateToWithdraw, Withdrawals
from storage.consultations import Mode
from tests.gallery.events import tap
from tests.gallery.ground import Place
from tests.gallery.invented import GARDENS
from tests.gallery.scene import Notice, Scene
from tests.gallery.visit import CHARTER, Visit

NOWHERE = 10_000
"""The id of nothing, and the place of no choice."""
Doing = Callable[[Visit], object]


def _refused(
    name: str,
    caption: str,
    behind: Callable[[Visit], View],
    act: Doing,
    place: Place = Place.TAROUDANT,
) -> Scene:
    """A tap that is refused, explained as the worker explains it."""

    def build(visit: Visit) -> Notice:
        view = behind(visit)
        refusal = visit.refusal(lambda: act(visit))
        return Notice.among(view, explain(refusal, tap(visit), visit.person, visit.known))

    return Scene(f"notice-{name}", None, caption, build, place)


def _taken(
    name: str,
    caption: str,
    behind: Callable[[Visit], View],
    handler: Callable[[Visit], Coroutine[Any, Any, Replies]],
) -> Scene:
    """A tap that is taken, answered by its handler."""

    async def build(visit: Visit) -> Notice:
        view = behind(visit)
        return Notice.among(view, await handler(visit))

    return Scene(f"notice-{name}", None, caption, build)


def _not_in_use(visit: Visit) -> Notice:
    return Notice.among(_menu(visit), present(visit.person, visit.known, tap(visit)))


def _menu(visit: Visit) -> View:
    return menu(visit.commune, visit.consultations.open())


def _equipment(visit: Visit) -> View:
    return question(visit.asked("equipment"))


def _first(visit: Visit) -> View:
    return question(visit.asked("welcome"))


def _place(visit: Visit, name: str) -> tuple[int, int]:
    """The consultation and the place of a question in its form."""
    step = visit.submissions.present()
    assert step is not None
    found = next(one for one in step.interview.form.questions if one.name == name)
    return visit.id(), found.index


def _four_activities(visit: Visit) -> View:
    return question(visit.ticks(visit.asked("activities"), 0, 1, 2, 3))


def _too_late(visit: Visit) -> None:
    raise TooLateToWithdraw(visit.card(CHARTER).listed.title, Mode.IDENTIFIED)


async def _erased(visit: Visit) -> Notice:
    """The row is a real one: it is written before it is erased."""
    visit.submitted()
    found = Withdrawals(visit.known, visit.person).ask(visit.id())
    action = WithdrawAnswer(visit.id())
    replies = await withdraw_answer(tap(visit), action, visit.person, visit.known)
    return Notice.among(confirm(found, 0), replies)


async def _stopped_with_a_wish(visit: Visit) -> Replies:
    await Wishes(visit.known, visit.person).wish(visit.id())
    replies: Replies = await stop_announcements(tap(visit), visit.people)
    return replies


SCENES = (
    _taken(
        "recorded",
        "A choice is recorded",
        _equipment,
        lambda visit: answer_by_choice(
            tap(visit), AnswerChoice(*_place(visit, "equipment"), 0), visit.submissions
        ),
    ),
    _taken(
        "saved",
        "Saved for later",
        _equipment,
        lambda visit: save_for_later(
            tap(visit), SaveForLater(visit.id()), visit.submissions, visit.consultations
        ),
    ),
    _taken(
        "sent",
        "The answers are sent",
        lambda visit: review(visit.reviewed()),
        lambda visit: submit_answers(
            tap(visit), SubmitAnswers(visit.id()), visit.known, visit.submissions
        ),
    ),
    _taken(
        "stopped",
        "No more announcements, from the button under one",
        _menu,
        lambda visit: stop_announcements(tap(visit), visit.people),
    ),
    _taken(
        "stopped-outcomes",
        "The same, where an outcome was wished",
        _menu,
        _stopped_with_a_wish,
    ),
    Scene("notice-not-in-use", None, "A button of an older release", _not_in_use),
    _refused(
        "not-open-yet",
        "A consultation that opens later",
        lambda visit: card(visit.passes(days=-3).card()),
        lambda visit: visit.submissions.begin(visit.id()),
    ),
    _refused(
        "closed",
        "A consultation that has closed",
        lambda visit: card(visit.card(CHARTER)),
        lambda visit: visit.submissions.begin(visit.id(CHARTER)),
    ),
    _refused(
        "already-sent",
        "Answers that were sent already",
        lambda visit: receipt(visit.submitted()),
        lambda visit: visit.submissions.begin(visit.id()),
    ),
    _refused(
        "nothing-begun",
        "A form that was not begun",
        lambda visit: card(visit.card()),
        lambda visit: visit.submissions.resume(visit.id()),
    ),
    _refused(
        "already-begun",
        "A double tap on “I agree”",
        lambda visit: notice(visit.unagreed(), visit.commune),
        lambda visit: visit.begins() and visit.begins(),
    ),
    _refused(
        "already-answered",
        "A button of a question that was answered",
        _equipment,
        lambda visit: visit.submissions.choose(*_place(visit, "visits"), 0),
    ),
    _refused(
        "not-asked-now",
        "A button of another moment",
        _equipment,
        lambda visit: visit.submissions.choose(*_place(visit, "quarter"), 0),
    ),
    _refused(
        "no-such-choice",
        "A choice that the question does not have",
        _equipment,
        lambda visit: visit.submissions.choose(*_place(visit, "equipment"), NOWHERE),
    ),
    _refused(
        "nothing-before",
        "Back, before the first question",
        _first,
        lambda visit: visit.submissions.go_back(*_place(visit, "welcome")),
    ),
    _refused(
        "nothing-to-keep",
        "Keep, where nothing was answered",
        _equipment,
        lambda visit: visit.submissions.keep(*_place(visit, "equipment")),
    ),
    _refused(
        "required",
        "Nothing is ticked, and an answer is needed",
        lambda visit: question(visit.asked("uses", GARDENS)),
        lambda visit: visit.submissions.finish_choosing(visit.id(GARDENS), 2),
        Place.BUSY,
    ),
    _refused(
        "too-many",
        "The form's own words refuse what is ticked",
        _four_activities,
        lambda visit: visit.submissions.finish_choosing(*_place(visit, "activities")),
    ),
    _refused(
        "no-such-consultation",
        "A consultation that was taken away",
        _menu,
        lambda visit: visit.submissions.begin(NOWHERE),
    ),
    _refused(
        "no-such-document",
        "A document that was taken away",
        lambda visit: card(visit.card()),
        lambda visit: visit.consultations.read(NOWHERE),
    ),
    _refused(
        "not-allowed",
        "A button of staff, tapped by somebody whose role was withdrawn",
        _menu,
        lambda visit: visit.staff.ensure(Act.WORK),
    ),
    _taken(
        "wished",
        "The outcome will be told",
        lambda visit: receipt(visit.submitted()),
        lambda visit: subscribe(tap(visit), visit.people),
    ),
    Scene("notice-erased", None, "An answer is withdrawn", _erased),
    _refused(
        "not-your-turn",
        "Somebody else, before the owner has answered",
        lambda visit: card(visit.card()),
        lambda visit: visit.submissions.begin_for_another(visit.id()),
    ),
    _refused(
        "no-seat-left",
        "A seventh person on one phone",
        lambda visit: receipt(visit.submitted()),
        lambda visit: visit.submissions.at(9).begin(visit.id()),
    ),
    _refused(
        "nothing-to-withdraw",
        "An answer that was withdrawn already",
        lambda visit: card(visit.card()),
        lambda visit: Withdrawals(visit.known, visit.person).ask(visit.id()),
    ),
    _refused(
        "too-late-to-withdraw",
        "An answer that is sealed",
        lambda visit: card(visit.card(CHARTER)),
        lambda visit: Withdrawals(visit.known, visit.person).ask(visit.id(CHARTER)),
    ),
    _refused(
        "too-late-to-withdraw-identified",
        "An answer that was given in one’s own name, after the end",
        lambda visit: card(visit.card(CHARTER)),
        _too_late,
    ),
    _refused(
        "unknown-language",
        "A language that we do not speak",
        _menu,
        lambda visit: visit.people.speak("tzm"),
    ),
)
