"""Updates as Telegram would send them, to be bent and pushed past what a phone can do."""

import itertools
from typing import Any

from simulator.phone import Phone

_numbers = itertools.count(9_000_000)


def message(phone: Phone, text: str, **more: Any) -> dict[str, Any]:
    """A text message of a person, without an ``update_id``."""
    return {
        "message": {
            "message_id": next(_numbers),
            "date": 1_795_000_000,
            "chat": {"id": phone.chat_id, "type": "private", "first_name": phone.name},
            "from": phone.user,
            "text": text,
            **more,
        }
    }


def tap(phone: Phone, data: Any, **more: Any) -> dict[str, Any]:
    """A tap on a message that is out of reach."""
    return {
        "callback_query": {
            "id": str(next(_numbers)),
            "from": phone.user,
            "chat_instance": "1",
            "message": {
                "message_id": 1,
                "date": 0,
                "chat": {"id": phone.chat_id, "type": "private"},
            },
            "data": data,
            **more,
        }
    }
