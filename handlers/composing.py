"""A questionnaire written in the chat, question by question."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.filters import FileSent, Typed, Wordless
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.steps import Authoring as Step
from handlers.views import composing as views
from handlers.views.actions import (
    ChooseKind,
    ComposeQuestionnaire,
    DropQuestion,
    FinishComposing,
    PutBackQuestion,
    RemoveQuestion,
    RequireAnswer,
    SaveComposing,
)
from participation.authoring import Authoring
from participation.composing import Composed, Kind
from participation.staff import Staff

router = Router()


@router.callback_query(Tapped(ComposeQuestionnaire))
async def compose(query: CallbackQuery, action: ComposeQuestionnaire, staff: Staff) -> Replies:
    """Begin, or go on where one stopped."""
    return _changed(query, await Authoring(staff).compose(fresh=action.fresh))


@router.message(StateFilter(Step.composing), Typed())
async def write(message: Message, words: str, staff: Staff) -> Replies:
    """Take a message for what is awaited."""
    return [said(message.chat.id, views.composing(await Authoring(staff).write(words)))]


@router.message(StateFilter(Step.composing), Wordless())
@router.message(StateFilter(Step.composing), FileSent())
async def ask_for_words(message: Message, staff: Staff) -> Replies:
    """Show what is awaited once more."""
    composed = await Authoring(staff).present()
    return [said(message.chat.id, views.composing(composed, views.only_words()))]


@router.callback_query(Tapped(ChooseKind))
async def choose_kind(query: CallbackQuery, action: ChooseKind, staff: Staff) -> Replies:
    """Choose how the next question is answered."""
    kind = Kind(action.kind) if action.kind in list(Kind) else Kind.ONE
    return _changed(query, await Authoring(staff).choose_kind(kind))


@router.callback_query(Tapped(RequireAnswer))
async def require_answer(query: CallbackQuery, action: RequireAnswer, staff: Staff) -> Replies:
    """Say whether a question has to be answered."""
    return _changed(query, await Authoring(staff).require(action.question, wanted=action.wanted))


@router.callback_query(Tapped(RemoveQuestion))
async def remove_question(query: CallbackQuery, action: RemoveQuestion, staff: Staff) -> Replies:
    """Remove a question; it can be put back."""
    return _changed(query, await Authoring(staff).remove(action.question, action.count))


@router.callback_query(Tapped(DropQuestion))
async def drop_question(query: CallbackQuery, staff: Staff) -> Replies:
    """Forget the question that is not complete."""
    return _changed(query, await Authoring(staff).drop_pending())


@router.callback_query(Tapped(PutBackQuestion))
async def put_back(query: CallbackQuery, staff: Staff) -> Replies:
    """Undo the last removal."""
    return _changed(query, await Authoring(staff).put_back())


@router.callback_query(Tapped(FinishComposing))
async def finish(query: CallbackQuery, staff: Staff) -> Replies:
    """Have the workbook and the draft made."""
    return [noticed(query), edited(query, views.finishing(await Authoring(staff).finish()))]


@router.callback_query(Tapped(SaveComposing))
async def save(query: CallbackQuery, staff: Staff) -> Replies:
    """Stop for now."""
    return [noticed(query), edited(query, views.saved(await Authoring(staff).save()))]


def _changed(query: CallbackQuery, composed: Composed) -> Replies:
    return [noticed(query), edited(query, views.composing(composed))]
