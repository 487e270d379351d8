"""A kind sentence and what is being asked now: the answer to everything that is no answer."""

from aiogram.types import CallbackQuery, Message

from handlers.asking import ask
from handlers.filters import command_of, is_private
from handlers.language import _, speaking
from handlers.menu import menu_of
from handlers.replies import Replies
from handlers.saying import noticed, said
from handlers.views.start import language_choice
from handlers.views.view import View
from participation.answering import Step
from participation.errors import ParticipationError
from participation.known import Known
from participation.people import People
from participation.submissions import Submissions
from storage.people import Person


def present(person: Person, known: Known, event: Message | CallbackQuery | None = None) -> Replies:
    """Answer what nobody else answers; ``event`` None: say where the person stands."""
    if event is not None and not is_private(event):
        return []
    sender = event.from_user if event is not None else None
    language = People(known, person).greet(sender.language_code if sender else None)
    with speaking(language):
        if event is not None and known.place_of(person).is_writing:
            return _still_awaited(event)
        if isinstance(event, CallbackQuery):
            notice = noticed(event, _("This button is no longer in use."))
            return [notice, *present_again(person, known, "")]
        step = standing_step(person, known)
        return present_again(person, known, _hint(event, step) if event is not None else "")


def _still_awaited(event: Message | CallbackQuery) -> Replies:
    """What was asked last stays: only a wrong command or an old button comes here."""
    if isinstance(event, CallbackQuery):
        return [noticed(event, _("This button is no longer in use."))]
    words = _("We do not know this command. What was asked last still waits for your message.")
    return [said(event.chat.id, View(words))]


def present_again(person: Person, known: Known, first: str) -> Replies:
    """The present question after a sentence; where nothing is asked, the menu."""
    chat_id = person.channel_id
    step = standing_step(person, known)
    if step is not None:
        return [ask(chat_id, step, first=first)]
    People(known, person).leave()
    if person.language is None:
        return [said(chat_id, language_choice())]
    return [said(chat_id, menu_of(person, known, first=first))]


def standing_step(person: Person, known: Known) -> Step | None:
    """What the person is being asked; None where that has closed or was handed in meanwhile."""
    try:
        return Submissions(known, person).present()
    except ParticipationError:
        return None


def _hint(message: Message, step: Step | None) -> str:
    if message.text is None:
        return _(
            "We cannot listen to voice messages or open photos and files yet, and keep none of "
            "them. Please write, or tap a button."
        )
    if step is None:
        return _("Thank you for your message. It answers no question now: please choose below.")
    if command_of(message)[0] is not None:
        return _("We do not know this command. Your question is still here:")
    return ""
