"""Staff write a draft's card: texts, window, mode."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.filters import NotTyped, Typed
from handlers.present import present
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.standing import leave, stand
from handlers.steps import Card
from handlers.views import cards as views
from handlers.views.actions import (
    ChooseMode,
    ChooseWindow,
    SetMode,
    SetWindow,
    WriteCardText,
    WriteShortReason,
)
from handlers.views.composing import only_words
from handlers.views.view import View
from handlers.views.workspace import managing
from participation.cards import Cards, CardText, DraftWindow, Written
from participation.managing import Managing
from participation.places import Place
from participation.staff import Staff
from participation.windows import LastDayPast, WindowNotUnderstood, WindowTooLong
from participation.wording import NothingToRead, TextTooLong

router = Router()
STEPS = {CardText.TITLE: Card.title, CardText.STAKE: Card.stake, CardText.CONTACT: Card.contact}
_FIELDS = {step.state: field for field, step in STEPS.items()}


@router.callback_query(Tapped(WriteCardText))
async def ask_for_text(query: CallbackQuery, action: WriteCardText, staff: Staff) -> Replies:
    """Show a text as it stands; what is typed next replaces it."""
    if action.field not in list(CardText):
        return present(staff.person, staff.known, query)
    written = await Cards(staff).text(action.consultation, CardText(action.field))
    stand(staff, STEPS[written.field], written.consultation_id)
    return [noticed(query), edited(query, views.card_text(written))]


@router.message(StateFilter(Card.title, Card.stake, Card.contact), Typed())
async def write_text(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Take the text in the languages it is written in; ask for the one that is missing."""
    cards, field = Cards(staff), _FIELDS[place.step]
    try:
        written = await cards.write(place.detail, field, words)
    except (TextTooLong, NothingToRead) as refused:
        kept = await cards.text(place.detail, field)
        return [said(message.chat.id, views.card_text(kept, first=sentence(refused)))]
    return [said(message.chat.id, await _after_text(written, staff))]


@router.message(StateFilter(Card.title, Card.stake, Card.contact), NotTyped())
async def show_text_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a text; it is awaited still."""
    kept = await Cards(staff).text(place.detail, _FIELDS[place.step])
    return [said(message.chat.id, views.card_text(kept, first=only_words()))]


async def _after_text(written: Written, staff: Staff) -> View:
    if written.missing:
        return views.card_text(written)
    leave(staff)
    return managing(await Managing(staff).stands(written.consultation_id), staff)


@router.callback_query(Tapped(ChooseWindow))
async def ask_for_window(query: CallbackQuery, action: ChooseWindow, staff: Staff) -> Replies:
    """Show the window of a draft; a number or a day that is typed next replaces it."""
    window = await Cards(staff).window(action.consultation)
    stand(staff, Card.window, window.consultation_id)
    return [noticed(query), edited(query, views.window_choice(window))]


@router.callback_query(Tapped(SetWindow))
async def set_window(query: CallbackQuery, action: SetWindow, staff: Staff) -> Replies:
    """Take one of the offered numbers of days."""
    window = await Cards(staff).open_for(action.consultation, str(action.days))
    return [noticed(query), edited(query, await _after_window(window, staff))]


@router.message(StateFilter(Card.window), Typed())
async def write_window(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Take a number of days or a last day; a short window needs a reason."""
    try:
        window = await Cards(staff).open_for(place.detail, words)
    except (WindowNotUnderstood, LastDayPast, WindowTooLong) as refused:
        kept = await Cards(staff).window(place.detail)
        return [said(message.chat.id, views.window_choice(kept, first=sentence(refused)))]
    return [said(message.chat.id, await _after_window(window, staff))]


@router.message(StateFilter(Card.window, Card.short_reason), NotTyped())
async def show_window_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a window, or a reason; they are awaited still."""
    kept = await Cards(staff).window(place.detail)
    view = views.window_choice if place.step == Card.window.state else views.short_reason
    return [said(message.chat.id, view(kept, first=only_words()))]


async def _after_window(window: DraftWindow, staff: Staff) -> View:
    if window.needs_reason:
        stand(staff, Card.short_reason, window.consultation_id)
        return views.short_reason(window)
    leave(staff)
    return managing(await Managing(staff).stands(window.consultation_id), staff)


@router.callback_query(Tapped(WriteShortReason))
async def ask_for_reason(query: CallbackQuery, action: WriteShortReason, staff: Staff) -> Replies:
    """Ask why the window is so short."""
    window = await Cards(staff).window(action.consultation)
    stand(staff, Card.short_reason, window.consultation_id)
    return [noticed(query), edited(query, views.short_reason(window))]


@router.message(StateFilter(Card.short_reason), Typed())
async def write_reason(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Keep the reason."""
    try:
        window = await Cards(staff).give_reason(place.detail, words)
    except (TextTooLong, NothingToRead) as refused:
        kept = await Cards(staff).window(place.detail)
        return [said(message.chat.id, views.short_reason(kept, first=sentence(refused)))]
    return [said(message.chat.id, await _after_window(window, staff))]


@router.callback_query(Tapped(ChooseMode))
async def ask_for_mode(query: CallbackQuery, action: ChooseMode, staff: Staff) -> Replies:
    """Show the modes with what each means."""
    stood = await Managing(staff).stands(action.consultation)
    leave(staff)
    return [noticed(query), edited(query, views.mode_choice(stood.managed))]


@router.callback_query(Tapped(SetMode))
async def set_mode(query: CallbackQuery, action: SetMode, staff: Staff) -> Replies:
    """Decide what ties answers to people."""
    await Cards(staff).choose_mode(action.consultation, action.mode)
    stood = await Managing(staff).stands(action.consultation)
    return [noticed(query), edited(query, managing(stood, staff))]
