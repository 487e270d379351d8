"""Messages without files from the bot: text, contact, location, copies and forwards."""

from typing import Any

from simulator.chats import Chat, Message
from simulator.entities import formatted
from simulator.methods.registry import Call, method
from simulator.refusals import bad_request
from simulator.utf16 import utf16_length
from simulator.world import World

Params = dict[str, Any]
SENDING = (
    "chat_id", "disable_notification", "protect_content", "allow_paid_broadcast",
    "message_effect_id", "reply_parameters", "reply_markup",
)  # fmt: skip
CAPTION = ("caption", "parse_mode", "caption_entities")
ABOVE = "show_caption_above_media"
VISUAL_CAPTION = (*CAPTION, ABOVE)
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
KINDS = ("text", "photo", "document", "voice", "audio", "video", "sticker", "contact", "location")


@method("sendMessage", *SENDING, "text", "parse_mode", "entities", "link_preview_options")
def send_message(world: World, call: Call) -> Message:
    content = text_of(call.params) | chosen(call.params, ("link_preview_options",))
    return post(world, call.params, content)


@method("sendContact", *SENDING, "phone_number", "first_name", "last_name", "vcard")
def send_contact(world: World, call: Call) -> Message:
    names = ("phone_number", "first_name", "last_name", "vcard")
    return post(world, call.params, {"contact": chosen(call.params, names)})


@method("sendLocation", *SENDING, "latitude", "longitude", "horizontal_accuracy")
def send_location(world: World, call: Call) -> Message:
    names = ("latitude", "longitude", "horizontal_accuracy")
    return post(world, call.params, {"location": chosen(call.params, names)})


@method("sendChatAction", "chat_id", "action")
def send_chat_action(world: World, call: Call) -> bool:
    chat = world.chats.writable(call.params["chat_id"])
    chat.action = call.params["action"]
    world.events.add("action", chat.id, details={"action": chat.action})
    return True


@method("copyMessage", *SENDING, *VISUAL_CAPTION, "from_chat_id", "message_id")
def copy_message(world: World, call: Call) -> dict[str, int]:
    original = found(world, call.params, "message to copy not found")
    content = {key: original[key] for key in original if key in KINDS or key.endswith("entities")}
    if "caption" in original:
        content["caption"] = original["caption"]
    if "caption" in call.params:
        content.pop("caption_entities", None)
        content |= caption_of(call.params)
    return {"message_id": post(world, call.params, content)["message_id"]}


@method(
    "forwardMessage",
    "chat_id",
    "from_chat_id",
    "message_id",
    "disable_notification",
    "protect_content",
)
def forward_message(world: World, call: Call) -> Message:
    original = found(world, call.params, "message to forward not found")
    content = {key: original[key] for key in original if key in KINDS or key.endswith("entities")}
    if "caption" in original:
        content["caption"] = original["caption"]
    content["forward_origin"] = original.get("forward_origin") or {
        "type": "user",
        "sender_user": original["from"],
        "date": original["date"],
    }
    return post(world, call.params, content)


def post(world: World, params: Params, content: dict[str, Any]) -> Message:
    """Put the bot's message into the chat, if it may write there and does not write too fast."""
    chat = world.chats.writable(params["chat_id"])
    replied = reply_of(chat, params)
    admit(world, chat, params)
    if replied is not None:
        content["reply_to_message"] = replied
    if params.get("protect_content"):
        content["has_protected_content"] = True
    markup = params.get("reply_markup")
    if markup is not None and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    chat.action = None
    message = world.chats.add(chat, world.bot, content)
    if markup is not None and "inline_keyboard" not in markup:
        world.chats.change(chat, keyboard=keyboard_of(markup), keyboard_options=options_of(markup))
    return message


def admit(world: World, chat: Chat, params: Params, count: int = 1) -> None:
    world.limits.admit(
        world.settings,
        chat.id,
        spoken_at=chat.spoken_at,
        paid=params.get("allow_paid_broadcast", False),
        count=count,
    )


def text_of(params: Params) -> dict[str, Any]:
    """`text` and `entities`; refuses (400) empty, too long and unparsable texts."""
    text, entities = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_of(params: Params) -> dict[str, Any]:
    """`caption` and `caption_entities`, both absent for an empty caption."""
    given = params.get("caption")
    if not given:
        return {}
    caption, entities = formatted(given, params.get("parse_mode"), params.get("caption_entities"))
    if utf16_length(caption) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    fields: dict[str, Any] = {"caption": caption} if caption else {}
    if caption and params.get(ABOVE):
        fields[ABOVE] = True
    return fields | {"caption_entities": entities} if entities else fields


def reply_of(chat: Chat, params: Params) -> Message | None:
    """The message replied to, without what it replied to itself."""
    reply = params.get("reply_parameters")
    if reply is None:
        return None
    replied = chat.messages.get(reply["message_id"])
    if replied is None:
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return {key: replied[key] for key in replied if key != "reply_to_message"}


def keyboard_of(markup: dict[str, Any]) -> list[list[dict[str, Any]]] | None:
    """The reply keyboard as a phone shows it; None when it is removed or a reply is forced."""
    rows = markup.get("keyboard")
    if rows is None:
        return None
    return [
        [button if isinstance(button, dict) else {"text": button} for button in row]
        for row in rows
    ]


def options_of(markup: dict[str, Any]) -> dict[str, Any] | None:
    """How the keyboard is shown, or that a reply is forced; None when it is removed."""
    if "remove_keyboard" in markup:
        return None
    return {name: value for name, value in markup.items() if name != "keyboard"}


def found(world: World, params: Params, otherwise: str) -> Message:
    chat = world.chats.find(params["from_chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request(otherwise)
    return message


def chosen(params: Params, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: params[name] for name in names if name in params}
