"""Finding a consultation, reading its documents, beginning to answer."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.asking import ask
from handlers.buttons import Tapped
from handlers.filters import Commanded
from handlers.menu import menu_of
from handlers.replies import Replies
from handlers.saying import chat_of, edited, noticed, said
from handlers.start import greeted
from handlers.views import consultations as views
from handlers.views.actions import (
    GetDocument,
    ListConsultations,
    OpenConsultation,
    ReadDocument,
)
from handlers.views.start import language_choice
from participation.consultations import Consultations
from participation.known import Known
from participation.people import People
from participation.staff import Staff
from participation.submissions import Submissions

router = Router()


@router.callback_query(Tapped(OpenConsultation))
async def open_consultation(
    query: CallbackQuery, action: OpenConsultation, consultations: Consultations
) -> Replies:
    """Show a consultation's card in place."""
    return [noticed(query), edited(query, views.card(consultations.present(action.consultation)))]


@router.callback_query(Tapped(ReadDocument))
async def read_document(
    query: CallbackQuery, action: ReadDocument, consultations: Consultations
) -> Replies:
    """Say what a document holds and how large it is, else send it; the card stays."""
    reading, listed = consultations.read(action.document)
    if any(reading.summary.values()):
        return [noticed(query), said(chat_of(query), views.document_summary(reading, listed))]
    return [noticed(query), said(chat_of(query), views.document(reading, listed))]


@router.callback_query(Tapped(GetDocument))
async def get_document(
    query: CallbackQuery, action: GetDocument, consultations: Consultations
) -> Replies:
    """Send the file; its summary stays."""
    reading, listed = consultations.read(action.document)
    return [noticed(query), said(chat_of(query), views.document(reading, listed))]


@router.callback_query(Tapped(ListConsultations))
async def list_consultations(
    query: CallbackQuery, action: ListConsultations, consultations: Consultations
) -> Replies:
    """Show a page of the list in place."""
    return [noticed(query), edited(query, views.consultations(consultations.all(), action.page))]


@router.message(Commanded("consultations"))
async def list_in_chat(message: Message, people: People, consultations: Consultations) -> Replies:
    """Show the list as a new message, to those whose language is known."""
    people.leave()
    if greeted(message, people) is None:
        return [said(message.chat.id, language_choice())]
    return [said(message.chat.id, views.consultations(consultations.all(), 0))]


@router.message(Commanded("resume"))
async def resume(
    message: Message,
    known: Known,
    consultations: Consultations,
    submissions: Submissions,
    staff: Staff,
) -> Replies:
    """Ask the question at which the person stopped; with several begun, let them choose."""
    begun = consultations.begun()
    if len(begun) == 1:
        one = begun[0]
        return [
            ask(message.chat.id, submissions.at(one.unfinished or 0).resume(one.consultation_id))
        ]
    return [said(message.chat.id, menu_of(staff.person, known))]
