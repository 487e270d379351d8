"""Refusals about a draft's card and words, opening, extending and closing."""

from handlers.language import _, isolate
from handlers.refusals.sentences import Sentences
from participation.cards import CardFixed, NoSuchMode, NotCorrigible
from participation.closing import AlreadyClosed, NoReason
from participation.documents import DocumentShown
from participation.extending import AlreadyExtended, NoExtension
from participation.opening import AlreadyOpen, NotReadyToOpen
from participation.publishing import NotOpenYet
from participation.windows import LastDayPast, WindowNotUnderstood, WindowTooLong
from participation.wording import NothingToRead, NotInWords, TextTooLong, TooManyLines

SENTENCES: Sentences = {
    CardFixed: lambda _refusal: _(
        "This was announced and stays as it is. If the questions or the mode are wrong, close the "
        "consultation with a reason and make a new one."
    ),
    NotCorrigible: lambda _refusal: _(
        "The contact and the documents stay as they are: nobody can answer any more, or the "
        "operator has loaded this consultation."
    ),
    DocumentShown: lambda _refusal: _(
        "People were given this document: it stays. Its title and its summary can be corrected."
    ),
    NoSuchMode: lambda _refusal: _("There is no such mode."),
    TextTooLong: lambda refusal: _(
        "This text has {length} characters; at most {longest} can be shown. Please shorten it."
    ).format(length=isolate(refusal.length), longest=isolate(refusal.longest)),
    TooManyLines: lambda refusal: _(
        "This summary has {count} lines; at most {most} are read. Please shorten it."
    ).format(count=isolate(refusal.count), most=isolate(refusal.most)),
    NothingToRead: lambda _refusal: _("Nothing can be read in this message. Please write again."),
    NotInWords: lambda _refusal: _("Please write the reason in words."),
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
}
