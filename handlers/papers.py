"""Staff give a draft its documents: sent, checked by the clerk, entitled, removed."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.events import Data, event
from handlers.filters import NotTyped, Typed
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, lasting, noticed, said
from handlers.standing import leave, stand
from handlers.steps import Card
from handlers.views import papers as views
from handlers.views.actions import (
    AddDocument,
    ListDocuments,
    RemoveDocument,
    SetDocumentLanguage,
    ShowDocument,
    WriteDocumentSummary,
    WriteDocumentTitle,
)
from handlers.views.composing import only_words
from handlers.views.view import View
from participation.documents import Documents, Paper
from participation.errors import ParticipationError
from participation.file_kinds import FileRefused, NotTaken
from participation.places import Place
from participation.roles import Act
from participation.staff import Staff
from participation.wording import NothingToRead, TextTooLong, TooManyLines
from storage.base import ConsultationId

PHOTO, VOICE = "photo.jpg", "notice.ogg"
"""What a photo and a voice message are called: Telegram tells no names."""

router = Router()


@router.callback_query(Tapped(ListDocuments))
async def list_documents(query: CallbackQuery, action: ListDocuments, staff: Staff) -> Replies:
    """Show the documents of a draft."""
    listed = await Documents(staff).of(action.consultation)
    leave(staff)
    view = views.papers(ConsultationId(action.consultation), listed)
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(AddDocument))
async def ask_for_file(query: CallbackQuery, action: AddDocument, staff: Staff) -> Replies:
    """Ask for a file; what is sent next is one."""
    await Documents(staff).of(action.consultation)
    stand(staff, Card.sending, action.consultation)
    return [noticed(query), edited(query, views.file_wanted(ConsultationId(action.consultation)))]


@router.message(StateFilter(Card.sending), F.document | F.photo | F.voice)
async def receive_file(message: Message, place: Place, staff: Staff) -> Replies:
    """Have the clerk fetch and check what was sent."""
    documents, number = Documents(staff), ConsultationId(place.detail)
    try:
        if message.document is not None:
            sent = message.document
            await documents.receive(
                number, sent.file_id, sent.file_name or "", sent.file_size or 0
            )
        elif message.photo:
            largest = message.photo[-1]
            await documents.receive(number, largest.file_id, PHOTO, largest.file_size or 0)
        elif message.voice is not None:
            voice = message.voice
            await documents.receive(number, voice.file_id, VOICE, voice.file_size or 0)
    except FileRefused as refused:
        return [said(message.chat.id, views.refused(number, refused.why))]
    return [said(message.chat.id, views.receiving())]


@router.message(StateFilter(Card.sending), NotTyped())
@router.message(StateFilter(Card.sending), Typed())
async def ask_for_the_file_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Words are no file; it is awaited still."""
    await Documents(staff).of(place.detail)
    return [said(message.chat.id, views.file_wanted(ConsultationId(place.detail)))]


@event("document.taken", Act.PUBLISH)
async def taken(staff: Staff, data: Data) -> Replies:
    """The file is a document now: ask what it is called, or in which language it is spoken."""
    try:
        paper = await Documents(staff).paper(int(data["document"]))
    except ParticipationError:  # removed, or closed meanwhile: there is nothing to ask
        return []
    if paper.is_recording:
        leave(staff)
        return [lasting(staff.person.channel_id, views.paper(paper))]
    return [lasting(staff.person.channel_id, _ask_for_title(paper, staff))]


@event("document.refused", Act.PUBLISH)
async def refused(staff: Staff, data: Data) -> Replies:
    """Say why the file did not become a document."""
    why = NotTaken(data["why"])
    if why is NotTaken.FIXED:
        leave(staff)
    view = views.refused(ConsultationId(int(data["consultation"])), why)
    return [lasting(staff.person.channel_id, view)]


@router.callback_query(Tapped(ShowDocument))
async def show_document(query: CallbackQuery, action: ShowDocument, staff: Staff) -> Replies:
    """Show a document with everything that can be changed."""
    paper = await Documents(staff).paper(action.document)
    leave(staff)
    return [noticed(query), edited(query, views.paper(paper))]


@router.callback_query(Tapped(WriteDocumentTitle))
async def ask_for_title(query: CallbackQuery, action: WriteDocumentTitle, staff: Staff) -> Replies:
    """Ask for the title in both languages."""
    paper = await Documents(staff).paper(action.document)
    return [noticed(query), edited(query, _ask_for_title(paper, staff))]


@router.message(StateFilter(Card.document_title), Typed())
async def write_title(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Take the title; with both languages there, ask for the summary."""
    documents = Documents(staff)
    try:
        paper = await documents.entitle(place.detail, words)
    except (TextTooLong, NothingToRead) as refused:
        kept = await documents.paper(place.detail)
        return [said(message.chat.id, views.document_title(kept, first=sentence(refused)))]
    if paper.missing:
        return [said(message.chat.id, views.document_title(paper))]
    if paper.summary:
        leave(staff)
        return [said(message.chat.id, views.paper(paper))]
    return [said(message.chat.id, _ask_for_summary(paper, staff))]


@router.callback_query(Tapped(WriteDocumentSummary))
async def ask_for_summary(
    query: CallbackQuery, action: WriteDocumentSummary, staff: Staff
) -> Replies:
    """Ask for the summary in both languages."""
    paper = await Documents(staff).paper(action.document)
    return [noticed(query), edited(query, _ask_for_summary(paper, staff))]


@router.message(StateFilter(Card.document_summary), Typed())
async def write_summary(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Take up to five lines a language; with both there, show the document."""
    documents = Documents(staff)
    try:
        paper = await documents.summarise(place.detail, words)
    except (TextTooLong, TooManyLines, NothingToRead) as refused:
        kept = await documents.paper(place.detail)
        return [said(message.chat.id, views.document_summary(kept, first=sentence(refused)))]
    if len(paper.summary) < len(paper.title):
        return [said(message.chat.id, views.document_summary(paper))]
    leave(staff)
    return [said(message.chat.id, views.paper(paper))]


@router.message(StateFilter(Card.document_title, Card.document_summary), NotTyped())
async def show_words_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a title or a summary; they are awaited still."""
    kept = await Documents(staff).paper(place.detail)
    is_title = place.step == Card.document_title.state
    view = views.document_title if is_title else views.document_summary
    return [said(message.chat.id, view(kept, first=only_words()))]


@router.callback_query(Tapped(SetDocumentLanguage))
async def set_language(query: CallbackQuery, action: SetDocumentLanguage, staff: Staff) -> Replies:
    """Say in which language the file is."""
    paper = await Documents(staff).speak(action.document, action.language)
    return [noticed(query), edited(query, views.paper(paper))]


@router.callback_query(Tapped(RemoveDocument))
async def remove_document(query: CallbackQuery, action: RemoveDocument, staff: Staff) -> Replies:
    """Take a document away and show the others."""
    documents = Documents(staff)
    number = await documents.remove(action.document)
    leave(staff)
    return [noticed(query), edited(query, views.papers(number, await documents.of(number)))]


def _ask_for_title(paper: Paper, staff: Staff) -> View:
    stand(staff, Card.document_title, paper.document_id)
    return views.document_title(paper)


def _ask_for_summary(paper: Paper, staff: Staff) -> View:
    stand(staff, Card.document_summary, paper.document_id)
    return views.document_summary(paper)
