"""Staff give a consultation more time, once."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.announcing import in_each_language
from handlers.buttons import Tapped
from handlers.filters import NotTyped, Typed
from handlers.language import _
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.standing import leave, stand
from handlers.steps import Card
from handlers.views import mails
from handlers.views import publishing as views
from handlers.views.actions import ChooseExtension, ConfirmExtension, PrepareExtension
from handlers.views.composing import only_words
from participation.extending import Extended, Extension, NoExtension
from participation.places import Place
from participation.publishing import Notice, Requests
from participation.staff import Staff
from participation.windows import WindowNotUnderstood, WindowTooLong

router = Router()


def extension_words(notice: Notice) -> Requests:
    """What those who began are told, in each language."""
    return in_each_language(lambda: mails.extension_mail(notice))


@router.callback_query(Tapped(ChooseExtension))
async def ask_for_extension(
    query: CallbackQuery, action: ChooseExtension, staff: Staff
) -> Replies:
    """Ask until when; a number or a day that is typed next is the answer."""
    one = await Extension(staff).extendable(action.consultation)
    stand(staff, Card.extending, one.consultation_id)
    return [noticed(query), edited(query, views.extension_choice(one))]


@router.callback_query(Tapped(PrepareExtension))
async def prepare_extension(
    query: CallbackQuery, action: PrepareExtension, staff: Staff
) -> Replies:
    """Show what so many days more would do."""
    extending = await Extension(staff).until(action.consultation, str(action.days))
    leave(staff)
    return [noticed(query), edited(query, views.extending(extending))]


@router.message(StateFilter(Card.extending), Typed())
async def write_extension(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Show what the days or the day that was typed would do."""
    extension = Extension(staff)
    try:
        extending = await extension.until(place.detail, words)
    except (WindowNotUnderstood, WindowTooLong, NoExtension) as refused:
        one = await extension.extendable(place.detail)
        return [said(message.chat.id, views.extension_choice(one, first=sentence(refused)))]
    leave(staff)
    return [said(message.chat.id, views.extending(extending))]


@router.message(StateFilter(Card.extending), NotTyped())
async def ask_for_extension_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a day; it is awaited still."""
    one = await Extension(staff).extendable(place.detail)
    return [said(message.chat.id, views.extension_choice(one, first=only_words()))]


@router.callback_query(Tapped(ConfirmExtension))
async def confirm_extension(
    query: CallbackQuery, action: ConfirmExtension, staff: Staff
) -> Replies:
    """Give more time and have those told who began."""
    done = await Extension(staff).extend(
        action.consultation, action.until, action.shown, extension_words
    )
    if not isinstance(done, Extended):
        return [noticed(query), edited(query, views.extending(done))]
    return [
        noticed(query, _("The consultation is extended.")),
        edited(query, views.extended(done)),
    ]
