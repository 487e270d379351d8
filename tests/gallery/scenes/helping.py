"""A message for a human, on both sides."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from handlers.helping import take_message
from handlers.refusals import explain
from handlers.steps import Helping as Steps
from handlers.views import help as views
from handlers.views import messages as staff_views
from handlers.views.start import help_page
from handlers.views.view import View
from handlers.views.workspace import workspace
from participation.errors import ParticipationError
from participation.help import Help, Said
from participation.helping import Helping, Queue
from participation.places import Place as Stand
from storage.helping import Ending, HelpRequest
from storage.people import Role
from tests.gallery.events import message, message_among, tap
from tests.gallery.scene import Notice, Scene
from tests.gallery.scenes.workspace import at_work
from tests.gallery.visit import Visit

ASKED = {
    "ar": "أين يمكنني تعبئة الاستمارة على الورق؟ رقمي 06 12 34 56 78.",
    "fr": "Où puis-je remplir le formulaire sur papier ? Mon numéro : 06 12 34 56 78.",
}
AGAIN = {"ar": "شكرا. وهل يفتح الشباك يوم السبت؟", "fr": "Merci. Et le samedi, est-ce ouvert ?"}
ANSWERED = {
    "ar": "المرجو التوجه إلى الشباك رقم 3 بمقر الجماعة.",
    "fr": "Présentez-vous au guichet 3, au siège de la commune.",
}


async def _left(visit: Visit, *, days: int = 0, voice: str = "", follows: int = 0) -> int:
    """A message that has waited for so many days; its number."""
    now = visit.known.now
    visit.known.now = now - timedelta(days=days)
    words = AGAIN if follows else ASKED
    said = Said("" if voice else words[visit.language], voice)
    await Help(visit.known, visit.person).leave(said, follows)
    visit.known.now = now
    newest = await visit.known.session.scalars(
        select(HelpRequest.id).order_by(HelpRequest.id.desc()).limit(1)
    )
    return newest.one()


async def _answered(visit: Visit) -> int:
    number = await _left(visit, days=2)
    await Helping(at_work(visit)).answer(number, ANSWERED[visit.language])
    return number


async def _opened(visit: Visit, number: int, **changed: Any) -> View:
    opened = await Helping(at_work(visit)).read(number)
    return staff_views.opened_message(replace(opened, **changed))


async def _list(visit: Visit) -> View:
    for days in (14, 6, 1):
        await _left(visit, days=days)
    return staff_views.messages(await Helping(at_work(visit)).waiting(), 0)


async def _ended(visit: Visit) -> View:
    await _answered(visit)
    number = await _left(visit, days=1)
    await Helping(at_work(visit)).close(number, Ending.BY_PHONE)
    return staff_views.ended_messages(await Helping(at_work(visit)).ended(), 0)


async def _none(visit: Visit) -> View:
    return staff_views.messages(await Helping(at_work(visit)).waiting(), 0)


async def _none_ended(visit: Visit) -> View:
    return staff_views.ended_messages(await Helping(at_work(visit)).ended(), 0)


async def _open(visit: Visit) -> View:
    return await _opened(visit, await _left(visit, days=14))


async def _open_voice(visit: Visit) -> View:
    return await _opened(visit, await _left(visit, voice="1"))


async def _open_again(visit: Visit) -> View:
    return await _opened(visit, await _left(visit, follows=await _answered(visit)))


async def _open_after_voice(visit: Visit) -> View:
    first = await _left(visit, voice="1")
    await Helping(at_work(visit)).answer(first, ANSWERED[visit.language])
    return await _opened(visit, await _left(visit, follows=first), is_reachable=False)


async def _open_answered(visit: Visit) -> View:
    return await _opened(visit, await _answered(visit), is_reachable=False, is_missed=True)


async def _sent(visit: Visit, **content: Any) -> Any:
    stand = Stand(Steps.asking.state)
    return message_among(
        await take_message(
            message(visit, **content),
            visit.person,
            visit.known,
            stand,
            visit.people,
            visit.consultations,
        )
        or []
    )


def _hours(visit: Visit) -> View:
    contacts = {
        "opening_hours": {
            "text": {"ar": "من الاثنين إلى الجمعة", "fr": "Du lundi au vendredi"},
            "hours": {"ar": "08:30–16:30", "fr": "8 h 30 – 16 h 30"},
            "ramadan_hours": {"ar": "09:00–15:00", "fr": "9 h – 15 h"},
        }
    }
    return help_page({**visit.commune, "contacts": {**visit.commune["contacts"], **contacts}})


def _refused(name: str, caption: str, act: Any) -> Scene:
    async def build(visit: Visit) -> Notice:
        try:
            await act(visit)
        except ParticipationError as refusal:
            replies = explain(refusal, tap(visit), visit.person, visit.known)
            return Notice.among(help_page(visit.commune), replies)
        raise AssertionError("nothing was refused")

    return Scene(f"notice-{name}", None, caption, build)


async def _fourth(visit: Visit) -> None:
    for _time in range(4):
        await _left(visit)


async def _wrote_again(visit: Visit) -> None:
    number = await _answered(visit)
    for _time in range(2):
        await _left(visit, follows=number)


async def _dealt_with(visit: Visit) -> None:
    await Helping(at_work(visit)).ensure_waiting(await _answered(visit))


def _workspace(count: int, days: int) -> Any:
    def build(visit: Visit) -> View:
        return workspace(at_work(visit, Role.OFFICER), Queue(count, days))

    return build


SCENES = (
    Scene("help-hours", help_page, "The help with opening hours", _hours, said="/help"),
    Scene(
        "message-asked",
        views.message_asked,
        "Somebody leaves a message",
        lambda visit: views.message_asked(),
        dark=True,
    ),
    Scene(
        "message-no-words",
        views.message_asked,
        "Something else than words was sent",
        lambda visit: _sent(visit, dice={"emoji": "🎲", "value": 3}),
        said="🎲",
    ),
    Scene(
        "message-too-long",
        views.message_asked,
        "Too long a message",
        lambda visit: _sent(visit, text=ASKED[visit.language] * 20),
        said="…",
    ),
    Scene(
        "message-left",
        views.message_left,
        "The message is kept",
        lambda visit: _sent(visit, text=ASKED[visit.language]),
        said=ASKED,
    ),
    Scene(
        "message-answered",
        views.answer_told,
        "The answer comes",
        lambda visit: views.answer_told(1, ANSWERED[visit.language]),
        said=ASKED,
        dark=True,
    ),
    Scene(
        "message-ended",
        views.closing_told,
        "It was answered by telephone",
        lambda visit: views.closing_told(),
        said=ASKED,
    ),
    Scene("workspace-messages", workspace, "Messages wait", _workspace(3, 2), said="/staff"),
    Scene("workspace-messages-today", workspace, "One of today", _workspace(1, 0), said="/staff"),
    Scene("workspace-messages-none", workspace, "None", _workspace(0, 0), said="/staff"),
    Scene("messages", staff_views.messages, "Messages that wait", _list, dark=True),
    Scene("messages-none", staff_views.messages, "None waits", _none),
    Scene("messages-ended", staff_views.ended_messages, "Those that were dealt with", _ended),
    Scene("messages-ended-none", staff_views.ended_messages, "None was", _none_ended),
    Scene("message-opened", staff_views.opened_message, "An officer reads one", _open),
    Scene("message-opened-voice", staff_views.opened_message, "A spoken one", _open_voice),
    Scene("message-opened-again", staff_views.opened_message, "One wrote again", _open_again),
    Scene(
        "message-opened-blocked",
        staff_views.opened_message,
        "The person has blocked the bot",
        _open_after_voice,
    ),
    Scene(
        "message-opened-answered",
        staff_views.opened_message,
        "An answer that waits for their return",
        _open_answered,
    ),
    Scene(
        "message-spoken",
        staff_views.spoken_message,
        "The voice message itself",
        lambda visit: staff_views.spoken_message(7, "1"),
    ),
    Scene(
        "answer-asked",
        staff_views.answer_asked,
        "An officer answers",
        lambda visit: staff_views.answer_asked(7),
    ),
    Scene(
        "answer-sent",
        staff_views.answer_sent,
        "The answer is on its way",
        lambda visit: staff_views.answer_sent(7, is_reachable=True),
    ),
    Scene(
        "answer-kept",
        staff_views.answer_sent,
        "It waits for their return",
        lambda visit: staff_views.answer_sent(7, is_reachable=False),
    ),
    Scene(
        "message-closing",
        staff_views.closing_message,
        "Closing without an answer",
        lambda visit: staff_views.closing_message(7),
    ),
    Scene(
        "message-closed",
        staff_views.message_closed,
        "Closed",
        lambda visit: staff_views.message_closed(7),
    ),
    Scene(
        "messages-wait",
        staff_views.messages_wait,
        "Officers are told that messages wait",
        lambda visit: staff_views.messages_wait(Queue(3, 2)),
    ),
    _refused("enough-messages", "A fourth message", _fourth),
    _refused("wrote-again", "A double tap on “Write again”", _wrote_again),
    _refused("dealt-with", "A colleague was faster", _dealt_with),
    _refused(
        "no-such-message",
        "A message that was erased",
        lambda visit: Helping(at_work(visit)).read(10_000),
    ),
)
