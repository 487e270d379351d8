"""An officer writes what became of a consultation, theme by theme, and publishes it."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.announcing import in_each_language
from handlers.buttons import Tapped
from handlers.filters import NotTyped, Typed
from handlers.language import _, language_now, speaking
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.steps import Reporting as Steps
from handlers.views import reports as views
from handlers.views.actions import (
    AskReportFile,
    AskReportText,
    ConfirmReport,
    DecideTheme,
    GiveUpReport,
    OpenTheme,
    PreviewReport,
    PublishReport,
    RemoveReportFile,
    RemoveTheme,
    SkipReportText,
    WriteReport,
)
from handlers.views.composing import only_words
from handlers.views.outcomes import outcome_told
from handlers.views.view import View
from participation.content import MEDIA_TYPES
from participation.people import LANGUAGES
from participation.places import NOWHERE, Place
from participation.reporting import Field, NoSuchTheme, Reporting, next_field, next_note
from participation.reports import Enclosed, Report
from participation.staff import Staff
from participation.wording import WordsTooLong
from storage.reports import FileKind, Verdict

router = Router()

LARGEST_FILE = 20_000_000
"""Bytes; a bot can fetch no larger one from Telegram."""
VOICE_NAME, VOICE_TYPE = "report.ogg", "audio/ogg"


@router.callback_query(Tapped(WriteReport))
async def write_report(query: CallbackQuery, action: WriteReport, staff: Staff) -> Replies:
    """Show everything that is written so far."""
    report = await Reporting(staff).written(action.consultation)
    return [noticed(query), edited(query, _board(staff, report))]


@router.callback_query(Tapped(OpenTheme))
async def open_theme(query: CallbackQuery, action: OpenTheme, staff: Staff) -> Replies:
    """Show one theme."""
    report = await Reporting(staff).written(action.consultation)
    return [noticed(query), edited(query, _theme(staff, report, action.theme))]


@router.callback_query(Tapped(AskReportText))
async def ask_text(query: CallbackQuery, action: AskReportText, staff: Staff) -> Replies:
    """Ask for a text; what is typed next becomes it."""
    field = Field.numbered(action.field)
    view = await _asking(staff, action.consultation, field)
    return [noticed(query), edited(query, view)]


@router.message(StateFilter(Steps.writing), Typed())
async def take_text(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Keep what was typed and go on; too long a text is asked for again."""
    field, consultation = Field.numbered(place.detail), place.consultation_id or 0
    try:
        report = await Reporting(staff).write(consultation, field, words)
    except WordsTooLong as refusal:
        view = await _asking(staff, consultation, field, first=sentence(refusal))
        return [said(message.chat.id, view)]
    view = await _next(staff, report, field)
    return [said(message.chat.id, view)]


