"""Answering: by a tap, in words, going back, saving for later."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.asking import ask_in_place, go_on, go_on_after_words
from handlers.buttons import Tapped
from handlers.filters import Typed
from handlers.language import _
from handlers.replies import Replies
from handlers.saying import asked_in_place, edited, noticed
from handlers.steps import Questionnaire
from handlers.views.actions import (
    AnswerChoice,
    FinishChoosing,
    GoBack,
    KeepAnswer,
    SaveForLater,
    SkipQuestion,
    TickChoice,
    TurnChoices,
)
from handlers.views.consultations import paused
from handlers.views.questions import page_with, question
from participation.answering import Step
from participation.consultations import Consultations
from participation.submissions import Submissions

router = Router()


@router.callback_query(Tapped(AnswerChoice))
async def answer_by_choice(
    query: CallbackQuery, action: AnswerChoice, submissions: Submissions
) -> Replies:
    """Record the choice, ask what comes next."""
    step = submissions.choose(action.consultation, action.question, action.choice)
    return go_on(query, step, _("Recorded."))


@router.message(StateFilter(Questionnaire.answering, Questionnaire.reviewing), Typed())
async def answer_in_words(message: Message, words: str, submissions: Submissions) -> Replies:
    """Record what was typed, ask what comes next."""
    return go_on_after_words(message.chat.id, submissions.write(words))


@router.callback_query(Tapped(TickChoice))
async def tick_choice(
    query: CallbackQuery, action: TickChoice, submissions: Submissions
) -> Replies:
    """Show the tick in place, on the page where it stands."""
    asked = submissions.tick(
        action.consultation, action.question, action.choice, ticked=action.ticked
    )
    return [noticed(query), asked_in_place(query, question(asked, page=page_with(action.choice)))]


@router.callback_query(Tapped(FinishChoosing))
async def finish_choosing(
    query: CallbackQuery, action: FinishChoosing, submissions: Submissions
) -> Replies:
    """Record what is ticked, ask what comes next."""
    step = submissions.finish_choosing(action.consultation, action.question)
    return go_on(query, step, _("Recorded.") if _has_answer(step) else "")


@router.callback_query(Tapped(SkipQuestion))
async def skip_question(
    query: CallbackQuery, action: SkipQuestion, submissions: Submissions
) -> Replies:
    """Pass over the question, or go on from what was read."""
    return go_on(query, submissions.skip(action.consultation, action.question))


@router.callback_query(Tapped(KeepAnswer))
async def keep_answer(
    query: CallbackQuery, action: KeepAnswer, submissions: Submissions
) -> Replies:
    """Leave the answer as it was, go on."""
    return go_on(query, submissions.keep(action.consultation, action.question))


@router.callback_query(Tapped(GoBack))
async def go_back(query: CallbackQuery, action: GoBack, submissions: Submissions) -> Replies:
    """The question before takes the place of this one."""
    return ask_in_place(query, submissions.go_back(action.consultation, action.question))


@router.callback_query(Tapped(TurnChoices))
async def turn_choices(
    query: CallbackQuery, action: TurnChoices, submissions: Submissions
) -> Replies:
    """Show another page of the choices."""
    asked = submissions.look(action.consultation, action.question)
    return [noticed(query), asked_in_place(query, question(asked, page=action.page))]


@router.callback_query(Tapped(SaveForLater))
async def save_for_later(
    query: CallbackQuery,
    action: SaveForLater,
    submissions: Submissions,
    consultations: Consultations,
) -> Replies:
    """Say until when one can go on; everything is stored already."""
    submissions.pause(action.consultation)
    listed = consultations.present(action.consultation).listed
    return [noticed(query, _("Saved.")), edited(query, paused(listed))]


def _has_answer(step: Step) -> bool:
    """Whether what was asked before this step was answered, not passed over."""
    after = step.after
    return after is not None and after.interview.answers.get(after.question.path) is not None
