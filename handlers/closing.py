"""Staff close a consultation before its last day."""

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
from handlers.views.actions import ConfirmClosing, PrepareClosing
from handlers.views.composing import only_words
from participation.closing import Closed, EarlyClosing
from participation.places import Place
from participation.publishing import Notice, Requests
from participation.staff import Staff
from participation.wording import NothingToRead, TextTooLong

router = Router()


def closing_words(notice: Notice) -> Requests:
    """What those who began are told, in each language."""
    return in_each_language(lambda: mails.closing_mail(notice))


@router.callback_query(Tapped(PrepareClosing))
async def ask_for_closing_reason(
    query: CallbackQuery, action: PrepareClosing, staff: Staff
) -> Replies:
    """Ask why it has to close before its last day."""
    one = await EarlyClosing(staff).closable(action.consultation)
    stand(staff, Card.closing, one.consultation_id)
    return [noticed(query), edited(query, views.closing_reason(one))]


@router.message(StateFilter(Card.closing), Typed())
async def write_closing_reason(
    message: Message, words: str, place: Place, staff: Staff
) -> Replies:
    """Show what closing now would do."""
    closing = EarlyClosing(staff)
    try:
        shown = await closing.because(place.detail, words)
    except (TextTooLong, NothingToRead) as refused:
        one = await closing.closable(place.detail)
        return [said(message.chat.id, views.closing_reason(one, first=sentence(refused)))]
    leave(staff)
    return [said(message.chat.id, views.closing(shown))]


@router.message(StateFilter(Card.closing), NotTyped())
async def ask_for_closing_reason_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a reason; it is awaited still."""
    one = await EarlyClosing(staff).closable(place.detail)
    return [said(message.chat.id, views.closing_reason(one, first=only_words()))]


@router.callback_query(Tapped(ConfirmClosing))
async def confirm_closing(query: CallbackQuery, action: ConfirmClosing, staff: Staff) -> Replies:
    """Close it from this instant on, and have those told who began."""
    done = await EarlyClosing(staff).close(action.consultation, action.shown, closing_words)
    if not isinstance(done, Closed):
        return [noticed(query), edited(query, views.closing(done))]
    return [noticed(query, _("The consultation is closed.")), edited(query, views.closed(done))]
