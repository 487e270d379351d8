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
from handlers.views.workspace import role_name
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
from participation.authoring import FileTooLarge, NotFinished
from participation.cards import CardFixed, NoSuchMode
from participation.consultations import (
    ConsultationClosed,
    ConsultationNotOpenYet,
    NoSuchConsultation,
    NoSuchDocument,
)
from participation.errors import ParticipationError
from participation.exporting import BeingExported, NothingToExport, UnknownFormat
from participation.helping import (
    DealtWith,
    EnoughMessages,
    NoSuchRequest,
    WordsTooLong,
    WroteAgain,
)
from participation.identifiers import Identifier
from participation.invitations import (
    HoldsARole,
    InvitationExpired,
    InvitationTakenBack,
    InvitationUnknown,
    InvitationUsed,
    KnockedAlready,
    KnockRefused,
    SomebodyElseKnocked,
    TooManyCodes,
)
from participation.known import Known
from participation.people import UnknownLanguage
from participation.previewing import NoPreview
from participation.publishing import (
    AlreadyClosed,
    AlreadyExtended,
    AlreadyOpen,
    NoExtension,
    NoReason,
    NotOpenYet,
    NotReadyToOpen,
)
from participation.reporting import (
    NoSuchTheme,
    NoteMissing,
    NothingToPublish,
    ReportedMeanwhile,
    ReportUnfinished,
    StillAnswered,
    TooManyThemes,
)
from participation.reports import MOST_THEMES, NoOutcomeYet
from participation.roles import NotAllowed
from participation.team import (
    DecidedAlready,
    LastAdministrator,
    NoAddress,
    NobodyKnocked,
    NoSuchInvitation,
    NoSuchMember,
    NoSuchRole,
    OnTheTeamAlready,
)
from participation.windows import LastDayPast, WindowNotUnderstood, WindowTooLong
from participation.withdrawing import NothingToWithdraw, TooLateToWithdraw
from participation.wording import NothingToRead, TextTooLong, TooManyLines
from storage.base import Texts
from storage.consultations import Mode
from storage.people import Person

