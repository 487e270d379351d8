"""Refusals about messages to a human."""

from handlers.language import _, isolate
from handlers.refusals.sentences import Sentences
from participation.help import EnoughMessages, NoSuchRequest, WroteAgain
from participation.helping import DealtWith
from participation.wording import WordsTooLong

SENTENCES: Sentences = {
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
}
