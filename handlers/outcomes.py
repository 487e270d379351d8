"""Reading what became of a consultation."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.buttons import Tapped
from handlers.language import language_now
from handlers.replies import Replies
from handlers.saying import chat_of, edited, lasting, noticed, said
from handlers.views import outcomes as views
from handlers.views.actions import (
    ReadOutcome,
    ReadOutcomeFile,
)
from handlers.views.view import Attached
from participation.known import Known
from participation.outcomes import Outcomes
from storage.attachments import attach

router = Router()


@router.callback_query(Tapped(ReadOutcome))
async def read_outcome(query: CallbackQuery, action: ReadOutcome, known: Known) -> Replies:
    """Show a page of the outcome: in place, or below a file that must stay."""
    report = await Outcomes(known).read(action.consultation)
    return [noticed(query), edited(query, views.outcome(report, action.page))]


@router.callback_query(Tapped(ReadOutcomeFile))
async def read_outcome_file(
    query: CallbackQuery, action: ReadOutcomeFile, known: Known, now: datetime
) -> Replies:
    """Send the file or the voice message; a bot of another name sends what was kept of it."""
    outcomes = Outcomes(known)
    report = await outcomes.read(action.consultation)
    file = await outcomes.file(action.consultation, language_now())
    held = views.held(report)
    if held is not None and (query.bot is None or file.bot_id == query.bot.id):
        return [noticed(query), said(chat_of(query), views.outcome_file(report, held))]
    content = file.content or b""
    number = await attach(known.session, file.file_name, file.media_type, content, now)
    return [noticed(query), lasting(chat_of(query), views.outcome_file(report, Attached(number)))]