LONGEST_TITLE = 60
QUIET = (
    AlreadyAnswered,
    AlreadyBegun,
    AlreadySubmitted,
    AlreadyOpen,
    AlreadyClosed,
    DecidedAlready,
    BeingExported,
)
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
    CardFixed: lambda _refusal: _(
        "The consultation is open: what people were told stays as it is."
    ),
    NoSuchMode: lambda _refusal: _("There is no such mode."),
    TextTooLong: lambda refusal: _(
        "This text has {length} characters; at most {longest} can be shown. Please shorten it."
    ).format(length=isolate(refusal.length), longest=isolate(refusal.longest)),
    TooManyLines: lambda refusal: _(
        "This summary has {count} lines; at most {most} are read. Please shorten it."
    ).format(count=isolate(refusal.count), most=isolate(refusal.most)),
    NothingToRead: lambda _refusal: _("Nothing can be read in this message. Please write again."),
    WindowNotUnderstood: lambda _refusal: _(
        "Please write a number of days, like 21, or a day, like 14/12/2026."
    ),
    LastDayPast: lambda _refusal: _("The last day cannot lie before today."),
    WindowTooLong: lambda _refusal: _("A consultation lasts one year at most."),
    AlreadyOpen: lambda _refusal: _("This consultation is open already."),
    NotReadyToOpen: lambda _refusal: _("Something is missing still. Please look at the list."),
    NotOpenYet: lambda _refusal: _("This consultation is a draft: open it first."),
    AlreadyExtended: lambda _refusal: _(
        "This consultation was extended once already. There is no second extension."
    ),
    AlreadyClosed: lambda _refusal: _("This consultation is closed already."),
    NoExtension: lambda _refusal: _("The new last day has to be later than the present one."),
    NoReason: lambda _refusal: _("Please write the reason for closing first."),
    InvitationUnknown: lambda _refusal: _(
        "This link does not work. Please ask the person who gave it to you for a new one."
    ),
    InvitationExpired: lambda _refusal: _(
        "The time for this invitation is over. Please ask for a new one."
    ),
    InvitationUsed: lambda _refusal: _(
        "This invitation has been used already: it serves once. Please ask for a new one."
    ),
    InvitationTakenBack: lambda _refusal: _(
        "This invitation has been taken back. Please speak to the person who gave it to you."
    ),
    SomebodyElseKnocked: lambda _refusal: _(
        "Somebody else has used this link already: it serves one person. Please ask for your own."
    ),
    KnockedAlready: lambda _refusal: _(
        "You have asked already, and your request is waiting. The answer will come here."
    ),
    KnockRefused: lambda _refusal: _(
        "Your request was not accepted. Please speak to the person who invited you."
    ),
    HoldsARole: lambda refusal: lines(
        role_name(refusal.role), _("You are on the team already: you need no invitation.")
    ),
    TooManyCodes: lambda _refusal: _(
        "Too many wrong codes. Please wait an hour before you try again."
    ),
    NoSuchMember: lambda _refusal: _("This person no longer has this role."),
    NoSuchInvitation: lambda _refusal: _("There is no such invitation."),
    DecidedAlready: lambda _refusal: _("This has been decided already."),
    NobodyKnocked: lambda _refusal: _("Nobody has used this link yet."),
    OnTheTeamAlready: lambda _refusal: _(
        "This person has a role by now. Open the team to change it."
    ),
    LastAdministrator: lambda _refusal: _(
        "This is the only administrator. Make somebody else administrator first."
    ),
    NoSuchRole: lambda _refusal: _("There is no such role."),
    NoAddress: lambda _refusal: _(
        "No link can be made just now. Please tell the person who runs this service."
    ),
    NothingToExport: lambda _refusal: _(
        "There is nothing to export yet: nobody has sent their answers."
    ),
    BeingExported: lambda _refusal: _("This table is being made already."),
    UnknownFormat: lambda _refusal: _("A table is made for Excel or as CSV."),
    NoOutcomeYet: lambda _refusal: _("The commune has not answered on this consultation yet."),
    StillAnswered: lambda _refusal: _(
        "The report is written once nobody can answer any more: 24 hours after the closing."
    ),
    TooManyThemes: lambda _refusal: _("A report has at most {count} themes.").format(
        count=isolate(MOST_THEMES)
    ),
    NoSuchTheme: lambda _refusal: _("This theme is not here any more. Please open the report."),
    NothingToPublish: lambda _refusal: _("There is nothing new to publish here."),
    ReportUnfinished: lambda refusal: _(
        "Theme {number} is not finished: it needs what was heard, a verdict, and the reason."
    ).format(number=isolate(refusal.number)),
    NoteMissing: lambda _refusal: _("Please write first what the correction changes."),
    ReportedMeanwhile: lambda _refusal: _(
        "Somebody else has published a newer version. Forget this draft and begin with that one."
    ),
    WordsTooLong: lambda refusal: _(
        "This has {count} characters, and at most {longest} can be kept. Please shorten it and "
        "send it again."
    ).format(count=isolate(refusal.count), longest=isolate(refusal.longest)),
    EnoughMessages: lambda _refusal: _(
        "Three of your messages wait already. Please wait for an answer."
    ),
    NoSuchRequest: lambda _refusal: _("This message is not here any more."),
    WroteAgain: lambda _refusal: _("You have written again already. The answer will come here."),
    DealtWith: lambda _refusal: _(
        "A colleague has dealt with this message already: nothing more was sent."
    ),
    FileTooLarge: lambda _refusal: _(
        "This file is larger than Telegram hands out to us. Remove the pictures from it and send "
        "it again."
    ),
    NotFinished: lambda _refusal: _(
        "The questionnaire is not complete yet: write what is asked above, then finish."
    ),
    NoPreview: lambda _refusal: _("This preview has ended. Open it again from the draft."),
    UnknownLanguage: lambda _refusal: _("We do not speak this language yet."),
}