@router.message(StateFilter(Steps.writing), NotTyped())
async def ask_text_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a text; it is awaited still."""
    field, consultation = Field.numbered(place.detail), place.consultation_id or 0
    view = await _asking(staff, consultation, field, first=only_words())
    return [said(message.chat.id, view)]


@router.callback_query(Tapped(SkipReportText))
async def skip_text(query: CallbackQuery, action: SkipReportText, staff: Staff) -> Replies:
    """There is no such text in this language."""
    field = Field.numbered(action.field)
    report = await Reporting(staff).write(action.consultation, field, "")
    return [noticed(query), edited(query, await _next(staff, report, field))]


@router.callback_query(Tapped(DecideTheme))
async def decide(query: CallbackQuery, action: DecideTheme, staff: Staff) -> Replies:
    """Keep the verdict, ask for its reason where that is not written yet."""
    if action.verdict not in list(Verdict):
        raise NoSuchTheme
    verdict = Verdict(action.verdict)
    report = await Reporting(staff).decide(action.consultation, action.theme, verdict)
    field = next_field(report, action.theme, language_now())
    if field is None:
        return [noticed(query), edited(query, _theme(staff, report, action.theme))]
    return [noticed(query), edited(query, await _asking(staff, action.consultation, field))]


@router.callback_query(Tapped(RemoveTheme))
async def remove_theme(query: CallbackQuery, action: RemoveTheme, staff: Staff) -> Replies:
    """Take a theme out."""
    report = await Reporting(staff).remove(action.consultation, action.theme, action.count)
    return [noticed(query, _("Removed.")), edited(query, _board(staff, report))]


@router.callback_query(Tapped(AskReportFile))
async def ask_file(query: CallbackQuery, action: AskReportFile, staff: Staff) -> Replies:
    """Ask for a file or a voice message."""
    report = await Reporting(staff).written(action.consultation)
    language = _language(action.language)
    detail = LANGUAGES.index(language)
    _stand(staff, Place(Steps.enclosing.state, report.consultation_id, detail=detail))
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
    return [said(message.chat.id, _board(staff, report, first=_("The file is kept.")))]


@router.callback_query(Tapped(RemoveReportFile))
async def remove_file(query: CallbackQuery, action: RemoveReportFile, staff: Staff) -> Replies:
    """Take a file out."""
    report = await Reporting(staff).enclose(action.consultation, action.language, None)
    return [noticed(query, _("Removed.")), edited(query, _board(staff, report))]


@router.callback_query(Tapped(PreviewReport))
async def preview(query: CallbackQuery, action: PreviewReport, staff: Staff) -> Replies:
    """Show a page as people will see it, in the language they read."""
    report = await Reporting(staff).foreseen(action.consultation)
    with speaking(_language(action.language)):
        view = views.report_preview(report, action.page, language_now())
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(ConfirmReport))
async def confirm(query: CallbackQuery, action: ConfirmReport, staff: Staff) -> Replies:
    """Say how many will be told; a correction is asked first what it changes."""
    reporting = Reporting(staff)
    report = await reporting.written(action.consultation)
    note = next_note(report, language_now()) if report.version else None
    if note is not None and not any(report.note.values()):
        return [noticed(query), edited(query, await _asking(staff, action.consultation, note))]
    view = views.report_confirmation(*await reporting.ready(action.consultation))
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(PublishReport))
async def publish(query: CallbackQuery, action: PublishReport, staff: Staff) -> Replies:
    """Let everybody read it, and tell those who wished it."""

    def requests(report: Report) -> dict[str, dict[str, object]]:
        return in_each_language(lambda: outcome_told(report))

    published = await Reporting(staff).publish(
        action.consultation, requests if action.telling else None
    )
    _stand(staff, NOWHERE)
    return [noticed(query), edited(query, views.report_published(published))]


@router.callback_query(Tapped(GiveUpReport))
async def give_up(query: CallbackQuery, action: GiveUpReport, staff: Staff) -> Replies:
    """Forget the draft, once it is sure; what is published stays."""
    reporting = Reporting(staff)
    if not action.sure:
        report = await reporting.written(action.consultation)
        return [noticed(query), edited(query, views.report_giving_up(report))]
    report = await reporting.give_up(action.consultation)
    return [noticed(query, _("Forgotten.")), edited(query, _board(staff, report))]


def _language(named: str) -> str:
    return named if named in LANGUAGES else LANGUAGES[0]


def _stand(staff: Staff, place: Place) -> None:
    staff.known.move(staff.person, place)


def _board(staff: Staff, report: Report, *, first: str = "") -> View:
    _stand(staff, NOWHERE)
    return views.report_board(report, first=first)


def _theme(staff: Staff, report: Report, place: int) -> View:
    _stand(staff, NOWHERE)
    if not 0 <= place < len(report.themes):
        return views.report_board(report)
    return views.theme_page(report, place)


async def _asking(staff: Staff, consultation: int, field: Field, *, first: str = "") -> View:
    report, present = await Reporting(staff).text(consultation, field)
    _stand(staff, Place(Steps.writing.state, report.consultation_id, detail=field.number))
    return views.report_text(report, field, present, first=first)


async def _next(staff: Staff, report: Report, field: Field) -> View:
    """What is asked after a text: the other language, the verdict, its reason, nothing more."""
    if field.is_note:
        note = next_note(report, language_now())
        if note is not None:
            return await _asking(staff, report.consultation_id, note)
        _stand(staff, NOWHERE)
        return views.report_confirmation(*await Reporting(staff).ready(report.consultation_id))
    missing = next_field(report, field.theme, language_now())
    theme = report.themes[field.theme]
    if theme.verdict is None and (missing is None or missing.is_reason):
        _stand(staff, NOWHERE)
        return views.verdict_choice(report, field.theme)
    if missing is not None:
        return await _asking(staff, report.consultation_id, missing)
    return _theme(staff, report, field.theme)


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
