"""People's messages to a human, as officers see them."""

from collections.abc import Callable, Sequence

from handlers.language import _, isolate, ngettext, short_day
from handlers.views.actions import (
    Action,
    AnswerMessage,
    CloseMessage,
    EndMessage,
    ListEndedMessages,
    ListMessages,
    OpenMessage,
    OpenWorkspace,
)
from handlers.views.view import (
    Button,
    Held,
    HeldFile,
    Rows,
    View,
    bold,
    lines,
    one_a_row,
    own_lines,
    page_of,
    paragraphs,
    rows,
    turning,
)
from participation.helping import LONGEST_ANSWER, Opened, Queue, Waiting
from participation.lateness import Lateness
from storage.helping import Ending

LONGEST_BEFORE, LONGEST_SHOWN = 600, 1_400
"""Of an earlier exchange, and of an answer beside the words that it answers."""


def messages(waiting: Sequence[Waiting], page: int) -> View:
    """Those that wait, the oldest first; no words of them."""
    shown, page, count = page_of(waiting, page)
    return View(
        paragraphs(
            _("Messages that wait for an answer, the oldest first:")
            if waiting
            else _("No message waits for an answer."),
            lines(*(_named(one) for one in shown)),
        ),
        rows(
            *_openers(shown),
            turning(page, count, ListMessages),
            (Button(_("Answered lately"), ListEndedMessages(0)),),
            (Button(_("Workspace"), OpenWorkspace()),),
        ),
    )


def ended_messages(ended: Sequence[Waiting], page: int) -> View:
    """Those that were dealt with and are not erased yet."""
    shown, page, count = page_of(ended, page)
    return View(
        paragraphs(
            _("Answered or closed in the last 30 days, the newest first:")
            if ended
            else _("Nothing was answered in the last 30 days."),
            lines(*(_named(one) for one in shown)),
        ),
        rows(
            *_openers(shown),
            turning(page, count, ListEndedMessages),
            (Button(_("Messages that wait"), ListMessages(0)),),
        ),
    )


def opened_message(opened: Opened) -> View:
    """One with its words, and what was said before."""
    return View(
        paragraphs(
            f"<b>{_named(opened.waiting)}</b>",
            *_before(opened),
            own_lines(opened.said.text) or _("A voice message: it follows below."),
            lines(bold(_("Answer:")), own_lines(opened.answer, LONGEST_SHOWN))
            if opened.answer
            else "",
            _unreachable(opened),
        ),
        rows(
            *_acts(opened),
            (Button(_("Messages that wait"), ListMessages(0)),),
        ),
    )


def spoken_message(request_id: int, voice: str) -> View:
    """A voice message that somebody left."""
    return View(
        _("Message {number}").format(number=isolate(request_id)),
        (),
        HeldFile(voice, Held.VOICE),
    )


def answer_asked(request_id: int, *, first: str = "") -> View:
    """Asks for the answer."""
    return View(
        paragraphs(
            first,
            _(
                "Message {number}: write your answer in one message of up to {count} characters."
            ).format(number=isolate(request_id), count=isolate(LONGEST_ANSWER)),
            _("What you write next is sent to this person at once, without your name."),
        ),
        rows((Button(_("Back"), OpenMessage(request_id)),)),
    )


def answer_sent(request_id: int, *, is_reachable: bool) -> View:
    """Said to the officer."""
    sent = _("Your answer to message {number} is on its way.")
    kept = _(
        "Your answer to message {number} is kept: the person has blocked the bot, and receives it "
        "on coming back within 30 days."
    )
    return View(
        (sent if is_reachable else kept).format(number=isolate(request_id)),
        rows((Button(_("Messages that wait"), ListMessages(0)),)),
    )


def closing_message(request_id: int) -> View:
    """Asks why it is closed without an answer here."""
    return View(
        _("Message {number}: why is it closed without an answer here?").format(
            number=isolate(request_id)
        ),
        rows(
            (
                Button(
                    _("Answered by phone or at the counter"), EndMessage(request_id, by_phone=True)
                ),
            ),
            (
                Button(
                    _("It asks nothing (insult, advert)"), EndMessage(request_id, by_phone=False)
                ),
            ),
            (Button(_("Back"), OpenMessage(request_id)),),
        ),
    )


