"""An officer previews a report, publishes it, or gives it up."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.announcing import in_each_language
from handlers.buttons import Tapped
from handlers.language import _, language_now, speaking
from handlers.replies import Replies
from handlers.reporting import asking, board, of_ours
from handlers.saying import edited, noticed
from handlers.standing import leave
from handlers.views import report_publication as views
from handlers.views.actions import (
    ConfirmReport,
    GiveUpReport,
    PreviewReport,
    PublishReport,
)
from handlers.views.outcomes import outcome_told
from handlers.views.reports import report_giving_up
from participation.report_fields import next_note
from participation.report_publication import ReportPublication
from participation.reporting import Reporting
from participation.reports import Report
from participation.staff import Staff

router = Router()


@router.callback_query(Tapped(PreviewReport))
async def preview(query: CallbackQuery, action: PreviewReport, staff: Staff) -> Replies:
    """Show a page as people will see it, in the language they read."""
    report = await Reporting(staff).foreseen(action.consultation)
    with speaking(of_ours(action.language)):
        view = views.report_preview(report, action.page, language_now())
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(ConfirmReport))
async def confirm(query: CallbackQuery, action: ConfirmReport, staff: Staff) -> Replies:
    """Say how many will be told; a correction is asked first what it changes."""
    report = await Reporting(staff).written(action.consultation)
    note = next_note(report, language_now()) if report.version else None
    if note is not None and not any(report.note.values()):
        return [noticed(query), edited(query, await asking(staff, action.consultation, note))]
    view = views.report_confirmation(*await ReportPublication(staff).ready(action.consultation))
    return [noticed(query), edited(query, view)]


@router.callback_query(Tapped(PublishReport))
async def publish(query: CallbackQuery, action: PublishReport, staff: Staff) -> Replies:
    """Let everybody read it, and tell those who wished it."""

    def requests(report: Report) -> dict[str, dict[str, object]]:
        return in_each_language(lambda: outcome_told(report))

    published = await ReportPublication(staff).publish(
        action.consultation, requests if action.telling else None
    )
    leave(staff)
    return [noticed(query), edited(query, views.report_published(published))]


@router.callback_query(Tapped(GiveUpReport))
async def give_up(query: CallbackQuery, action: GiveUpReport, staff: Staff) -> Replies:
    """Forget the draft, once it is sure; what is published stays."""
    reporting = Reporting(staff)
    if not action.sure:
        report = await reporting.written(action.consultation)
        return [noticed(query), edited(query, report_giving_up(report))]
    report = await reporting.give_up(action.consultation)
    return [noticed(query, _("Forgotten.")), edited(query, board(staff, report))]
