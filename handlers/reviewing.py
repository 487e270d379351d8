"""The review: reading the answers again, changing one, sending them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.asking import ask_in_place
from handlers.buttons import Tapped
from handlers.language import _, language_now
from handlers.replies import Replies, Reply
from handlers.saying import asked as asked_anew
from handlers.saying import asked_in_place, chat_of, edited, noticed, said
from handlers.views.actions import ChangeAnswer, ReviewAnswers, SubmitAnswers
from handlers.views.afterwards import offer
from handlers.views.questions import question
from handlers.views.reviews import receipt, review, sent
from participation.answering import Asked
from participation.known import Known
from participation.submissions import Submissions

router = Router()


@router.callback_query(Tapped(ReviewAnswers))
async def review_answers(
    query: CallbackQuery, action: ReviewAnswers, submissions: Submissions
) -> Replies:
    """Show another page of the review in place."""
    reviewed = submissions.at(action.seat).review(action.consultation)
    view = review(reviewed, page=action.page)
    return [noticed(query), asked_in_place(query, view, reviewed.consultation_id)]


@router.callback_query(Tapped(ChangeAnswer))
async def change_answer(
    query: CallbackQuery, action: ChangeAnswer, submissions: Submissions
) -> Replies:
    """The question takes the place of the review, with the answer it has."""
    return ask_in_place(
        query, submissions.at(action.seat).change(action.consultation, action.question)
    )


@router.callback_query(Tapped(SubmitAnswers))
async def submit_answers(
    query: CallbackQuery, action: SubmitAnswers, known: Known, submissions: Submissions
) -> Replies:
    """Give the receipt, and ask once about announcements; or ask what a correction left open."""
    submitted = submissions.at(action.seat).submit(action.consultation, language_now())
    if isinstance(submitted, Asked):
        missing = question(
            submitted, first=_("Before you send, please look at this question again:")
        )
        return [noticed(query), asked_anew(chat_of(query), missing, submitted.consultation_id)]
    replies: Replies = [
        noticed(query, _("Sent.")),
        Reply(edited(query, sent(submitted)), about=submitted.consultation_id),
        said(chat_of(query), receipt(submitted)),
    ]
    if submitted.may_subscribe:
        replies.append(said(chat_of(query), offer(known.commune)))
    return replies