def message_closed(request_id: int) -> View:
    """Said to the officer."""
    return View(
        _("Message {number} is closed. It is erased in 30 days.").format(
            number=isolate(request_id)
        ),
        rows((Button(_("Messages that wait"), ListMessages(0)),)),
    )


def messages_wait(queue: Queue) -> View:
    """Told to officers, at most once an hour; no words of any message."""
    return View(
        lines(
            ngettext(
                "{count} message waits for an answer.",
                "{count} messages wait for an answer.",
                queue.count,
            ).format(count=isolate(queue.count)),
            oldest(queue),
        ),
        rows((Button(_("Messages that wait"), ListMessages(0)),)),
    )


def queue_label(queue: Queue) -> str:
    """For the button in the workspace."""
    if not queue.count:
        return _("Messages")
    if not queue.oldest_days:
        return _("Messages ({count}, from today)").format(count=queue.count)
    return ngettext(
        "Messages ({count}, oldest {days} day)",
        "Messages ({count}, oldest {days} days)",
        queue.oldest_days,
    ).format(count=queue.count, days=queue.oldest_days)


def oldest(queue: Queue) -> str:
    """How old the oldest is; ``""`` for one of today."""
    if not queue.oldest_days:
        return ""
    return ngettext(
        "The oldest has waited for {days} day.",
        "The oldest has waited for {days} days.",
        queue.oldest_days,
    ).format(days=isolate(queue.oldest_days))


def _named(one: Waiting) -> str:
    named = _("Message {number}, of {day}.").format(
        number=isolate(one.request_id), day=short_day(one.asked_on)
    )
    return f"{named} {_standing(one)}".rstrip()


def _standing(one: Waiting) -> str:
    match one.ending, one.lateness:
        case Ending.ANSWERED, _any:
            return _("Answered.")
        case ((Ending.BY_PHONE | Ending.NOTHING_ASKED), _any):
            return _("Closed without an answer here.")
        case None, Lateness.LATE:
            late = ngettext(
                "⏰ Late: {days} working day.", "⏰ Late: {days} working days.", one.waited
            )
        case None, Lateness.VERY_LATE:
            late = ngettext(
                "⏰ Very late: {days} working day.",
                "⏰ Very late: {days} working days.",
                one.waited,
            )
        case _:
            return ""
    return late.format(days=isolate(one.waited))


def _openers(shown: Sequence[Waiting]) -> Rows:
    return one_a_row(
        Button(
            _("Open message {number}").format(number=isolate(one.request_id)),
            OpenMessage(one.request_id),
        )
        for one in shown
    )


def _before(opened: Opened) -> Sequence[str]:
    if opened.before is None:
        return ()
    earlier = own_lines(opened.before.said.text, LONGEST_BEFORE) or _("A voice message.")
    return (
        lines(_("The person wrote before:"), earlier),
        lines(_("The commune answered:"), own_lines(opened.before.answer, LONGEST_BEFORE)),
        _("Now they write again:"),
    )


def _unreachable(opened: Opened) -> str:
    if opened.is_reachable:
        return ""
    if opened.is_missed and opened.waiting.ending is not Ending.NOTHING_ASKED:
        return _(
            "It has not arrived: the person has blocked the bot, and receives it on coming back "
            "within 30 days."
        )
    if opened.waiting.ending is not None:
        return ""
    return _("The person has blocked the bot: an answer waits until they come back, for 30 days.")


def _acts(opened: Opened) -> Rows:
    if opened.waiting.ending is not None:
        return ()
    number = opened.waiting.request_id
    acts: Sequence[tuple[str, Callable[[int], Action]]] = (
        (_("Answer"), AnswerMessage),
        (_("Close without an answer"), CloseMessage),
    )
    return one_a_row(Button(label, action(number)) for label, action in acts)
