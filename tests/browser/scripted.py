"""A bot that does what the test says, request by request, over the Bot API."""

import json
from typing import Any

from aiohttp import ClientSession, FormData

Sent = dict[str, Any]


class Refused(AssertionError):
    """The Bot API did not do it."""


class Bot:
    """Asks a simulator's Bot API; keeps what people did until the test looks at it."""

    def __init__(self, base_url: str, token: str, session: ClientSession) -> None:
        self._url = f"{base_url}/bot{token}"
        self._session = session
        self._offset = 0

    async def asks(self, method: str, **parameters: Any) -> Any:
        """Any method; its result."""
        given = {name: value for name, value in parameters.items() if value is not None}
        async with self._session.post(f"{self._url}/{method}", json=given) as answer:
            said = await answer.json()
        if not said["ok"]:
            raise Refused(f"{method}: {said['description']}")
        return said["result"]

    async def says(self, chat_id: int, text: str, *rows: list[Any], **more: Any) -> Sent:
        """A message, with rows of inline buttons: `("Oui", "yes")` or a whole button."""
        if rows:
            more["reply_markup"] = inline(*rows)
        sent: Sent = await self.asks("sendMessage", chat_id=chat_id, text=text, **more)
        return sent

    async def changes(self, message: Sent, text: str, *rows: list[Any]) -> None:
        """Edit a message's text and buttons."""
        await self.asks(
            "editMessageText",
            chat_id=message["chat"]["id"],
            message_id=message["message_id"],
            text=text,
            reply_markup=inline(*rows) if rows else None,
        )

    async def sends(
        self, method: str, chat_id: int, name: str, content: bytes, media_type: str, **more: Any
    ) -> Sent:
        """A file: `sendDocument`, `sendPhoto`, `sendVoice` …"""
        kind = method.removeprefix("send").lower()
        form = FormData({"chat_id": str(chat_id)}, quote_fields=False)
        for field, value in more.items():
            form.add_field(field, value if isinstance(value, str) else json.dumps(value))
        form.add_field(kind, content, filename=name, content_type=media_type)
        async with self._session.post(f"{self._url}/{method}", data=form) as answer:
            said = await answer.json()
        if not said["ok"]:
            raise Refused(f"{method}: {said['description']}")
        sent: Sent = said["result"]
        return sent

    async def hears(self, kind: str = "message", seconds: int = 15) -> dict[str, Any]:
        """The next update of that kind; others before it are confirmed unread."""
        while True:
            updates = await self.asks("getUpdates", offset=self._offset, limit=1, timeout=seconds)
            if not updates:
                raise AssertionError(f"no {kind} came within {seconds} s")
            self._offset = updates[0]["update_id"] + 1
            if kind in updates[0]:
                found: dict[str, Any] = updates[0][kind]
                return found

    async def confirms(self) -> None:
        """Tell Telegram that everything heard so far has arrived."""
        await self.asks("getUpdates", offset=self._offset, limit=1, timeout=0)

    async def answers(self, query: dict[str, Any], text: str = "", **more: Any) -> None:
        """What a tap is answered with."""
        await self.asks("answerCallbackQuery", callback_query_id=query["id"], text=text, **more)


def inline(*rows: list[Any]) -> dict[str, Any]:
    """An inline keyboard of rows of `(words, data)` or of whole buttons."""
    return {"inline_keyboard": [[_button(one) for one in row] for row in rows]}


def _button(given: Any) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    text, data = given
    return {"text": text, "callback_data": data}


def keyboard(*rows: list[Any], **options: Any) -> dict[str, Any]:
    """A reply keyboard of rows of words or of whole buttons."""
    lines = [[one if isinstance(one, dict) else {"text": one} for one in row] for row in rows]
    return {"keyboard": lines, "resize_keyboard": True, **options}
