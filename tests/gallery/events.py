"""What a person sends, as aiogram hands it to a handler; and what a handler says to it."""

from typing import Any

from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from handlers.replies import Replies, Reply
from tests.gallery.visit import Visit


def tap(visit: Visit) -> CallbackQuery:
    """A tap on a button of the newest message."""
    return CallbackQuery.model_validate({
        "id": "1",
        "from": _user(visit),
        "chat_instance": "1",
        "message": _message(visit, text="-"),
        "data": "-",
    })  # fmt: skip


def message(visit: Visit, **content: Any) -> Message:
    """A message with this content."""
    return Message.model_validate(_message(visit, **content))


def words(visit: Visit, text: str) -> Message:
    return message(visit, text=text)


def voice(visit: Visit) -> Message:
    file = {"file_id": "1", "file_unique_id": "1", "duration": 3}
    return message(visit, voice=file)


def message_among(replies: Replies) -> SendMessage:
    """The only message among them."""
    methods = [one.method if isinstance(one, Reply) else one for one in replies]
    (only,) = (one for one in methods if isinstance(one, SendMessage))
    return only


def _message(visit: Visit, **content: Any) -> dict[str, Any]:
    sender = _user(visit)
    chat = {"id": sender["id"], "type": "private", "first_name": sender["first_name"]}
    date = int(visit.known.now.timestamp())
    return {"message_id": 1, "date": date, "chat": chat, "from": sender, **content}


def _user(visit: Visit) -> dict[str, Any]:
    return {
        "id": visit.person.channel_id,
        "is_bot": False,
        "first_name": visit.name,
        "language_code": visit.language,
    }
