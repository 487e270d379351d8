"""Where a questionnaire goes on: the next question or the review, and what stays of the last."""

from aiogram.types import CallbackQuery

from handlers.replies import Replies, Reply
from handlers.saying import asked, asked_in_place, chat_of, noticed, settled
from handlers.views.answers import answered
from handlers.views.questions import question
from handlers.views.reviews import review
from handlers.views.view import View
from participation.answering import Asked, Step


def step_view(step: Step, *, first: str = "") -> View:
    """What is asked now, or the review."""
    return question(step, first=first) if isinstance(step, Asked) else review(step, first=first)


def ask(chat_id: int, step: Step, *, first: str = "") -> Reply:
    """Ask in a new message."""
    return asked(chat_id, step_view(step, first=first), step.consultation_id)


def ask_in_place(query: CallbackQuery, step: Step) -> Replies:
    """The tapped message becomes the question: tapped twice, it changes once."""
    return [noticed(query), asked_in_place(query, step_view(step), step.consultation_id)]


def go_on(query: CallbackQuery, step: Step, notice: str = "") -> Replies:
    """After a tap: its message keeps the answer, the next question follows."""
    return [noticed(query, notice), *_record_and_ask(query, chat_of(query), step)]


def go_on_after_words(chat_id: int, step: Step) -> Replies:
    """After a typed answer: the question in the slot keeps it, the next question follows."""
    return _record_and_ask(None, chat_id, step)


def _record_and_ask(query: CallbackQuery | None, chat_id: int, step: Step) -> Replies:
    if step.after is None:
        return [ask(chat_id, step)]
    return [settled(query, chat_id, answered(step.after)), ask(chat_id, step)]
