"""A message for a human: left by anybody, answered by an officer from the chat."""

from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from forms.typed import says_something
from handlers.buttons import Tapped
from handlers.events import Data, event
from handlers.filters import NotTyped, Typed, command_of
from handlers.language import _, language_for, speaking
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import chat_of, edited, lasting, noticed, said
from handlers.steps import Helping as Steps
from handlers.views import help as views
from handlers.views import messages as staff_views
from handlers.views.actions import (
    AnswerMessage,
    CloseMessage,
    EndMessage,
    GiveUpMessage,
    LeaveMessage,
    ListEndedMessages,
    ListMessages,
    OpenMessage,
)
from handlers.views.composing import only_words
from handlers.views.start import help_page
from participation.consultations import Consultations
from participation.help import Help, Said
from participation.helping import Helping
from participation.known import Known
from participation.people import People
from participation.places import NOWHERE, Place
from participation.roles import Act
from participation.staff import Staff
from participation.wording import NothingToRead, WordsTooLong
from storage.helping import Ending
from storage.people import Person

router = Router()


@router.callback_query(Tapped(LeaveMessage))
async def leave_message(
    query: CallbackQuery, action: LeaveMessage, person: Person, known: Known
) -> Replies:
    """Ask for the message: what is written next is kept. An answer that was read stays."""
    await Help(known, person).ensure_room(action.follows)
    known.move(person, Place(Steps.asking.state, detail=action.follows))
    if action.follows:
        return [noticed(query), said(chat_of(query), views.message_asked())]
    return [noticed(query), edited(query, views.message_asked())]


@router.message(StateFilter(Steps.asking))
async def take_message(
    message: Message,
    person: Person,
    known: Known,
    place: Place,
    people: People,
    consultations: Consultations,
) -> Replies | None:
    """Keep words or a voice message; anything else is asked for again, and nothing is lost."""
    if command_of(message)[0] is not None:
        return None
    words, voice = message.text or "", message.voice.file_id if message.voice else ""
    if not voice and not says_something(words):
        first = _("Only written words or a voice message can be kept here.")
        return [said(message.chat.id, views.message_asked(first=first))]
    try:
        await Help(known, person).leave(Said(words, voice), place.detail)
    except WordsTooLong as refusal:
        return [said(message.chat.id, views.message_asked(first=sentence(refusal)))]
    people.leave()
    return [lasting(message.chat.id, views.message_left(consultations.begun()))]


@router.callback_query(Tapped(GiveUpMessage))
async def give_up_message(query: CallbackQuery, known: Known, people: People) -> Replies:
    """Back to the help; nothing was kept."""
    people.leave()
    return [noticed(query), edited(query, help_page(known.commune))]


@router.callback_query(Tapped(ListMessages))
async def list_messages(query: CallbackQuery, action: ListMessages, staff: Staff) -> Replies:
    """Show those that wait."""
    waiting = await Helping(staff).waiting()
    return [noticed(query), edited(query, staff_views.messages(waiting, action.page))]


@router.callback_query(Tapped(ListEndedMessages))
async def list_ended(query: CallbackQuery, action: ListEndedMessages, staff: Staff) -> Replies:
    """Show those that were dealt with lately."""
    ended = await Helping(staff).ended()
    return [noticed(query), edited(query, staff_views.ended_messages(ended, action.page))]


@router.callback_query(Tapped(OpenMessage))
async def open_message(query: CallbackQuery, action: OpenMessage, staff: Staff) -> Replies:
    """Show one with its words; a voice message follows below."""
    opened = await Helping(staff).read(action.request)
    staff.known.move(staff.person, NOWHERE)
    replies: Replies = [noticed(query), edited(query, staff_views.opened_message(opened))]
    if opened.said.voice:
        spoken = staff_views.spoken_message(action.request, opened.said.voice)
        replies.append(said(chat_of(query), spoken))
    return replies


@router.callback_query(Tapped(AnswerMessage))
async def answer_message(query: CallbackQuery, action: AnswerMessage, staff: Staff) -> Replies:
    """Ask for the answer, below the words that it answers."""
    await Helping(staff).ensure_waiting(action.request)
    staff.known.move(staff.person, Place(Steps.answering.state, detail=action.request))
    return [noticed(query), said(chat_of(query), staff_views.answer_asked(action.request))]


@router.message(StateFilter(Steps.answering), Typed())
async def take_answer(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Keep the answer and send it to the person who asked."""
    try:
        told = await Helping(staff).answer(place.detail, words)
    except (WordsTooLong, NothingToRead) as refusal:
        again = staff_views.answer_asked(place.detail, first=sentence(refusal))
        return [said(message.chat.id, again)]
    staff.known.move(staff.person, NOWHERE)
    sent = staff_views.answer_sent(told.request_id, is_reachable=told.is_reachable)
    replies: Replies = [said(message.chat.id, sent)]
    if told.is_reachable:
        with speaking(told.language or language_for(None)):
            replies.append(
                lasting(told.channel_id, views.answer_told(told.request_id, told.answer))
            )
    return replies


@router.message(StateFilter(Steps.answering), NotTyped())
async def ask_for_answer_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are an answer; it is awaited still."""
    await Helping(staff).ensure_waiting(place.detail)
    again = staff_views.answer_asked(place.detail, first=only_words())
    return [said(message.chat.id, again)]


@router.callback_query(Tapped(CloseMessage))
async def close_message(query: CallbackQuery, action: CloseMessage, staff: Staff) -> Replies:
    """Ask why it is closed without an answer."""
    await Helping(staff).ensure_waiting(action.request)
    return [noticed(query), edited(query, staff_views.closing_message(action.request))]


@router.callback_query(Tapped(EndMessage))
async def end_message(query: CallbackQuery, action: EndMessage, staff: Staff) -> Replies:
    """Close it; who was answered elsewhere is told that it is closed."""
    ending = Ending.BY_PHONE if action.by_phone else Ending.NOTHING_ASKED
    told = await Helping(staff).close(action.request, ending)
    replies: Replies = [
        noticed(query),
        edited(query, staff_views.message_closed(told.request_id)),
    ]
    if action.by_phone and told.is_reachable:
        with speaking(told.language or language_for(None)):
            replies.append(lasting(told.channel_id, views.closing_told()))
    return replies


@event("help.waiting", Act.HELP)
async def tell_that_messages_wait(staff: Staff, _data: Data) -> Replies:
    """Told to those who may answer."""
    queue = await Helping(staff).queue()
    if not queue.count:
        return []
    return [lasting(staff.person.channel_id, staff_views.messages_wait(queue))]


async def what_was_missed(person: Person, known: Known, since: datetime) -> Replies:
    """To somebody who has come back: what was answered while nothing reached them."""
    return [
        lasting(
            person.channel_id,
            views.answer_told(one.request_id, one.answer) if one.answer else views.closing_told(),
        )
        for one in await Help(known, person).missed(since)
    ]
