"""Messages with files from the bot, and files fetched by it."""

from typing import Any

from simulator.chats import Message
from simulator.files import DOWNLOAD_LIMIT, StoredFile, ensure_image, media
from simulator.methods.messages import (
    CAPTION,
    SENDING,
    VISUAL_CAPTION,
    admit,
    caption_of,
    chosen,
    post,
    reply_of,
)
from simulator.methods.registry import Call, method
from simulator.refusals import bad_request
from simulator.uploads import Upload
from simulator.world import World

ALBUMS = {"photo", "video", "audio", "document"}


@method("sendPhoto", *SENDING, *VISUAL_CAPTION, "has_spoiler", "photo")
def send_photo(world: World, call: Call) -> Message:
    return send(world, call, "photo")


@method(
    "sendDocument", *SENDING, *CAPTION, "document", "thumbnail", "disable_content_type_detection"
)
def send_document(world: World, call: Call) -> Message:
    return send(world, call, "document")


@method("sendVoice", *SENDING, *CAPTION, "voice", "duration")
def send_voice(world: World, call: Call) -> Message:
    return send(world, call, "voice", "duration")


@method("sendAudio", *SENDING, *CAPTION, "audio", "duration", "performer", "title", "thumbnail")
def send_audio(world: World, call: Call) -> Message:
    return send(world, call, "audio", "duration", "performer", "title")


@method(
    "sendVideo",
    *SENDING,
    *VISUAL_CAPTION,
    *("video", "duration", "width", "height", "thumbnail", "supports_streaming", "has_spoiler"),
)
def send_video(world: World, call: Call) -> Message:
    return send(world, call, "video", "duration", "width", "height")


@method("sendSticker", *SENDING, "sticker", "emoji")
def send_sticker(world: World, call: Call) -> Message:
    return send(world, call, "sticker", "emoji")


@method("sendMediaGroup", "chat_id", "media", "disable_notification", "protect_content",
        "allow_paid_broadcast", "message_effect_id", "reply_parameters")  # fmt: skip
def send_media_group(world: World, call: Call) -> list[Message]:
    """An album: 2 to 10 pictures and videos, or files of one kind."""
    items = call.params["media"]
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of messages in the album; must be from 2 to 10")
    kinds = {item["type"] for item in items}
    if not kinds <= ALBUMS or (len(kinds) > 1 and kinds != {"photo", "video"}):
        raise bad_request("these kinds of media can't be mixed in an album")
    chat = world.chats.writable(call.params["chat_id"])
    replied = reply_of(chat, call.params)
    contents = [
        {item["type"]: media(file_of(world, call, item["media"], item["type"]))} | caption_of(item)
        for item in items
    ]
    admit(world, chat, call.params, len(items))
    album = str(world.events.seq + 10**10)
    if replied is not None:
        contents[0]["reply_to_message"] = replied
    if call.params.get("protect_content"):
        contents = [one | {"has_protected_content": True} for one in contents]
    return [world.chats.add(chat, world.bot, one | {"media_group_id": album}) for one in contents]


@method("getFile", "file_id")
def get_file(world: World, call: Call) -> dict[str, Any]:
    stored = world.files.get(call.params["file_id"])
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.content) > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.described() | {"file_path": stored.path}


def send(world: World, call: Call, kind: str, *details: str) -> Message:
    world.chats.writable(call.params["chat_id"])
    stored = file_of(world, call, call.params[kind], kind)
    content = {kind: media(stored, **chosen(call.params, details))} | caption_of(call.params)
    return post(world, call.params, content)


def file_of(world: World, call: Call, given: Upload | str, kind: str) -> StoredFile:
    """The file uploaded with the request (by itself or as attach://name), or sent before."""
    if isinstance(given, str) and not given.startswith("attach://"):
        return world.files.sent_again(given, kind)
    if isinstance(given, str):
        part = call.files.get(given.removeprefix("attach://"))
        if part is None:
            raise bad_request(f'file "{given}" was not uploaded')
        given = part
    if not given.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        ensure_image(given.content)
    return world.files.keep(kind, given.name, given.content, given.mime_type)
