"""A draft's form walked through by its author."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.buttons import Tapped
from handlers.filters import FileSent, Typed, Wordless
from handlers.language import language_now
from handlers.refusals import sentence
from handlers.replies import Replies
from handlers.saying import edited, noticed, said
from handlers.standing import leave
from handlers.steps import Authoring as Step
from handlers.views.actions import LeavePreview, PreviewForm, SpeakPreview, WalkPreview
from handlers.views.previews import preview
from handlers.views.questions import page_with
from handlers.views.view import View
from handlers.views.workspace import managing, workspace
from participation.managing import Managing
from participation.previewing import NoPreview, Previewing, Verb
from participation.staff import Staff

router = Router()


@router.callback_query(Tapped(PreviewForm))
async def begin_preview(query: CallbackQuery, action: PreviewForm, staff: Staff) -> Replies:
    """Show the first question below: the draft's card stays."""
    shown = await Previewing(staff).begin(action.consultation, language_now())
    return [noticed(query), said(query.from_user.id, preview(shown))]


@router.callback_query(Tapped(WalkPreview))
async def walk(query: CallbackQuery, action: WalkPreview, staff: Staff) -> Replies:
    """Do what the button says; the next question takes the place of this one."""
    if action.verb not in list(Verb):
        raise NoPreview
    verb = Verb(action.verb)
    shown = await Previewing(staff).act(verb, action.question, action.value)
    page = 0
    if verb is Verb.TURN:
        page = action.value
    elif verb in {Verb.TICK, Verb.UNTICK}:
        page = page_with(action.value)
    return [noticed(query), edited(query, preview(shown, page))]


@router.message(StateFilter(Step.previewing), Typed())
async def answer(message: Message, words: str, staff: Staff) -> Replies:
    """Answer in words, see what comes next."""
    return await _written(message, words, staff)


@router.message(StateFilter(Step.previewing), Wordless())
@router.message(StateFilter(Step.previewing), FileSent())
async def show_again(message: Message, staff: Staff) -> Replies:
    """Only words answer a question."""
    return await _written(message, "", staff)


async def _written(message: Message, words: str, staff: Staff) -> Replies:
    """What comes next; where the draft was opened meanwhile, the preview is left."""
    try:
        shown = await Previewing(staff).write(words)
    except NoPreview as ended:
        leave(staff)
        return [said(message.chat.id, View(sentence(ended)))]
    return [said(message.chat.id, preview(shown))]


@router.callback_query(Tapped(SpeakPreview))
async def speak_preview(query: CallbackQuery, action: SpeakPreview, staff: Staff) -> Replies:
    """Show the question in another language."""
    return [noticed(query), edited(query, preview(await Previewing(staff).speak(action.language)))]


@router.callback_query(Tapped(LeavePreview))
async def leave_preview(query: CallbackQuery, staff: Staff) -> Replies:
    """Erase what was answered; back to the draft."""
    left = await Previewing(staff).leave()
    if left is None:
        return [noticed(query), edited(query, workspace(staff))]
    stood = await Managing(staff).stands(left)
    return [noticed(query), edited(query, managing(stood, staff))]
