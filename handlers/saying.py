"""Views as Bot API methods: said anew, put in place of a message, asked."""

from collections.abc import Sequence
from typing import Any

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessages,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    SendVoice,
)
from aiogram.methods.base import TelegramMethod
from aiogram.types import CallbackQuery, Message

from handlers.buttons import keyboard
from handlers.replies import QUESTION, Reply
from handlers.views.view import Attached, File, Held, HeldFile, View
from storage.base import ConsultationId

HTML = "HTML"
LONGEST_NOTICE = 200
A_DELETION = 100
"""Messages that one request may delete."""


def said(chat_id: int, view: View) -> TelegramMethod[Any]:
    """A new message; a view with a file becomes the file and its caption."""
    if view.media is not None:
        return _file(chat_id, view, view.media)
    return SendMessage(
        chat_id=chat_id,
        text=view.text,
        parse_mode=HTML,
        reply_markup=keyboard(view.buttons),
    )


_SENDING: dict[Held, tuple[type[TelegramMethod[Any]], str]] = {
    Held.DOCUMENT: (SendDocument, "document"),
    Held.PICTURE: (SendPhoto, "photo"),
    Held.VOICE: (SendVoice, "voice"),
}


def _file(chat_id: int, view: View, media: File | Attached | HeldFile) -> TelegramMethod[Any]:
    match media:
        case File(number, kind):
            reference = f"stored:{number}"
        case Attached(number, is_picture):
            kind = Held.PICTURE if is_picture else Held.DOCUMENT
            reference = f"attached:{number}"
        case HeldFile(reference, kind):
            pass
    method, field = _SENDING[kind]
    return method.model_validate(
        {
            "chat_id": chat_id,
            field: reference,
            "caption": view.text or None,
            "parse_mode": HTML,
            "reply_markup": keyboard(view.buttons),
        }
    )


def lasting(chat_id: int, view: View) -> Reply:
    """A new message that arrives however late: a file asked for, words to somebody else."""
    return Reply(said(chat_id, view), lasting=True)


def in_slot(chat_id: int, slot: str, view: View) -> Reply:
    """The message that stands in this slot, changed; said anew where there is none yet."""
    method = EditMessageText(
        chat_id=chat_id, text=view.text, parse_mode=HTML, reply_markup=keyboard(view.buttons)
    )
    return Reply(method, edits=slot, fills=slot)


def asked(chat_id: int, view: View, about: ConsultationId) -> Reply:
    """A new message that is what the chat is being asked from now on."""
    return Reply(said(chat_id, view), fills=QUESTION, about=about)


def edited(query: CallbackQuery, view: View) -> TelegramMethod[Any]:
    """The message that was tapped, changed; a new one where it cannot be changed."""
    return _in_place(query, view) or said(chat_of(query), view)


def asked_in_place(query: CallbackQuery, view: View, about: ConsultationId) -> Reply:
    """The message that was tapped becomes what the chat is being asked."""
    return Reply(edited(query, view), fills=QUESTION, about=about)


def deleted(chat_id: int, messages: Sequence[int]) -> list[TelegramMethod[Any]]:
    """These messages taken away, as many at a time as Telegram takes."""
    return [
        DeleteMessages(chat_id=chat_id, message_ids=list(messages[start : start + A_DELETION]))
        for start in range(0, len(messages), A_DELETION)
    ]


def replaced(chat_id: int, message_id: int, view: View) -> Reply:
    """One of our own messages, by its number, changed however late."""
    method = EditMessageText(
        chat_id=chat_id,
        message_id=message_id,
        text=view.text,
        parse_mode=HTML,
        reply_markup=keyboard(view.buttons),
    )
    return Reply(method, lasting=True)


def settled(query: CallbackQuery | None, chat_id: int, view: View) -> TelegramMethod[Any] | Reply:
    """What was asked, as it stays in the chat: the tapped message, else the one in the slot."""
    if query is not None:
        return edited(query, view)
    method = EditMessageText(
        chat_id=chat_id, text=view.text, parse_mode=HTML, reply_markup=keyboard(view.buttons)
    )
    return Reply(method, edits=QUESTION)


def noticed(query: CallbackQuery, text: str = "", *, alert: bool = False) -> AnswerCallbackQuery:
    """The tap, answered; with an alert the person has to close the words."""
    return AnswerCallbackQuery(
        callback_query_id=query.id,
        text=text[:LONGEST_NOTICE] or None,
        show_alert=True if alert else None,
    )


def chat_of(event: Message | CallbackQuery) -> int:
    """The private chat of a message or a tap."""
    if isinstance(event, Message):
        return event.chat.id
    return event.message.chat.id if event.message is not None else event.from_user.id


def _in_place(query: CallbackQuery, view: View) -> EditMessageText | None:
    message = query.message
    if not isinstance(message, Message) or message.text is None or view.media is not None:
        return None
    return EditMessageText(
        chat_id=message.chat.id,
        message_id=message.message_id,
        text=view.text,
        parse_mode=HTML,
        reply_markup=keyboard(view.buttons),
    )
