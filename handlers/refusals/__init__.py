"""Every refusal in a sentence: what happened and what to do next."""

import html

from aiogram.types import CallbackQuery, Message

from handlers.asking import ask
from handlers.language import _
from handlers.present import present_again
from handlers.refusals import (
    answering,
    authoring,
    consultations,
    exports,
    helping,
    publishing,
    reports,
    team,
)
from handlers.refusals.sentences import Sentences
from handlers.replies import Replies
from handlers.saying import noticed
from handlers.views.view import lines
from participation.answering import (
    AlreadyAnswered,
    AlreadyBegun,
    AlreadySubmitted,
    LooksIdentifying,
    NotAccepted,
)
from participation.closing import AlreadyClosed
from participation.errors import ParticipationError
from participation.exporting import BeingExported
from participation.known import Known
from participation.opening import AlreadyOpen
from participation.team import DecidedAlready
from storage.people import Person

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


SENTENCES: Sentences = {
    **consultations.SENTENCES,
    **answering.SENTENCES,
    **authoring.SENTENCES,
    **publishing.SENTENCES,
    **team.SENTENCES,
    **exports.SENTENCES,
    **reports.SENTENCES,
    **helping.SENTENCES,
}
