"""A report as a file or a voice message, in each language."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.language import _
from handlers.replies import Replies
from handlers.reporting import board, of_ours
from handlers.saying import edited, noticed, said
from handlers.steps import Reporting as Steps
from handlers.views import reports as views
from handlers.views.actions import (
    AskReportFile,
    RemoveReportFile,
)
from participation.content import MEDIA_TYPES, RECORDINGS
from participation.people import LANGUAGES
from participation.places import Place
from participation.reporting import Reporting
from participation.reports import Enclosed
from participation.staff import Staff
from participation.tables import LARGEST_FILE
from storage.reports import FileKind

router = Router()

VOICE_NAME, VOICE_TYPE = "report.ogg", RECORDINGS[".ogg"]


@router.callback_query(Tapped(AskReportFile))
async def ask_file(query: CallbackQuery, action: AskReportFile, staff: Staff) -> Replies:
    """Ask for a file or a voice message."""
    report = await Reporting(staff).written(action.consultation)
    language = of_ours(action.language)
    detail = LANGUAGES.index(language)
    place = Place(Steps.enclosing.state, report.consultation_id, detail=detail)
    staff.known.move(staff.person, place)
    return [noticed(query), edited(query, views.report_file(report, language))]


@router.message(StateFilter(Steps.enclosing))
async def take_file(message: Message, place: Place, staff: Staff) -> Replies | None:
    """Keep a file or a voice message; anything else is asked for again."""
    if message.text and message.text.startswith("/"):
        return None
    language, consultation = LANGUAGES[place.detail], place.consultation_id or 0
    enclosed = _enclosed(message)
    reporting = Reporting(staff)
    if enclosed is None:
        report = await reporting.written(consultation)
        first = _(
            "This cannot be taken: a PDF, Word or picture file of at most 20 MB, or a voice."
        )
        return [said(message.chat.id, views.report_file(report, language, first=first))]
    report = await reporting.enclose(consultation, language, enclosed)
    return [said(message.chat.id, board(staff, report, first=_("The file is kept.")))]


@router.callback_query(Tapped(RemoveReportFile))
async def remove_file(query: CallbackQuery, action: RemoveReportFile, staff: Staff) -> Replies:
    """Take a file out."""
    report = await Reporting(staff).enclose(action.consultation, action.language, None)
    return [noticed(query, _("Removed.")), edited(query, board(staff, report))]


def _enclosed(message: Message) -> Enclosed | None:
    bot_id = message.bot.id if message.bot is not None else 0
    if message.voice is not None and (message.voice.file_size or 0) <= LARGEST_FILE:
        return Enclosed(FileKind.VOICE, message.voice.file_id, bot_id, VOICE_NAME, VOICE_TYPE)
    document = message.document
    if document is None or (document.file_size or 0) > LARGEST_FILE:
        return None
    name = (document.file_name or "")[-80:]
    media_type = MEDIA_TYPES.get(f".{name.rpartition('.')[2].lower()}")
    if media_type is None:
        return None
    return Enclosed(FileKind.DOCUMENT, document.file_id, bot_id, name, media_type)
