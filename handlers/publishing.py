"""Staff open a consultation, hand out its link, extend it once, close it early."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.announcing import in_each_language
from handlers.buttons import Tapped
from handlers.events import Data, event
from handlers.filters import NotTyped, Typed
from handlers.language import _
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, lasting, noticed, said
from handlers.standing import leave, stand
from handlers.steps import Card
from handlers.views import leaflets, mails
from handlers.views import publishing as views
from handlers.views.actions import (
    ChooseExtension,
    ConfirmClosing,
    ConfirmExtension,
    ConfirmOpening,
    PrepareClosing,
    PrepareExtension,
    PrepareOpening,
    ShareConsultation,
)
from handlers.views.composing import only_words
from handlers.views.view import View
from participation.errors import ParticipationError
from participation.places import Place
from participation.publishing import (
    Closed,
    Extended,
    NoExtension,
    Notice,
    Opened,
    Publishing,
    Requests,
)
from participation.roles import Act
from participation.sharing import share
from participation.staff import Staff
from participation.windows import WindowNotUnderstood, WindowTooLong
from participation.wording import NothingToRead, TextTooLong

router = Router()


def opening_words(notice: Notice) -> Requests:
    """What subscribers are told, in each language."""
    return in_each_language(lambda: mails.opening_mail(notice))


def extension_words(notice: Notice) -> Requests:
    """What those who began are told, in each language."""
    return in_each_language(lambda: mails.extension_mail(notice))


def closing_words(notice: Notice) -> Requests:
    """What those who began are told, in each language."""
    return in_each_language(lambda: mails.closing_mail(notice))


@router.callback_query(Tapped(PrepareOpening))
async def prepare_opening(query: CallbackQuery, action: PrepareOpening, staff: Staff) -> Replies:
    """Show what would happen, or what is missing."""
    prepared = await Publishing(staff).prepare(action.consultation)
    leave(staff)
    return [noticed(query), edited(query, views.opening(prepared))]


@router.callback_query(Tapped(ConfirmOpening))
async def confirm_opening(query: CallbackQuery, action: ConfirmOpening, staff: Staff) -> Replies:
    """Open it and have the leaflets made; show it anew where it is not what was shown."""
    done = await Publishing(staff).open(action.consultation, action.shown, opening_words)
    if not isinstance(done, Opened):
        return [noticed(query), edited(query, views.opening(done))]
    await share(staff, done.managed.consultation_id)
    return [noticed(query, _("The consultation is open.")), edited(query, views.opened(done))]


@router.callback_query(Tapped(ShareConsultation))
async def share_consultation(
    query: CallbackQuery, action: ShareConsultation, staff: Staff
) -> Replies:
    """Have the leaflets made again."""
    one = await Publishing(staff).shared(action.consultation)
    await share(staff, one.consultation_id)
    return [noticed(query, _("The link and the poster will be here in a moment."))]


@event("leaflets.made", Act.PUBLISH)
async def leaflets_made(staff: Staff, data: Data) -> Replies:
    """Hand over the code, the text to forward and the poster."""
    chat_id, link = staff.person.channel_id, str(data["link"])
    try:
        one = await Publishing(staff).shared(int(data["consultation"]))
    except ParticipationError:  # it closed meanwhile
        return []
    return [
        lasting(chat_id, leaflets.code(int(data["code"]), link)),
        lasting(chat_id, leaflets.forwardable(one, staff.known.commune, link)),
        lasting(chat_id, leaflets.poster(int(data["poster"]))),
    ]


@router.callback_query(Tapped(ChooseExtension))
async def ask_for_extension(
    query: CallbackQuery, action: ChooseExtension, staff: Staff
) -> Replies:
    """Ask until when; a number or a day that is typed next is the answer."""
    one = await Publishing(staff).extendable(action.consultation)
    stand(staff, Card.extending, one.consultation_id)
    return [noticed(query), edited(query, views.extension_choice(one))]


@router.callback_query(Tapped(PrepareExtension))
async def prepare_extension(
    query: CallbackQuery, action: PrepareExtension, staff: Staff
) -> Replies:
    """Show what so many days more would do."""
    extending = await Publishing(staff).until(action.consultation, str(action.days))
    leave(staff)
    return [noticed(query), edited(query, views.extending(extending))]


@router.message(StateFilter(Card.extending), Typed())
async def write_extension(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Show what the days or the day that was typed would do."""
    publishing = Publishing(staff)
    try:
        extending = await publishing.until(place.detail, words)
    except (WindowNotUnderstood, WindowTooLong, NoExtension) as refused:
        one = await publishing.extendable(place.detail)
        return [said(message.chat.id, views.extension_choice(one, first=sentence(refused)))]
    leave(staff)
    return [said(message.chat.id, views.extending(extending))]


@router.message(StateFilter(Card.extending), NotTyped())
async def ask_for_extension_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a day; it is awaited still."""
    one = await Publishing(staff).extendable(place.detail)
    return [said(message.chat.id, views.extension_choice(one, first=only_words()))]


@router.callback_query(Tapped(ConfirmExtension))
async def confirm_extension(
    query: CallbackQuery, action: ConfirmExtension, staff: Staff
) -> Replies:
    """Give more time and have those told who began."""
    done = await Publishing(staff).extend(
        action.consultation, action.until, action.shown, extension_words
    )
    if not isinstance(done, Extended):
        return [noticed(query), edited(query, views.extending(done))]
    return [
        noticed(query, _("The consultation is extended.")),
        edited(query, views.extended(done)),
    ]


@router.callback_query(Tapped(PrepareClosing))
async def ask_for_closing_reason(
    query: CallbackQuery, action: PrepareClosing, staff: Staff
) -> Replies:
    """Ask why it has to close before its last day."""
    one = await Publishing(staff).closable(action.consultation)
    stand(staff, Card.closing, one.consultation_id)
    return [noticed(query), edited(query, views.closing_reason(one))]


@router.message(StateFilter(Card.closing), Typed())
async def write_closing_reason(
    message: Message, words: str, place: Place, staff: Staff
) -> Replies:
    """Show what closing now would do."""
    return [said(message.chat.id, await _closing(Publishing(staff), place.detail, words, staff))]


@router.message(StateFilter(Card.closing), NotTyped())
async def ask_for_closing_reason_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a reason; it is awaited still."""
    one = await Publishing(staff).closable(place.detail)
    return [said(message.chat.id, views.closing_reason(one, first=only_words()))]


async def _closing(publishing: Publishing, number: int, words: str, staff: Staff) -> View:
    try:
        closing = await publishing.because(number, words)
    except (TextTooLong, NothingToRead) as refused:
        one = await publishing.closable(number)
        return views.closing_reason(one, first=sentence(refused))
    leave(staff)
    return views.closing(closing)


@router.callback_query(Tapped(ConfirmClosing))
async def confirm_closing(query: CallbackQuery, action: ConfirmClosing, staff: Staff) -> Replies:
    """Close it from this instant on, and have those told who began."""
    done = await Publishing(staff).close(action.consultation, action.shown, closing_words)
    if not isinstance(done, Closed):
        return [noticed(query), edited(query, views.closing(done))]
    return [noticed(query, _("The consultation is closed.")), edited(query, views.closed(done))]
