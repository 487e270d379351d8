"""What a phone shows: messages, buttons and notices as plain JSON for the control interface."""

from typing import Any

from simulator.chats import Chat, Message
from simulator.entities import as_html
from simulator.events import Event
from simulator.world import World

MEDIA = ("photo", "document", "voice", "audio", "video", "sticker")


def message_seen(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    text: str = message.get("text") or message.get("caption", "")
    entities: list[Any] = message.get("entities") or message.get("caption_entities", [])
    kind = next((kind for kind in (*MEDIA, "contact", "location") if kind in message), "text")
    seen: dict[str, Any] = {
        "id": message["message_id"],
        "seq": chat.changed_at[message["message_id"]],
        "sender": "bot" if message["from"] is world.bot else "person",
        "from": message["from"]["first_name"],
        "from_id": message["from"]["id"],
        "date": message["date"],
        "kind": kind,
        "text": text,
        "html": as_html(text, entities),
        "entities": entities,
        "buttons": message.get("reply_markup", {}).get("inline_keyboard", []),
        "edited": "edit_date" in message,
        "reply_to": message.get("reply_to_message", {}).get("message_id"),
    }
    if message["from"] is not world.bot:
        seen["read"] = message["message_id"] not in world.updates.unread
    if message.get("show_caption_above_media"):
        seen["caption_above"] = True
    if message.get("has_protected_content"):
        seen["protected"] = True
    if "forward_origin" in message:
        seen["forward"] = message["forward_origin"]["sender_user"]["first_name"]
    if kind in MEDIA:
        seen["file"] = file_seen(message[kind][-1] if kind == "photo" else message[kind])
    elif kind != "text":
        seen[kind] = message[kind]
    return seen


def file_seen(file: dict[str, Any]) -> dict[str, Any]:
    measured = {name: file[name] for name in ("duration", "width", "height") if name in file}
    return measured | {
        "file_id": file["file_id"],
        "size": file["file_size"],
        "name": file.get("file_name"),
        "mime_type": file.get("mime_type"),
    }


def chat_seen(world: World, chat: Chat, since: int) -> dict[str, Any]:
    """The chat with what changed after that event; everything with 0."""
    return conversation(world, chat, since) | {
        "notices": [notice for notice in chat.notices if notice["seq"] > since]
    }


def conversation(world: World, chat: Chat, since: int = 0) -> dict[str, Any]:
    """The chat with its messages: a notice is seen once, when it comes."""
    return standing(world, chat) | {
        "messages": [
            message_seen(world, chat, message)
            for message_id, message in chat.messages.items()
            if chat.changed_at[message_id] > since
        ]
    }


def standing(world: World, chat: Chat) -> dict[str, Any]:
    """The chat without what was said in it."""
    return {
        "seq": world.events.seq,
        "acted": chat.acted,
        "acted_message": chat.acted_message,
        "chat": chat.about,
        "started": chat.started,
        "blocked": chat.blocked,
        "migrated_to": chat.migrated_to,
        "action": chat.action,
        "members": sorted(chat.members),
        "keyboard": chat.keyboard,
        "keyboard_options": chat.keyboard_options,
        "deleted": sorted(chat.deleted),
    }


def event_seen(world: World, event: Event) -> dict[str, Any]:
    """An event for the stream; the message and the chat are shown as they are now."""
    seen: dict[str, Any] = {"seq": event.seq, "kind": event.kind, "chat_id": event.chat_id}
    chat = world.chats.all.get(event.chat_id)
    if event.message_id is not None:
        seen["message_id"] = event.message_id
    if chat is not None and event.kind in ("message", "edit"):
        message = chat.messages.get(event.message_id or 0)
        if message is not None:
            seen["message"] = message_seen(world, chat, message)
    if chat is not None and event.kind == "chat":
        seen["chat"] = standing(world, chat)
    return seen | (event.details or {})
