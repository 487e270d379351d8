"""An officer writes what became of a consultation, theme by theme."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.filters import NotTyped, Typed
from handlers.language import _, language_now
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.standing import leave
from handlers.steps import Reporting as Steps
from handlers.views import report_themes as theme_views
from handlers.views import reports as views
from handlers.views.actions import (
    AskReportText,
    DecideTheme,
    OpenTheme,
    RemoveTheme,
    SkipReportText,
    WriteReport,
)
from handlers.views.composing import only_words
from handlers.views.report_publication import report_confirmation
from handlers.views.view import View
from participation.people import LANGUAGES
from participation.places import Place
from participation.report_fields import Field, next_field, next_note
from participation.report_publication import ReportPublication
from participation.reporting import NoSuchTheme, Reporting
from participation.reports import Report
from participation.staff import Staff
from participation.wording import InTheOtherLanguage, WordsTooLong
from storage.reports import Verdict

router = Router()


@router.callback_query(Tapped(WriteReport))
async def write_report(query: CallbackQuery, action: WriteReport, staff: Staff) -> Replies:
    """Show everything that is written so far."""
    report = await Reporting(staff).written(action.consultation)
    return [noticed(query), edited(query, board(staff, report))]


@router.callback_query(Tapped(OpenTheme))
async def open_theme(query: CallbackQuery, action: OpenTheme, staff: Staff) -> Replies:
    """Show one theme."""
    report = await Reporting(staff).written(action.consultation)
    return [noticed(query), edited(query, _theme(staff, report, action.theme))]


@router.callback_query(Tapped(AskReportText))
async def ask_text(query: CallbackQuery, action: AskReportText, staff: Staff) -> Replies:
    """Ask for a text; what is typed next becomes it."""
    field = Field.numbered(action.field)
    view = await asking(staff, action.consultation, field)
    return [noticed(query), edited(query, view)]


@router.message(StateFilter(Steps.writing), Typed())
async def take_text(message: Message, words: str, place: Place, staff: Staff) -> Replies:
    """Keep what was typed and go on; too long a text is asked for again."""
    field, consultation = Field.numbered(place.detail), place.consultation_id or 0
    try:
        report = await Reporting(staff).write(consultation, field, words)
    except (WordsTooLong, InTheOtherLanguage) as refusal:
        view = await asking(staff, consultation, field, first=sentence(refusal))
        return [said(message.chat.id, view)]
    view = await _next(staff, report, field)
    return [said(message.chat.id, view)]


@router.message(StateFilter(Steps.writing), NotTyped())
async def ask_text_again(message: Message, place: Place, staff: Staff) -> Replies:
    """Only words are a text; it is awaited still."""
    field, consultation = Field.numbered(place.detail), place.consultation_id or 0
    view = await asking(staff, consultation, field, first=only_words())
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
    return [noticed(query), edited(query, await asking(staff, action.consultation, field))]


@router.callback_query(Tapped(RemoveTheme))
async def remove_theme(query: CallbackQuery, action: RemoveTheme, staff: Staff) -> Replies:
    """Take a theme out."""
    report = await Reporting(staff).remove(action.consultation, action.theme, action.count)
    return [noticed(query, _("Removed.")), edited(query, board(staff, report))]


def of_ours(language: str) -> str:
    """A language that a button names, if it is one of ours."""
    return language if language in LANGUAGES else LANGUAGES[0]


def board(staff: Staff, report: Report, *, first: str = "") -> View:
    """Everything that is written; nothing is awaited any more."""
    leave(staff)
    return views.report_board(report, first=first)


def _theme(staff: Staff, report: Report, place: int) -> View:
    leave(staff)
    if not 0 <= place < len(report.themes):
        return views.report_board(report)
    return theme_views.theme_page(report, place)


async def asking(staff: Staff, consultation: int, field: Field, *, first: str = "") -> View:
    """Ask for a text: what is typed next becomes it."""
    report, present = await Reporting(staff).text(consultation, field)
    place = Place(Steps.writing.state, report.consultation_id, detail=field.number)
    staff.known.move(staff.person, place)
    return theme_views.report_text(report, field, present, first=first)


async def _next(staff: Staff, report: Report, field: Field) -> View:
    """What is asked after a text: the other language, the verdict, its reason, nothing more."""
    if field.is_note:
        note = next_note(report, language_now())
        if note is not None:
            return await asking(staff, report.consultation_id, note)
        leave(staff)
        ready = await ReportPublication(staff).ready(report.consultation_id)
        return report_confirmation(*ready)
    missing = next_field(report, field.theme, language_now())
    theme = report.themes[field.theme]
    if theme.verdict is None and (missing is None or missing.is_reason):
        leave(staff)
        return theme_views.verdict_choice(report, field.theme)
    if missing is not None:
        return await asking(staff, report.consultation_id, missing)
    return _theme(staff, report, field.theme)
