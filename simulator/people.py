"""What people do on their phones, turned into updates for the bot."""

import base64
import secrets
from typing import Any

from simulator.chats import Chat, Message, Person
from simulator.entities import formatted
from simulator.files import media
from simulator.refusals import Refused
from simulator.world import Query, World

MIME_TYPES = {"photo": "image/jpeg", "voice": "audio/ogg", "audio": "audio/mpeg",
              "video": "video/mp4", "sticker": "image/webp",
              "document": "application/octet-stream"}  # fmt: skip

TEXT_LIMIT = 4096
MEASURES = {"duration", "width", "height"}  # whole numbers, whatever a recorder measured


class Misuse(Exception):
    """Something a phone could not do; the control interface answers with the sentence."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


class People:
    """Acts of persons; each returns what the phone needs to know of it."""

    def __init__(self, world: World) -> None:
        self._world = world

    def chat_of(self, person: Person, chat_id: int | None) -> Chat:
        chat = self._world.chats.all.get(person.id if chat_id is None else chat_id)
        if chat is None or person.id not in chat.members:
            raise Misuse(f"{person.user['first_name']} is in no chat {chat_id}", 404)
        return chat

    def sends(self, person: Person, chat: Chat, content: dict[str, Any]) -> Message:
        """A message of any kind; writing to a bot that was blocked unblocks it, as clients do."""
        if chat.is_private and chat.blocked:
            self.unblocks(person)
        kept = self._content(person, content)
        reply_to = content.get("reply_to")
        if reply_to is not None and reply_to in chat.messages:
            replied = chat.messages[reply_to]
            kept["reply_to_message"] = {
                key: replied[key] for key in replied if key != "reply_to_message"
            }
        self._world.chats.change(chat, started=True)
        if "force_reply" in (chat.keyboard_options or {}):
            self._world.chats.change(chat, keyboard_options=None)  # this message is the reply
        message = self._world.chats.add(chat, person.user, kept)
        self._world.chats.acts(chat)
        if (
            chat.is_private
            or not self._world.settings.group_privacy
            or self._concerns_bot(message)
        ):
            self._world.updates.add("message", message, chat.id)
        return message

    def _concerns_bot(self, message: Message) -> bool:
        """What a bot hears of a group: commands, its name, and replies to it."""
        text = str(message.get("text") or message.get("caption") or "")
        replied = message.get("reply_to_message", {}).get("from")
        return (
            text.startswith("/")
            or f"@{self._world.username}" in text
            or replied is self._world.bot
        )

    def edits(self, person: Person, chat: Chat, message_id: int, text: str) -> Message:
        old = chat.messages.get(message_id)
        if old is None or old["from"] is not person.user:
            raise Misuse(f"message {message_id} is not one of {person.user['first_name']}'s", 404)
        field = "text" if "text" in old else "caption"
        if field == "text":
            ensure_text(text)
        changed = {key: old[key] for key in old if key not in ("entities", "caption_entities")}
        changed |= text_fields(text, field) | {"edit_date": self._world.clock.unix()}
        message = self._world.chats.edit(chat, message_id, changed)
        self._world.chats.acts(chat)
        self._world.updates.add("edited_message", message, chat.id)
        return message

    def taps(self, person: Person, chat: Chat, message_id: int, data: str) -> Query:
        """A callback button, fresh or stale: clients send what they hold, servers pass it on."""
        message = chat.messages.get(message_id)
        if message is None:
            message = {"chat": chat.about, "message_id": message_id, "date": 0}
        query = Query(str(secrets.randbits(62)), chat.id, person.id, self._world.clock.steady())
        self._world.keep_query(query)
        self._world.chats.acts(chat)
        self._world.updates.add(
            "callback_query",
            {
                "id": query.id,
                "from": person.user,
                "message": message,
                "chat_instance": str(abs(chat.id) * 31),
                "data": data,
            },
            chat.id,
        )
        return query

    def blocks(self, person: Person) -> None:
        self._member(person, blocked=True)

    def unblocks(self, person: Person) -> None:
        self._member(person, blocked=False)

    def _member(self, person: Person, *, blocked: bool) -> None:
        """The bot's standing in the person's private chat changes, and it is told so."""
        chat = self._world.chats.all[person.id]
        if chat.blocked == blocked:
            return
        self._world.chats.change(chat, blocked=blocked)
        self._tell(person, chat, *(("member", "kicked") if blocked else ("kicked", "member")))

    def adds_bot(self, person: Person, chat: Chat) -> None:
        self._tell(person, chat, "left", "member")

    def _tell(self, person: Person, chat: Chat, old: str, new: str) -> None:
        more = {"kicked": {"until_date": 0}}
        self._world.updates.add(
            "my_chat_member",
            {
                "chat": chat.about,
                "from": person.user,
                "date": self._world.clock.unix(),
                "old_chat_member": {"user": self._world.bot, "status": old, **more.get(old, {})},
                "new_chat_member": {"user": self._world.bot, "status": new, **more.get(new, {})},
            },
            chat.id,
        )

    def _content(self, person: Person, content: dict[str, Any]) -> dict[str, Any]:
        """The message's own fields out of what the phone said."""
        caption = content.get("caption")
        about = text_fields(caption, "caption") if caption else {}
        if "text" in content:
            ensure_text(str(content["text"]))
            return text_fields(str(content["text"]), "text")
        if "contact" in content:
            own = {"first_name": person.user["first_name"], "user_id": person.id}
            contact = content["contact"]  # one with a name is another's, or complete
            return {"contact": contact if "first_name" in contact else own | contact}
        if "location" in content:
            return {"location": content["location"]}
        for kind, mime_type in MIME_TYPES.items():
            if kind in content:
                return self._file(kind, content[kind], mime_type) | about
        raise Misuse(f"a message has text, contact, location or one of {', '.join(MIME_TYPES)}")

    def _file(self, kind: str, described: dict[str, Any], mime_type: str) -> dict[str, Any]:
        details = {
            key: described[key] for key in described if key not in ("name", "content", "mime_type")
        }
        for name in MEASURES & details.keys():
            details[name] = max(0, round(details[name]))
        stored = self._world.files.keep(
            kind,
            str(described.get("name", kind)),
            base64.b64decode(described.get("content", ""), validate=True),
            str(described.get("mime_type", mime_type)),
        )
        return {kind: media(stored, **details)}


def ensure_text(text: str) -> None:
    """Refuse what no client sends."""
    if not text.strip():
        raise Misuse("an empty message cannot be sent")
    if len(text) > TEXT_LIMIT:
        raise Misuse("a client splits texts above 4096 characters; send them one by one")


def text_fields(text: str, field: str) -> dict[str, Any]:
    """`text` and `entities`, or `caption` and `caption_entities`."""
    try:
        plain, entities = formatted(text, None, None)
    except Refused as refused:
        raise Misuse(refused.description) from None
    fields: dict[str, Any] = {field: plain}
    if entities:
        fields["entities" if field == "text" else "caption_entities"] = entities
    return fields
