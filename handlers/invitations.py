"""Coming in by a code or a link: who knocks is told so, and the issuer is asked."""

from typing import Any

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.commands import commands_of
from handlers.filters import command_of
from handlers.language import _, language_for, speaking
from handlers.present import present_again
from handlers.refusals import sentence
from handlers.replies import Replies, Reply
from handlers.saying import lasting, said
from handlers.start import greeted
from handlers.views import invitations as views
from handlers.views import team
from handlers.views.start import language_choice
from handlers.views.view import View
from participation.codes import code_in
from participation.errors import ParticipationError
from participation.invitations import STAFF_LINK, Admitted, Caller, Invitations, Knocked
from participation.known import Known
from participation.people import People
from storage.people import Person

router = Router()


class CodeTyped(Filter):
    """Matches a start-up code, however it was typed; it arrives as ``code``.

    Tried before everything else, so other words leave at their first letter.
    """

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        code = code_in(message.text) if message.text else None
        return {"code": code} if code else False


class LinkOpened(Filter):
    """Matches a link that asks for a role; its token arrives as ``token``."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        name, argument = command_of(message)
        if name != "start" or not argument.startswith(STAFF_LINK):
            return False
        return {"token": argument.removeprefix(STAFF_LINK)}


@router.message(CodeTyped())
async def enter_code(message: Message, code: str, person: Person, known: Known) -> Replies:
    """The first administrator; a wrong code says so, and what was asked is asked again."""
    try:
        admitted = await Invitations(known, person).enter(code, _caller(message))
    except ParticipationError as refusal:
        return _explained(sentence(refusal), message, person, known)
    if admitted is None:
        words = _("This code is not right. Please read it again and send it once more.")
        return _explained(words, message, person, known)
    return _welcome(message, person, known, admitted)


@router.message(LinkOpened())
async def knock(message: Message, token: str, person: Person, known: Known) -> Replies:
    """Ask for the role of a link; the operator's own link gives it."""
    try:
        answered = await Invitations(known, person).knock(token, _caller(message))
    except ParticipationError as refusal:
        return _explained(sentence(refusal), message, person, known)
    if isinstance(answered, Admitted):
        return _welcome(message, person, known, answered)
    told = said(message.chat.id, views.knocked())
    return [told, *_language_asked(message, person, known), _ask_issuer(answered)]


def _explained(words: str, message: Message, person: Person, known: Known) -> Replies:
    """Why nothing came of it, also to somebody who has never been here, and what is asked now."""
    language_asked = _language_asked(message, person, known)
    if language_asked:
        return [said(message.chat.id, View(words)), *language_asked]
    return present_again(person, known, words)


def _ask_issuer(knocked: Knocked) -> Reply:
    issuer = knocked.issuer
    with speaking(issuer.language or language_for(None)):
        view = team.knocking(knocked.invitation_id, knocked.role, knocked.caller)
        return lasting(issuer.chat_id, view)


def _welcome(message: Message, person: Person, known: Known, admitted: Admitted) -> Replies:
    return [
        lasting(message.chat.id, views.welcomed(admitted.role)),
        *_language_asked(message, person, known),
        *commands_of(message.chat.id, admitted.role),
    ]


def _language_asked(message: Message, person: Person, known: Known) -> Replies:
    """Whoever has no language yet chooses one, and nothing is lost meanwhile.

    Asked once the use is done: it remembers the language of the app, and a refusal leaves no
    trace.
    """
    known_language = greeted(message, People(known, person))
    return [] if known_language else [said(message.chat.id, language_choice())]


def _caller(message: Message) -> Caller:
    sender = message.from_user
    if sender is None:  # never in a private chat
        return Caller.shown_as("", None)
    return Caller.shown_as(sender.full_name, sender.username)
