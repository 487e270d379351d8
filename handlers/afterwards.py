"""After the answer: hiding it here, hearing of the outcome, being told of what comes."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.buttons import Tapped
from handlers.language import _, language_now
from handlers.replies import Replies
from handlers.saying import chat_of, deleted, edited, noticed, replaced, said
from handlers.views import afterwards as views
from handlers.views.actions import (
    ConsiderOpenings,
    DeclineAnnouncements,
    DropWish,
    HideAnswers,
    ManageAnswers,
    Subscribe,
    WishOutcome,
)
from handlers.views.outcomes import outcome_told
from participation.consultations import find_consultation
from participation.hiding import Hiding
from participation.known import Known
from participation.people import People
from participation.reports import Report
from participation.wishes import Wishes
from storage.people import Person

router = Router()


@router.callback_query(Tapped(ManageAnswers))
async def manage_answers(query: CallbackQuery, action: ManageAnswers, known: Known) -> Replies:
    """Say it below the receipt or card, which stays; raises NoSuchConsultation."""
    consultation = find_consultation(known, action.consultation)
    return [noticed(query), said(chat_of(query), views.managing(consultation.id, action.seat))]


@router.callback_query(Tapped(HideAnswers))
async def hide_answers(
    query: CallbackQuery, action: HideAnswers, person: Person, known: Known
) -> Replies:
    """Change what we said, take away what the person wrote, say what stays."""
    hidden = await Hiding(known, person).hide(action.consultation)
    chat_id, neutral = chat_of(query), views.hidden_message()
    return [
        noticed(query),
        *deleted(chat_id, hidden.typed),
        *(replaced(chat_id, message_id, neutral) for message_id in hidden.own),
        said(chat_id, views.hidden(hidden)),
    ]


@router.callback_query(Tapped(WishOutcome))
async def wish_outcome(
    query: CallbackQuery, action: WishOutcome, person: Person, known: Known
) -> Replies:
    """Note the wish, which holds for a correction too; a second tap changes nothing."""
    wish = await Wishes(known, person).wish(action.consultation)
    if wish.has_outcome:
        report = Report(wish.consultation_id, wish.title)
        return [noticed(query), said(chat_of(query), outcome_told(report))]
    if not wish.is_new:
        return [noticed(query, _("You will be told: it is noted already."))]
    return [noticed(query, _("Noted.")), said(chat_of(query), views.wished(wish))]


@router.callback_query(Tapped(DropWish))
async def drop_wish(
    query: CallbackQuery, action: DropWish, person: Person, known: Known
) -> Replies:
    """Take the wish back, and say so in its place."""
    wish = await Wishes(known, person).take_back(action.consultation)
    return [noticed(query), edited(query, views.unwished(wish))]


@router.callback_query(Tapped(ConsiderOpenings))
async def consider_openings(query: CallbackQuery, person: Person, known: Known) -> Replies:
    """Say what one agrees to; who has agreed is told so."""
    view = views.subscribed() if person.subscribed else views.offer(known.commune)
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(Subscribe))
async def subscribe(query: CallbackQuery, people: People) -> Replies:
    """Announcements from now on; said in place of the offer."""
    people.subscribe(language_now())
    return [noticed(query, _("Noted.")), edited(query, views.subscribed())]


@router.callback_query(Tapped(DeclineAnnouncements))
async def decline_announcements(query: CallbackQuery, people: People) -> Replies:
    """No announcements; said in place of the offer."""
    people.decline(language_now())
    return [noticed(query), edited(query, views.declined())]
