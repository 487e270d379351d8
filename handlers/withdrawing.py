"""Taking an answer back: two taps, and it is erased for good."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.buttons import Tapped
from handlers.language import _
from handlers.replies import Replies
from handlers.saying import chat_of, edited, noticed, said
from handlers.views import withdrawing as views
from handlers.views.actions import AskToWithdraw, ConfirmWithdrawal, WithdrawAnswer
from participation.known import Known
from participation.withdrawing import Withdrawals
from storage.people import Person

router = Router()


@router.callback_query(Tapped(AskToWithdraw))
async def ask_to_withdraw(
    query: CallbackQuery, action: AskToWithdraw, person: Person, known: Known
) -> Replies:
    """Say what it means below the receipt or card, which stays; or ask whose answer is meant."""
    found = Withdrawals(known, person).ask(action.consultation)
    if len(found.seats) > 1:
        return [noticed(query), said(chat_of(query), views.whose(found))]
    return [noticed(query), said(chat_of(query), views.confirm(found, found.seats[0]))]


@router.callback_query(Tapped(ConfirmWithdrawal))
async def confirm_withdrawal(
    query: CallbackQuery, action: ConfirmWithdrawal, person: Person, known: Known
) -> Replies:
    """Say what it means before anything is erased."""
    found = Withdrawals(known, person).ask(action.consultation)
    return [noticed(query), said(chat_of(query), views.confirm(found, action.seat))]


@router.callback_query(Tapped(WithdrawAnswer))
async def withdraw_answer(
    query: CallbackQuery, action: WithdrawAnswer, person: Person, known: Known
) -> Replies:
    """Erase it, and say so in place of the question whether to."""
    done = await Withdrawals(known, person).withdraw(action.consultation, action.seat)
    return [noticed(query, _("Erased.")), edited(query, views.withdrawn(done))]
