"""The review: reading the answers again, changing one, sending them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.asking import ask_in_place
from handlers.buttons import Tapped
from handlers.language import _, language_now
from handlers.replies import Replies
from handlers.saying import asked, asked_in_place, chat_of, edited, noticed, said
from handlers.views.actions import ChangeAnswer, ReviewAnswers, SubmitAnswers
from handlers.views.questions import question
from handlers.views.reviews import receipt, review, sent
from participation.answering import Asked
from participation.submissions import Submissions

router = Router()


@router.callback_query(Tapped(ReviewAnswers))
async def review_answers(
    query: CallbackQuery, action: ReviewAnswers, submissions: Submissions
) -> Replies:
    """Show another page of the review in place."""
    reviewed = submissions.review(action.consultation)
    return [noticed(query), asked_in_place(query, review(reviewed, page=action.page))]


@router.callback_query(Tapped(ChangeAnswer))
async def change_answer(
    query: CallbackQuery, action: ChangeAnswer, submissions: Submissions
) -> Replies:
    """The question takes the place of the review, with the answer it has."""
    return ask_in_place(query, submissions.change(action.consultation, action.question))


@router.callback_query(Tapped(SubmitAnswers))
async def submit_answers(
    query: CallbackQuery, action: SubmitAnswers, submissions: Submissions
) -> Replies:
    """Give the receipt; or ask again what a correction has left open."""
    submitted = submissions.submit(action.consultation, language_now())
    if isinstance(submitted, Asked):
        missing = question(
            submitted, first=_("Before you send, please look at this question again:")
        )
        return [noticed(query), asked(chat_of(query), missing)]
    return [
        noticed(query, _("Sent.")),
        edited(query, sent(submitted)),
        said(chat_of(query), receipt(submitted)),
    ]
