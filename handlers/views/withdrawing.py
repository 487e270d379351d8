"""Taking an answer back: whose, what it means, and that it is done."""

from handlers.language import _, isolate
from handlers.views.actions import (
    BeginAnswering,
    ConfirmWithdrawal,
    HideAnswers,
    OpenMenu,
    WithdrawAnswer,
)
from handlers.views.afterwards import title_of
from handlers.views.start import back_to
from handlers.views.view import Button, Rows, View, lines, one_a_row, paragraphs, rows
from participation.withdrawing import Withdrawable, Withdrawn


def whose(found: Withdrawable) -> View:
    """Several have answered on this phone: whose answer is meant."""
    return View(
        paragraphs(
            title_of(found.title),
            _("Several people have answered on this phone. Whose answer is to be withdrawn?"),
        ),
        rows(
            *one_a_row(
                Button(_whose(seat), ConfirmWithdrawal(found.consultation_id, seat))
                for seat in found.seats
            ),
            back_to(found.consultation_id),
        ),
    )


def confirm(found: Withdrawable, seat: int) -> View:
    """What withdrawing means, before it is done."""
    return View(
        paragraphs(
            _("Withdraw the answer on {title}?").format(title=title_of(found.title)),
            lines(
                _("It is erased for good. Nobody can bring it back, and its code opens nothing."),
                _("It is possible until the answers are sealed, a day after the closing."),
            ),
        ),
        rows(
            (Button(_("Yes, erase it for good"), WithdrawAnswer(found.consultation_id, seat)),),
            back_to(found.consultation_id),
        ),
    )


def withdrawn(done: Withdrawn) -> View:
    """It is gone; what can be done now."""
    return View(
        paragraphs(
            _("The answer on {title} is erased. It is counted no more.").format(
                title=title_of(done.title)
            ),
            _("While the consultation is open, it can be answered anew.")
            if done.may_answer_anew
            else "",
            _("The words can still be read in this chat, until you hide them."),
        ),
        rows(*_next(done), (Button(_("Main menu"), OpenMenu(below=True)),)),
    )


def _next(done: Withdrawn) -> Rows:
    hide = (Button(_("Hide my answers here"), HideAnswers(done.consultation_id)),)
    anew = (Button(_("Fill in the form"), BeginAnswering(done.consultation_id)),)
    return rows(hide, anew if done.may_answer_anew else ())


def _whose(seat: int) -> str:
    if seat == 0:
        return _("Mine (this account’s)")
    return _("The other person’s, number {number}").format(number=isolate(seat))
