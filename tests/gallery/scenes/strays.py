"""What answers messages that answer nothing, and what is said when something failed."""

from aiogram.methods import SendMessage

from handlers.apology import apology
from handlers.present import present
from handlers.reachability import explain_editing
from handlers.reviewing import submit_answers
from handlers.views.actions import SubmitAnswers
from participation.places import WRITING_TO_A_HUMAN, Place
from tests.gallery.events import message_among, tap, voice, words
from tests.gallery.ground import Place as Ground
from tests.gallery.invented import GARDENS
from tests.gallery.scene import VOICE, Scene
from tests.gallery.visit import Visit

THANKS = {"ar": "شكرا!", "fr": "Merci !"}


def _thanks(visit: Visit) -> SendMessage:
    message = words(visit, THANKS[visit.language])
    return message_among(present(visit.person, visit.known, message))


def _voice(visit: Visit) -> SendMessage:
    visit.asked("idea")
    return message_among(present(visit.person, visit.known, voice(visit)))


def _unknown_command(visit: Visit) -> SendMessage:
    visit.asked("equipment")
    return message_among(present(visit.person, visit.known, words(visit, "/surprise")))


async def _edited(visit: Visit) -> SendMessage:
    visit.asked("equipment")
    message = words(visit, "12")
    return message_among(await explain_editing(message, visit.person, visit.known))


def _writing(visit: Visit) -> Visit:
    visit.known.move(visit.person, Place(WRITING_TO_A_HUMAN))
    return visit


def _command_while_writing(visit: Visit) -> SendMessage:
    message = words(visit, "/surprise")
    return message_among(present(_writing(visit).person, visit.known, message))


async def _edited_while_writing(visit: Visit) -> SendMessage:
    message = words(visit, "12")
    return message_among(await explain_editing(message, _writing(visit).person, visit.known))


async def _edited_later(visit: Visit) -> SendMessage:
    message = words(visit, "12")
    return message_among(await explain_editing(message, visit.person, visit.known))


async def _left_open(visit: Visit) -> SendMessage:
    """A correction has made another answer impossible."""
    visit.reviewed(GARDENS, children="25")
    at = visit.id(GARDENS), 2
    visit.submissions.change(*at)
    visit.submissions.tick(*at, 3, ticked=False)
    visit.submissions.finish_choosing(*at)
    query = tap(visit)
    return message_among(
        await submit_answers(query, SubmitAnswers(at[0]), visit.known, visit.submissions)
    )


SCENES = (
    Scene("stray-words", None, "Words that answer no question", _thanks, said=THANKS),
    Scene("stray-voice", None, "A voice message", _voice, said=VOICE),
    Scene("stray-command", None, "An unknown command", _unknown_command, said="/surprise"),
    Scene("stray-edit", None, "A message that was changed afterwards", _edited, said="12"),
    Scene(
        "writing-command",
        None,
        "An unknown command while a message is awaited",
        _command_while_writing,
        said="/surprise",
    ),
    Scene(
        "writing-edit",
        None,
        "A message changed while another one is awaited",
        _edited_while_writing,
        said="12",
    ),
    Scene("later-edit", None, "A message changed when nothing is asked", _edited_later, said="12"),
    Scene("left-open", None, "A correction has left a question open", _left_open, Ground.BUSY),
    Scene(
        "apology",
        None,
        "Something went wrong on our side",
        lambda visit: apology(visit.person.channel_id, "7K3-QX"),
    ),
)
