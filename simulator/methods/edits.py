"""Changes to messages of the bot: text, caption, buttons; and messages taken away."""

from typing import Any

from simulator.chats import Chat, Message
from simulator.methods.messages import ABOVE, VISUAL_CAPTION, caption_of, chosen, text_of
from simulator.methods.registry import Call, method
from simulator.refusals import NOT_MODIFIED, bad_request
from simulator.world import World

PLACE = ("chat_id", "message_id")
PREVIEW = ("link_preview_options",)  # carried along; alone it is no modification
DELETABLE_SECONDS = 48 * 3600


@method(
    "editMessageText",
    *PLACE,
    "text",
    "parse_mode",
    "entities",
    "link_preview_options",
    "reply_markup",
)
def edit_text(world: World, call: Call) -> Message:
    chat, message = editable(world, call)
    if "text" not in call.params:
        raise bad_request("message text is empty")
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = text_of(call.params) | chosen(call.params, PREVIEW) | markup_of(call)
    return replaced(world, chat, message, content, ("text", "entities"))


@method("editMessageCaption", *PLACE, *VISUAL_CAPTION, "reply_markup")
def edit_caption(world: World, call: Call) -> Message:
    chat, message = editable(world, call)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    content = caption_of(call.params) | markup_of(call)
    return replaced(world, chat, message, content, ("caption", "caption_entities", ABOVE))


@method("editMessageReplyMarkup", *PLACE, "reply_markup")
def edit_reply_markup(world: World, call: Call) -> Message:
    chat, message = editable(world, call)
    return replaced(world, chat, message, markup_of(call), ())


@method("deleteMessage", *PLACE)
def delete_message(world: World, call: Call) -> bool:
    chat = world.chats.writable(call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.unix() - message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.chats.delete(chat, message["message_id"])
    return True


@method("deleteMessages", "chat_id", "message_ids")
def delete_messages(world: World, call: Call) -> bool:
    """Those that cannot be found are passed over, as Telegram does."""
    chat = world.chats.writable(call.params["chat_id"])
    if not 1 <= len(call.params["message_ids"]) <= 100:
        raise bad_request("too many messages to delete")
    for message_id in call.params["message_ids"]:
        if message_id in chat.messages:
            world.chats.delete(chat, message_id)
    return True


def editable(world: World, call: Call) -> tuple[Chat, Message]:
    for name in PLACE:
        if name not in call.params:
            raise bad_request(f'parameter "{name}" is required')
    chat = world.chats.writable(call.params["chat_id"])
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"] is not world.bot:
        raise bad_request("message can't be edited")
    return chat, message


def markup_of(call: Call) -> dict[str, Any]:
    """No keyboard given, or an empty one, takes the buttons away."""
    markup = call.params.get("reply_markup")
    return {"reply_markup": markup} if markup and any(markup["inline_keyboard"]) else {}


def replaced(
    world: World, chat: Chat, message: Message, content: dict[str, Any], fields: tuple[str, ...]
) -> Message:
    """The message with those fields and the buttons replaced; refuses (400) no change."""
    changing = (*fields, "reply_markup")
    if all(message.get(name) == content.get(name) for name in changing):
        raise bad_request(NOT_MODIFIED)
    changed = {key: message[key] for key in message if key not in changing} | content
    if fields:
        changed["edit_date"] = world.clock.unix()
    return world.chats.edit(chat, message["message_id"], changed)
