"""What handlers return: Bot API methods, with the slots that stand for messages of ours."""

from dataclasses import dataclass
from typing import Any

from aiogram.methods import TelegramMethod

from storage.base import ConsultationId

QUESTION = "question"
"""The slot of the question that a chat is being asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A method whose message stands in a slot.

    ``edits``: the sender fills in ``message_id`` from the slot, and sends anew where nothing is
    there or the edit is refused. ``fills``: the message that results takes the slot. ``lasting``:
    it says what stands nowhere else, so that a late one is not replaced by the present question;
    an edit that cannot be made is then left, and not sent anew.
    ``about``: the consultation whose questions or answers it shows; where the message stands is
    remembered, so that it can be hidden.
    """

    method: TelegramMethod[Any]
    edits: str | None = None
    fills: str | None = None
    lasting: bool = False
    about: ConsultationId | None = None


Replies = list[TelegramMethod[Any] | Reply]
"""Sent in this order, each to the chat that it names, so that somebody else can be told too.

A document of ours is named ``stored:DOCUMENT_ID``, a file made for one message
``attached:NUMBER``.
"""
