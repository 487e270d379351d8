"""Arriving, the menu, the languages, help, and being left in peace."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.asking import ask_in_place
from handlers.buttons import Tapped
from handlers.commands import commands_of
from handlers.filters import Commanded
from handlers.language import _, speaking
from handlers.menu import menu_of
from handlers.present import standing_step
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.views import start as views
from handlers.views.actions import OpenHelp, OpenMenu, SpeakLanguage, StopAnnouncements
from handlers.views.consultations import card
from participation.consultations import Consultations
from participation.known import Known
from participation.people import People
from participation.sharing import PARAMETER
from participation.staff import Staff
from storage.people import Person

router = Router()


@router.message(Commanded("start"))
async def start(
    message: Message,
    argument: str,
    known: Known,
    people: People,
    consultations: Consultations,
    staff: Staff,
) -> Replies:
    """Greet, or land in the consultation that the link names."""
    language = greeted(message, people)
    people.come_back()
    people.leave()
    wanted = _linked(argument, consultations)
    if language is None:
        return [said(message.chat.id, views.language_choice(wanted))]
    with speaking(language):
        if wanted:
            return [said(message.chat.id, card(consultations.present(wanted)))]
        return [said(message.chat.id, menu_of(staff.person, known))]


@router.message(Commanded("language"))
async def ask_for_language(message: Message) -> Replies:
    """Show every language, each in its own script."""
    return [said(message.chat.id, views.language_choice())]


@router.message(Commanded("help"))
async def explain_in_chat(message: Message, known: Known, people: People) -> Replies:
    """Show the help as a new message, to those whose language is known."""
    if greeted(message, people) is None:
        return [said(message.chat.id, views.language_choice())]
    return [said(message.chat.id, views.help_page(known.commune))]


@router.message(Commanded("stop"))
async def stop(message: Message, people: People, consultations: Consultations) -> Replies:
    """Leave everything at once, with answers kept."""
    await people.stop()
    return [said(message.chat.id, views.stopped(consultations.begun()))]


@router.callback_query(Tapped(StopAnnouncements))
async def stop_announcements(query: CallbackQuery, people: People) -> Replies:
    """No announcement any more; the one that was tapped stays to be read."""
    await people.unsubscribe()
    words = (
        _(
            "You will receive no more announcements, only the outcomes that you asked for. "
            "To stop these too, send /stop."
        )
        if await people.awaits_outcomes()
        else _("You will receive no more announcements.")
    )
    return [noticed(query, words, alert=True)]


@router.callback_query(Tapped(SpeakLanguage))
async def speak_language(
    query: CallbackQuery,
    action: SpeakLanguage,
    person: Person,
    known: Known,
    people: People,
    consultations: Consultations,
    staff: Staff,
) -> Replies:
    """Change the language, of staff's commands too; what is being asked is shown again."""
    with speaking(people.speak(action.language)):
        role = staff.role
        commands = commands_of(query.from_user.id, role) if role is not None else []
        step = standing_step(person, known)
        if step is not None:
            return [*ask_in_place(query, step), *commands]
        if action.consultation in known.consultations:
            view = card(consultations.present(action.consultation))
        else:
            view = menu_of(staff.person, known)
        return [noticed(query), edited(query, view), *commands]


@router.callback_query(Tapped(OpenMenu))
async def open_menu(
    query: CallbackQuery,
    action: OpenMenu,
    known: Known,
    staff: Staff,
) -> Replies:
    """Show the menu in place, or below a message that must stay."""
    view = menu_of(staff.person, known)
    if action.below:
        return [noticed(query), said(query.from_user.id, view)]
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(OpenHelp))
async def open_help(query: CallbackQuery, known: Known) -> Replies:
    """Show the help in place."""
    return [noticed(query), edited(query, views.help_page(known.commune))]


def greeted(message: Message, people: People) -> str | None:
    """The language to speak with the sender; None: they have to be asked."""
    return people.greet(message.from_user.language_code if message.from_user else None)


def _linked(argument: str, consultations: Consultations) -> int:
    if not argument.startswith(PARAMETER):
        return 0
    return consultations.named(argument.removeprefix(PARAMETER)) or 0
