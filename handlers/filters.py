"""What a message is: a command, words, whether it comes from a private chat."""

from typing import Any

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from participation.roles import Act
from participation.staff import Staff


class Commanded(Filter):
    """Matches a typed command; what follows it arrives as ``argument``."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        name, argument = command_of(message)
        return {"argument": argument} if name == self.name else False


class StaffCommanded(Commanded):
    """Matches a command of staff; for everybody else there is no such command."""

    def __init__(self, name: str, act: Act) -> None:
        super().__init__(name)
        self.act = act

    async def __call__(self, message: Message, staff: Staff) -> bool | dict[str, Any]:  # type: ignore[override]
        return await super().__call__(message) if staff.may(self.act) else False


class Typed(Filter):
    """Matches words that are no command; they arrive as ``words``."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        text = message.text
        return {"words": text} if text and command_of(message)[0] is None else False


class FileSent(Filter):
    """Matches a document; it arrives as ``file``."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        return {"file": message.document} if message.document else False


class Wordless(Filter):
    """Matches what is neither words nor a file: a photo, a voice, a place."""

    async def __call__(self, message: Message) -> bool:
        return message.text is None and message.document is None


class NotTyped(Filter):
    """Matches everything that is neither words nor a command."""

    async def __call__(self, message: Message) -> bool:
        return message.text is None


class Private(Filter):
    """Matches what comes from a private chat: the bot speaks nowhere else."""

    async def __call__(self, event: Message | CallbackQuery) -> bool:
        return is_private(event)


def is_private(event: Message | CallbackQuery | ChatMemberUpdated) -> bool:
    """Whether an event comes from a private chat; taps without a message do (they are ours)."""
    if isinstance(event, CallbackQuery):
        return event.message is None or event.message.chat.type == ChatType.PRIVATE
    return event.chat.type == ChatType.PRIVATE


def command_of(message: Message) -> tuple[str | None, str]:
    """A command's name and what follows it; ``None`` for other words."""
    text = message.text or ""
    if not text.startswith("/") or text[1:2].isspace():
        return None, ""
    word, argument = (*text[1:].split(maxsplit=1), "", "")[:2]
    name = word.partition("@")[0].lower()
    return (name, argument.strip()) if name.isascii() and name.isidentifier() else (None, "")
