"""Refusals about answering, and withdrawing an answer."""

from collections.abc import Callable

from handlers.language import _, short_day
from handlers.refusals.sentences import Sentences, short_title
from handlers.views.answers import refusal_sentence
from handlers.views.view import lines
from participation.answering import (
    AlreadyAnswered,
    AlreadyBegun,
    AlreadySubmitted,
    LooksIdentifying,
    NoSeatLeft,
    NoSuchChoice,
    NotAccepted,
    NotAskedNow,
    NothingBefore,
    NothingBegun,
    NothingToKeep,
    NotYourTurnYet,
    OnlyToRead,
    Reviewed,
)
from participation.identifiers import Identifier
from participation.withdrawing import NothingToWithdraw, TooLateToWithdraw
from storage.consultations import Mode


def _submitted(refusal: AlreadySubmitted) -> str:
    if refusal.submitted_on is None:
        return _("You have already sent your answers on {title}. Thank you.").format(
            title=short_title(refusal.title)
        )
    return _("You already sent your answers on {title}, on {day}. Thank you.").format(
        title=short_title(refusal.title), day=short_day(refusal.submitted_on)
    )


def _identifying(refusal: LooksIdentifying) -> str:
    what = next(iter(refusal.found)) if len(refusal.found) == 1 else None
    return lines(
        _NOTICED[what](),
        _("Please send it again without it, or tap “Skip”.")
        if refusal.may_skip
        else _("Please send it again without it."),
    )


_NOTICED: dict[Identifier | None, Callable[[], str]] = {
    Identifier.CNIE: lambda: _(
        "It seems to hold the number of an ID card (CNIE). Please never write it here."
    ),
    Identifier.PHONE: lambda: _(
        "It seems to hold a telephone number. Please write what you think, not how to reach you."
    ),
    Identifier.EMAIL: lambda: _(
        "It seems to hold an e-mail address. Please write what you think, not how to reach you."
    ),
    None: lambda: _("It seems to hold numbers or addresses that tell who somebody is."),
}
"""By what was noticed; None for several things."""


def _too_late(refusal: TooLateToWithdraw) -> str:
    if refusal.mode is Mode.ANONYMOUS:
        return _(
            "The answers on {title} are sealed: nobody can find yours any more, so nobody can "
            "take it out."
        ).format(title=short_title(refusal.title))
    return _(
        "The answers on {title} can no longer be withdrawn here. Please write to the commune, "
        "which can still find yours."
    ).format(title=short_title(refusal.title))


def _only_to_read(refusal: OnlyToRead) -> str:
    if isinstance(refusal.step, Reviewed):
        return _("Your message was not added. To change an answer, use the buttons below.")
    return _("There is nothing to write here: tap “Continue” when you have read it.")


SENTENCES: Sentences = {
    AlreadySubmitted: _submitted,
    NothingBegun: lambda _refusal: _(
        "You have not begun this form. Open the consultation to begin."
    ),
    AlreadyBegun: lambda _refusal: _("You have begun already: your question is below."),
    AlreadyAnswered: lambda _refusal: _(
        "Already answered. You can change it before you send your answers."
    ),
    NotAskedNow: lambda _refusal: _(
        "This button belongs to an earlier moment. Please use the newest message below."
    ),
    NoSuchChoice: lambda _refusal: _(
        "This answer is not one of the choices of the question. Please choose another one."
    ),
    NothingBefore: lambda _refusal: _("This is the first question."),
    NothingToKeep: lambda _refusal: _("This question has no answer yet."),
    NotAccepted: lambda refusal: refusal_sentence(refusal.asked.interview, refusal.refused),
    OnlyToRead: _only_to_read,
    LooksIdentifying: _identifying,
    NotYourTurnYet: lambda _refusal: _(
        "Please send your own answers first. Then somebody else can answer on this phone."
    ),
    NoSeatLeft: lambda _refusal: _(
        "Five other people have answered on this phone: that is as many as possible."
    ),
    NothingToWithdraw: lambda _refusal: _("There is no answer of yours to withdraw here."),
    TooLateToWithdraw: _too_late,
}
