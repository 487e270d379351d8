"""Every refusal in a sentence: what happened and what to do next."""

import html
from collections.abc import Callable
from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message

from handlers.asking import ask
from handlers.language import _, escape, in_language, isolate, short_day
from handlers.present import present_again
from handlers.replies import Replies
from handlers.saying import noticed
from handlers.views.answers import refusal_sentence
from handlers.views.view import lines, shortened
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
from participation.consultations import (
    ConsultationClosed,
    ConsultationNotOpenYet,
    NoSuchConsultation,
    NoSuchDocument,
)
from participation.errors import ParticipationError
from participation.identifiers import Identifier
from participation.known import Known
from participation.people import UnknownLanguage
from participation.roles import NotAllowed
from participation.withdrawing import NothingToWithdraw, TooLateToWithdraw
from storage.base import Texts
from storage.consultations import Mode
from storage.people import Person

LONGEST_TITLE = 60
QUIET = (AlreadyAnswered, AlreadyBegun, AlreadySubmitted)
"""What a double tap meets: the sentence passes by itself."""


def explain(
    refusal: ParticipationError,
    event: Message | CallbackQuery | None,
    person: Person,
    known: Known,
) -> Replies:
    """Say why not. A tap gets a notice and its message stays; words get the question again."""
    words = sentence(refusal)
    if isinstance(event, CallbackQuery):
        loud = not isinstance(refusal, QUIET)
        return [noticed(event, html.unescape(words), alert=loud)]
    if isinstance(refusal, NotAccepted):
        first = lines(_("This answer was not recorded."), words)
        return [ask(person.channel_id, refusal.asked, first=first)]
    if isinstance(refusal, LooksIdentifying):
        first = lines(_("This answer was not recorded, and we keep nothing of it."), words)
        return [ask(person.channel_id, refusal.asked, first=first)]
    return present_again(person, known, words)


def sentence(refusal: ParticipationError) -> str:
    """The sentence for a refusal, escaped; KeyError where somebody forgot it."""
    return SENTENCES[type(refusal)](refusal)


def _title(texts: Texts) -> str:
    return isolate(escape(shortened(in_language(texts), LONGEST_TITLE)))


def _submitted(refusal: AlreadySubmitted) -> str:
    if refusal.submitted_on is None:
        return _("You have already sent your answers on {title}. Thank you.").format(
            title=_title(refusal.title)
        )
    return _("You already sent your answers on {title}, on {day}. Thank you.").format(
        title=_title(refusal.title), day=short_day(refusal.submitted_on)
    )


def _dated(text: str, title: Texts, day: date) -> str:
    return text.format(title=_title(title), day=short_day(day))


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
        ).format(title=_title(refusal.title))
    return _(
        "The answers on {title} can no longer be withdrawn here. Please write to the commune, "
        "which can still find yours."
    ).format(title=_title(refusal.title))


def _only_to_read(refusal: OnlyToRead) -> str:
    if isinstance(refusal.step, Reviewed):
        return _("Your message was not added. To change an answer, use the buttons below.")
    return _("There is nothing to write here: tap “Continue” when you have read it.")


SENTENCES: dict[type[ParticipationError], Callable[[Any], str]] = {
    NoSuchConsultation: lambda _refusal: _("This consultation is not here any more."),
    NoSuchDocument: lambda _refusal: _("This document is not here any more."),
    ConsultationNotOpenYet: lambda refusal: _dated(
        _("The consultation {title} opens on {day}. Please come back then."),
        refusal.title,
        refusal.opens_on,
    ),
    ConsultationClosed: lambda refusal: _dated(
        _("The consultation {title} closed at the end of {day}: answers can no longer be added."),
        refusal.title,
        refusal.closes_on,
    ),
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
    NotAllowed: lambda _refusal: _("This is for staff of the commune with another role."),
    UnknownLanguage: lambda _refusal: _("We do not speak this language yet."),
}
