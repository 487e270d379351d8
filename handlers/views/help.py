"""Leaving a message for a human, and what comes back."""

from collections.abc import Sequence

from handlers.language import _, isolate
from handlers.views.actions import GiveUpMessage, LeaveMessage, OpenMenu
from handlers.views.start import continuing
from handlers.views.view import Button, View, bold, lines, own_lines, paragraphs, rows
from participation.consultations import Listed
from participation.help import LONGEST_MESSAGE


def message_asked(*, first: str = "") -> View:
    """How to write to a human, who reads it and how long it is kept."""
    return View(
        paragraphs(
            first,
            _("Write your message now, in one message of up to {count} characters.").format(
                count=isolate(LONGEST_MESSAGE)
            ),
            lines(
                _("You can also send one voice message."),
                _("If you wish to be called, add your telephone number."),
                _("Do not send your national ID card number (CNIE)."),
            ),
            lines(
                _("Only the officers of the commune read it, and one of them answers you here."),
                _("It is erased 30 days after the answer."),
                _("Telegram sees your messages and keeps them outside Morocco."),
            ),
        ),
        rows((Button(_("Cancel"), GiveUpMessage()),)),
    )


def message_left(begun: Sequence[Listed]) -> View:
    """Said once a message is kept."""
    return View(
        lines(
            _("Your message has been kept for the officers of the commune."),
            _("The answer will come here."),
        ),
        rows(*continuing(begun), (Button(_("Main menu"), OpenMenu(below=False)),)),
    )


def answer_told(request_id: int, answer: str) -> View:
    """What the commune answers, in the person's chat."""
    return View(
        paragraphs(bold(_("The commune answers your message:")), own_lines(answer)),
        rows((Button(_("Write again"), LeaveMessage(request_id)),)),
    )


def closing_told() -> View:
    """What is said of a message that was answered elsewhere."""
    return View(
        _("The commune has closed your message: it was answered by telephone or at the counter."),
        rows((Button(_("Main menu"), OpenMenu(below=True)),)),
    )
