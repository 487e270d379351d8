"""Beginning to answer: told first what becomes of the answers, in short, in full or aloud."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.asking import ask, ask_in_place
from handlers.buttons import Tapped
from handlers.language import language_now
from handlers.replies import Replies
from handlers.saying import chat_of, edited, noticed, said
from handlers.views import notices as views
from handlers.views.actions import (
    AgreeToNotice,
    BeginAnswering,
    BeginForAnother,
    ListenToNotice,
    ReadNotice,
)
from participation.answering import Step, Unagreed
from participation.consultations import NoSuchDocument, find_consultation
from participation.known import Known
from participation.notices import spoken_notice
from participation.submissions import Submissions

router = Router()


@router.callback_query(Tapped(BeginAnswering))
async def begin(
    query: CallbackQuery, action: BeginAnswering, known: Known, submissions: Submissions
) -> Replies:
    """Go on where the person stopped, or tell first what becomes of the answers."""
    return _begun(query, submissions.at(action.seat).begin(action.consultation), known)


@router.callback_query(Tapped(BeginForAnother))
async def begin_for_another(
    query: CallbackQuery, action: BeginForAnother, known: Known, submissions: Submissions
) -> Replies:
    """Somebody else has the phone: they are told too, in a message of their own."""
    begun = submissions.begin_for_another(action.consultation)
    if isinstance(begun, Unagreed):
        return [noticed(query), said(chat_of(query), views.notice(begun, known.commune))]
    return [noticed(query), ask(chat_of(query), begun)]


@router.callback_query(Tapped(AgreeToNotice))
async def agree(
    query: CallbackQuery, action: AgreeToNotice, known: Known, submissions: Submissions
) -> Replies:
    """Keep the notice in the chat as agreed to, and ask the first question."""
    at_seat = submissions.at(action.seat)
    step = at_seat.agree(action.consultation, language_now())
    agreed = views.agreed(at_seat.notice(action.consultation), known.commune)
    return [noticed(query), edited(query, agreed), ask(chat_of(query), step)]


@router.callback_query(Tapped(ReadNotice))
async def read_notice(
    query: CallbackQuery, action: ReadNotice, known: Known, submissions: Submissions
) -> Replies:
    """The whole notice in place of the three lines."""
    at_seat = submissions.at(action.seat)
    view = views.full_notice(
        at_seat.notice(action.consultation),
        known.commune,
        agreed_before=at_seat.has_begun(action.consultation),
    )
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(ListenToNotice))
async def listen_to_notice(
    query: CallbackQuery, action: ListenToNotice, known: Known, submissions: Submissions
) -> Replies:
    """The commune's recording in this language; raises NoSuchDocument where there is none."""
    consultation = find_consultation(known, action.consultation)
    recording = spoken_notice(known, consultation, language_now())
    if recording is None:
        raise NoSuchDocument
    unagreed = submissions.notice(action.consultation)
    return [noticed(query), said(chat_of(query), views.spoken(unagreed, recording))]


def _begun(query: CallbackQuery, begun: Step | Unagreed, known: Known) -> Replies:
    if not isinstance(begun, Unagreed):
        return ask_in_place(query, begun)
    view = views.notice(begun, known.commune)
    if isinstance(query.message, Message) and query.message.voice is not None:
        return [noticed(query), said(chat_of(query), view)]
    return [noticed(query), edited(query, view)]
