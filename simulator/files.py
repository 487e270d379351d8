"""Files that people and the bot have sent: kept in memory, found again by `file_id`."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Any

from simulator.media_types import OTHER, media_type_of
from simulator.refusals import bad_request

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
PNG_LEAD = b"\x89PNG\r\n\x1a\n"
IMAGES = {PNG_LEAD: "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif",
          b"RIFF": "image/webp", b"BM": "image/bmp"}  # fmt: skip
FOLDERS = {"photo": "photos", "voice": "voice", "audio": "music", "video": "videos",
           "sticker": "stickers", "document": "documents"}  # fmt: skip
EXTENSIONS = {"photo": "jpg", "voice": "oga", "audio": "mp3", "video": "mp4", "sticker": "webp"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    file_id: str
    file_unique_id: str
    kind: str
    name: str
    mime_type: str
    content: bytes
    path: str

    def described(self) -> dict[str, Any]:
        """The fields that every kind of media carries."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.file_unique_id,
            "file_size": len(self.content),
        }


class Files:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, name: str, content: bytes, mime_type: str) -> StoredFile:
        number = len(self._by_id) + 1
        digest = hashlib.sha256(content).hexdigest()
        extension = EXTENSIONS.get(kind) or (name.rpartition(".")[2] if "." in name else "bin")
        stored = StoredFile(
            file_id=f"SIM{kind.upper()}-{number:06d}-{digest[:24]}",
            file_unique_id=f"SIM{digest[:12]}",
            kind=kind,
            name=name,
            mime_type=told_type(kind, name, content, mime_type),
            content=content,
            path=f"{FOLDERS.get(kind, 'documents')}/file_{number}.{extension}",
        )
        self._by_id[stored.file_id] = self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def sent_again(self, file_id: str, kind: str) -> StoredFile:
        """The file behind an id, to be sent as that kind; refuses (400) URLs and unknown ids."""
        if file_id.startswith(("http://", "https://")):
            raise bad_request(
                "failed to get HTTP URL content (the simulator fetches nothing from elsewhere)"
            )
        stored = self.get(file_id)
        if stored is None:
            raise bad_request(
                "wrong file identifier/HTTP URL specified"
                if "." in file_id
                else "wrong remote file identifier specified: Wrong string length"
            )
        if stored.kind != kind:
            raise bad_request(
                f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}"
            )
        return stored


def told_type(kind: str, name: str, content: bytes, given: str) -> str:
    """The media type that was given, else the one that its beginning or its name tells."""
    essence = given.partition(";")[0].strip().lower()
    if essence and essence != OTHER:
        return essence
    if kind == "photo":
        return next((known for lead, known in IMAGES.items() if content.startswith(lead)), OTHER)
    return media_type_of(name)


def media(stored: StoredFile, **details: Any) -> Any:
    """The value of a message's media field: `message["document"]`, `message["photo"]` …"""
    described = stored.described()
    match stored.kind:
        case "photo":
            width, height = image_size(stored.content)
            return [described | {"width": width, "height": height}]
        case "sticker":
            fixed = {"type": "regular", "width": 512, "height": 512,
                     "is_animated": False, "is_video": False}  # fmt: skip
            return described | fixed | details
        case "voice":
            return described | {"mime_type": stored.mime_type, "duration": 1} | details
        case "audio":
            named = {"mime_type": stored.mime_type, "file_name": stored.name, "duration": 1}
            return described | named | details
        case "video":
            sized = {"mime_type": stored.mime_type, "width": 640, "height": 360, "duration": 1}
            return described | sized | details
    return described | {"file_name": stored.name, "mime_type": stored.mime_type} | details


def ensure_image(content: bytes) -> None:
    if not content.startswith(tuple(IMAGES)):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(content) > PHOTO_LIMIT:
        raise bad_request("too big for a photo")


def image_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; a usual size for other images."""
    if content.startswith(PNG_LEAD) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    return 1280, 960
