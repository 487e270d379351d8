"""Answering: by a tap, in words, going back, saving for later."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.asking import ask_in_place, go_on, go_on_after_words
from handlers.buttons import Tapped
from handlers.filters import NotTyped, Typed
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
from participation.known import Known
from participation.places import Place
from participation.submissions import Submissions
from storage.people import Person

router = Router()


@router.callback_query(Tapped(AnswerChoice))
async def answer_by_choice(
    query: CallbackQuery, action: AnswerChoice, submissions: Submissions
) -> Replies:
    """Record the choice, ask what comes next."""
    step = submissions.at(action.seat).choose(action.consultation, action.question, action.choice)
    return go_on(query, step, _("Recorded."))


@router.message(StateFilter(Questionnaire.answering, Questionnaire.reviewing), Typed())
async def answer_in_words(
    message: Message,
    words: str,
    person: Person,
    known: Known,
    place: Place,
    submissions: Submissions,
) -> Replies:
    """Record what was typed, ask what comes next; where it stands is noted, taken or not."""
    if place.consultation_id is not None:
        known.trace(person, place.consultation_id, message.message_id)
    return go_on_after_words(message.chat.id, submissions.write(words))


@router.message(StateFilter(Questionnaire.answering, Questionnaire.reviewing), NotTyped())
async def note_what_is_no_words(
    message: Message, person: Person, known: Known, place: Place
) -> None:
    """Nothing is kept of a photo or a voice but where it stands: it may have to be hidden.

    The present question answers it.
    """
    if place.consultation_id is not None:
        known.trace(person, place.consultation_id, message.message_id)


@router.callback_query(Tapped(TickChoice))
async def tick_choice(
    query: CallbackQuery, action: TickChoice, submissions: Submissions
) -> Replies:
    """Show the tick in place, on the page where it stands."""
    asked = submissions.at(action.seat).tick(
        action.consultation, action.question, action.choice, ticked=action.ticked
    )
    view = question(asked, page=page_with(action.choice))
    return [noticed(query), asked_in_place(query, view, asked.consultation_id)]


@router.callback_query(Tapped(FinishChoosing))
async def finish_choosing(
    query: CallbackQuery, action: FinishChoosing, submissions: Submissions
) -> Replies:
    """Record what is ticked, ask what comes next."""
    step = submissions.at(action.seat).finish_choosing(action.consultation, action.question)
    return go_on(query, step, _("Recorded.") if _has_answer(step) else "")


@router.callback_query(Tapped(SkipQuestion))
async def skip_question(
    query: CallbackQuery, action: SkipQuestion, submissions: Submissions
) -> Replies:
    """Pass over the question, or go on from what was read."""
    return go_on(query, submissions.at(action.seat).skip(action.consultation, action.question))


@router.callback_query(Tapped(KeepAnswer))
async def keep_answer(
    query: CallbackQuery, action: KeepAnswer, submissions: Submissions
) -> Replies:
    """Leave the answer as it was, go on."""
    return go_on(query, submissions.at(action.seat).keep(action.consultation, action.question))


@router.callback_query(Tapped(GoBack))
async def go_back(query: CallbackQuery, action: GoBack, submissions: Submissions) -> Replies:
    """The question before takes the place of this one."""
    return ask_in_place(
        query, submissions.at(action.seat).go_back(action.consultation, action.question)
    )


@router.callback_query(Tapped(TurnChoices))
async def turn_choices(
    query: CallbackQuery, action: TurnChoices, submissions: Submissions
) -> Replies:
    """Show another page of the choices."""
    asked = submissions.at(action.seat).look(action.consultation, action.question)
    view = question(asked, page=action.page)
    return [noticed(query), asked_in_place(query, view, asked.consultation_id)]


@router.callback_query(Tapped(SaveForLater))
async def save_for_later(
    query: CallbackQuery,
    action: SaveForLater,
    submissions: Submissions,
    consultations: Consultations,
) -> Replies:
    """Say until when one can go on; everything is stored already."""
    submissions.at(action.seat).pause(action.consultation)
    listed = consultations.present(action.consultation).listed
    return [noticed(query, _("Saved.")), edited(query, paused(listed))]


def _has_answer(step: Step) -> bool:
    """Whether what was asked before this step was answered, not passed over."""
    after = step.after
    return after is not None and after.interview.answers.get(after.question.path) is not None
