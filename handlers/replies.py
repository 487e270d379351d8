"""What handlers return: Bot API methods, with the slots that stand for messages of ours."""

from dataclasses import dataclass
from typing import Any

from aiogram.methods import TelegramMethod

QUESTION = "question"
"""The slot of the question that a chat is being asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A method whose message stands in a slot.

    ``edits``: the sender fills in ``message_id`` from the slot, and sends anew where nothing is
    there or the edit is refused. ``fills``: the message that results takes the slot.
    """

    method: TelegramMethod[Any]
    edits: str | None = None
    fills: str | None = None


Replies = list[TelegramMethod[Any] | Reply]
"""Sent in this order to the chat. A document of ours is named ``stored:DOCUMENT_ID``."""
