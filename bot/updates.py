"""What a raw update says of itself before anything parses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KNOWN = ("message", "edited_message", "callback_query", "my_chat_member")
"""The update types that we ask Telegram for; any other is counted and closed."""

EVENT = "event"
"""The kind of an inbox row that another loop put there."""

LONGEST_KIND = 40

_NOT_LOOKED_AT = frozenset({"reply_markup", "entities", "link_preview_options"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """Kind, person and chat of an update; None where it does not say."""

    kind: str
    person: int | None
    chat: int | None
    private: bool
    language: str | None


def envelope(raw: Any) -> Envelope:
    """Read an update's outside; never raises, whatever the update is."""
    update = raw if isinstance(raw, Mapping) else {}
    kind = next((_kind(key) for key in update if key != "update_id"), "empty")
    body = _mapping(update.get(kind))
    sender = _mapping(body.get("from"))
    message = _mapping(body.get("message")) if kind == "callback_query" else body
    chat = _mapping(message.get("chat"))
    person = _integer(sender.get("id"))
    language = sender.get("language_code")
    return Envelope(
        kind,
        person,
        _integer(chat.get("id")) if chat else person,
        chat.get("type", "private") == "private" and sender.get("is_bot") is not True,
        language if isinstance(language, str) else None,
    )


def lean(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """An update without what costs time to parse and is never looked at: a tap brings along the
    buttons and the markup of the message it was made on."""
    query = _mapping(raw.get("callback_query"))
    message = _mapping(query.get("message"))
    if message.keys().isdisjoint(_NOT_LOOKED_AT):
        return raw
    kept = {name: value for name, value in message.items() if name not in _NOT_LOOKED_AT}
    return {**raw, "callback_query": {**query, "message": kept}}


def update_id(raw: Any) -> int | None:
    """Telegram's number of an update; None where it has none."""
    return _integer(raw.get("update_id")) if isinstance(raw, Mapping) else None


def _kind(name: str) -> str:
    """A type of update as a row can hold it: one that Telegram cannot have meant is malformed.

    ``event`` is among those, since rows of that kind are our own.
    """
    sound = name.isascii() and name.isidentifier() and len(name) <= LONGEST_KIND
    return name if sound and name != EVENT else "malformed"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _integer(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if -(2**52) < value < 2**52 else None
