"""A person's phone, driven from a test or a script over the control interface."""

import asyncio
import base64
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from simulator.chat_message import Button, ChatMessage
from simulator.control_client import ControlClient

TEXT_LIMIT = 4096
Found = TypeVar("Found")


class NothingSaid(AssertionError):
    """The bot did not say what was waited for; carries the conversation as it stands."""


class Phone:
    """What one person does and sees in one chat: the private chat with the bot, or a group.

    Every method asks the server: any number of processes may hold a phone of the same person.
    """

    def __init__(
        self,
        control: ControlClient,
        user: dict[str, Any],
        bot: dict[str, Any],
        chat_id: int | None = None,
    ) -> None:
        self._control = control
        self._bot = bot
        self.user = user
        self.id: int = user["id"]
        self.name: str = user["first_name"]
        self.chat_id = chat_id or self.id

    @property
    def bot_name(self) -> str:
        return str(self._bot["first_name"])

    def within(self, group: dict[str, Any]) -> "Phone":
        """The same person in a group made by `Town.group`."""
        return Phone(self._control, self.user, self._bot, group["id"])

    async def sends(self, text: str, *, reply_to: ChatMessage | None = None) -> int:
        """The id of the message sent; as clients do, a longer text is sent in parts of 4096."""
        message_id = 0
        for begin in range(0, max(len(text), 1), TEXT_LIMIT):
            part = {"text": text[begin : begin + TEXT_LIMIT]}
            message_id = await self._send(part | {"reply_to": reply_to.id if reply_to else None})
        return message_id

    async def opens_link(self, parameter: str) -> int:
        """A link https://t.me/BOT?start=PARAMETER: the client sends `/start PARAMETER`."""
        return await self.sends(f"/start {parameter}")

    async def taps(self, message: ChatMessage | None, button: str | Button) -> str:
        """Tap a button of a message as this phone holds it; the id of the callback query.

        Without a message: of the newest one that has the button. Old snapshots may be tapped.
        A button with a link to the bot opens that link. Raises LookupError without such a button.
        """
        if message is None:
            message = await self._newest_with(button)
        found = message.button(button) if isinstance(button, str) else button
        if found.callback_data is not None:
            return await self.taps_data(message.id, found.callback_data)
        address = urlsplit(found.url or "")
        start = parse_qs(address.query).get("start")
        if address.path.strip("/") != self._bot["username"] or not start:
            raise LookupError(f"the button {found.text!r} leads to {found.url}, not to the bot")
        return str(await self.opens_link(start[0]))

    async def taps_data(self, message_id: int, data: str) -> str:
        """Send any callback data for any message, as a modified client could."""
        body = {"message_id": message_id, "data": data, "chat_id": self.chat_id}
        done = await self._control.post(f"/people/{self.id}/taps", body)
        return str(done["callback_query_id"])

    async def presses(self, text: str) -> int:
        """A button of the reply keyboard: its text, or the contact or location it asks for."""
        rows = (await self._seen())["keyboard"] or []
        for button in (button for row in rows for button in row):
            if button["text"] == text:
                if button.get("request_contact"):
                    return await self.sends_contact("+212600000000")
                if button.get("request_location"):
                    return await self.sends_location(30.4703, -8.8770)
                return await self.sends(text)
        raise LookupError(f"no key {text!r}; there are {rows}")

    async def sends_contact(self, phone_number: str, **fields: Any) -> int:
        return await self._send({"contact": {"phone_number": phone_number, **fields}})

    async def sends_location(self, latitude: float, longitude: float) -> int:
        return await self._send({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_photo(self, content: bytes = b"\xff\xd8\xff\xe0", caption: str = "") -> int:
        return await self._send_file("photo", content, "photo.jpg", "image/jpeg", caption)

    async def sends_voice(self, content: bytes = b"OggS", *, duration: int = 3) -> int:
        return await self._send_file(
            "voice", content, "voice.oga", "audio/ogg", "", duration=duration
        )

    async def sends_sticker(self, emoji: str = "👍") -> int:
        return await self._send_file(
            "sticker", b"RIFF", "sticker.webp", "image/webp", "", emoji=emoji
        )

    async def sends_document(
        self,
        content: bytes,
        name: str,
        mime_type: str = "application/octet-stream",
        caption: str = "",
    ) -> int:
        return await self._send_file("document", content, name, mime_type, caption)

    async def edits(self, message: ChatMessage | int, text: str) -> None:
        """Change a message that this person has sent."""
        message_id = message if isinstance(message, int) else message.id
        body = {"text": text, "chat_id": self.chat_id}
        await self._control.patch(f"/people/{self.id}/messages/{message_id}", body)

    async def blocks(self) -> None:
        await self._control.post(f"/people/{self.id}/block")

    async def unblocks(self) -> None:
        await self._control.post(f"/people/{self.id}/unblock")

    async def leaves_telegram(self) -> None:
        await self._control.post(f"/people/{self.id}/deactivate")

    async def chat(self) -> list[ChatMessage]:
        """Every message, oldest first."""
        seen = await self._seen()
        return [ChatMessage.from_json(message) for message in seen["messages"]]

    async def notices(self) -> list[str]:
        """What answers to this person's taps have said, oldest first; silent answers apart."""
        return [
            notice["text"]
            for notice in (await self._seen())["notices"]
            if notice["text"] and notice["person_id"] == self.id
        ]

    async def keyboard(self) -> list[list[str]]:
        """The texts of the reply keyboard; empty when none is shown."""
        return [
            [button["text"] for button in row] for row in (await self._seen())["keyboard"] or []
        ]

    async def menu(self) -> dict[str, Any]:
        """Commands, name, descriptions and menu button in this person's language, in this chat."""
        menu: dict[str, Any] = await self._control.get(
            f"/people/{self.id}/commands", chat_id=self.chat_id
        )
        return menu

    async def changes_language(self, language: str) -> None:
        """The language of this person's app, from now on."""
        self.user = await self._control.patch(f"/people/{self.id}", {"language": language})

    async def downloads(self, message: ChatMessage) -> bytes:
        """The file of a message."""
        if message.file is None:
            raise LookupError(f"message {message.id} has no file")
        return await self._control.raw(f"/files/{message.file.file_id}")

    async def transcript(self) -> str:
        seen = await self._seen()
        lines = [str(ChatMessage.from_json(message)) for message in seen["messages"]]
        lines += [f"notice: {notice['text']}" for notice in seen["notices"]]
        return "\n".join(lines)

    async def waits_for(
        self,
        text: str | None = None,
        *,
        button: str | None = None,
        after: ChatMessage | int | None = None,
        new: bool = False,
        timeout: float = 10.0,  # noqa: ASYNC109 - how long this person is patient
    ) -> ChatMessage:
        """The newest message of the bot that fits, as soon as there is one.

        It holds `text`, and a button that holds `button`. It was sent or edited after the message
        (or event number) `after`, by default after what a person last did here; 0 means ever.
        `new` leaves out edits of messages that stood there before. Raises NothingSaid.
        """
        after = after.seq if isinstance(after, ChatMessage) else after

        def fitting(seen: dict[str, Any]) -> ChatMessage | None:
            since = seen["acted"] if after is None else after
            for known in reversed(seen["messages"]):
                message = ChatMessage.from_json(known)
                if (
                    message.sender == "bot"
                    and message.seq > since
                    and (not new or message.id > seen["acted_message"])
                    and (text is None or text in message.text)
                    and (button is None or any(button in one for one in message.button_texts))
                ):
                    return message
            return None

        wanted = f"a message with {text!r}" + (f" and a button {button!r}" if button else "")
        return await self._until(fitting, wanted, timeout)

    async def waits_for_notice(self, *, timeout: float = 10.0) -> str:  # noqa: ASYNC109
        """The text of the answer to this person's last tap, as soon as there is one."""

        def newest(seen: dict[str, Any]) -> str | None:
            said = [notice for notice in seen["notices"] if notice["seq"] > seen["acted"]]
            return str(said[-1]["text"]) if said else None

        return await self._until(newest, "an answer to a tap", timeout)

    async def waits_until_gone(
        self,
        message: ChatMessage,
        *,
        timeout: float = 10.0,  # noqa: ASYNC109
    ) -> None:
        """Until the bot has deleted the message."""
        await self._until(
            lambda seen: message.id in seen["deleted"] or None, f"{message.id} deleted", timeout
        )

    async def answer_to(self, callback_query_id: str, *, timeout: float = 10.0) -> dict[str, Any]:  # noqa: ASYNC109
        """`answered`, and `text`, `show_alert`, `url` where given."""
        answer: dict[str, Any] = await self._control.get(
            f"/callbacks/{callback_query_id}", wait=timeout
        )
        return answer

    async def changes(self, since: int, *, wait: float = 0.0) -> dict[str, Any]:
        """The chat as the control interface tells it, with what changed after event `since`.

        With `wait`, as soon as something has changed, at the latest after so many seconds.
        """
        seen: dict[str, Any] = await self._control.get(
            f"/chats/{self.chat_id}", since=since, wait=wait
        )
        return seen

    async def _until(
        self, wanted: Callable[[dict[str, Any]], Found | None], words: str, patience: float
    ) -> Found:
        deadline = asyncio.get_running_loop().time() + patience
        seen = await self._seen()
        while (found := wanted(seen)) is None:
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                raise NothingSaid(
                    f"{self.name} waited {patience:g} s for {words}. The chat:\n"
                    f"{await self.transcript()}"
                )
            await self.changes(seen["seq"], wait=left)
            seen = await self._seen()
        return found

    async def _seen(self) -> dict[str, Any]:
        return await self.changes(0)

    async def _newest_with(self, button: str | Button) -> ChatMessage:
        text = button if isinstance(button, str) else button.text
        for message in reversed(await self.chat()):
            if any(text in one for one in message.button_texts):
                return message
        raise LookupError(f"no message has a button {text!r}:\n{await self.transcript()}")

    async def _send(self, content: dict[str, Any]) -> int:
        body = content | {"chat_id": self.chat_id}
        done = await self._control.post(f"/people/{self.id}/messages", body)
        return int(done["message_id"])

    async def _send_file(
        self, kind: str, content: bytes, name: str, mime_type: str, caption: str, **more: Any
    ) -> int:
        encoded = base64.b64encode(content).decode()
        file = {"name": name, "mime_type": mime_type, "content": encoded, **more}
        return await self._send({kind: file, "caption": caption})
