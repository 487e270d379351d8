"""One message as a phone shows it: a snapshot, which stays as it was when the chat goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Button:
    text: str
    callback_data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class SentFile:
    file_id: str
    size: int
    name: str | None
    mime_type: str | None
    duration: int | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class ChatMessage:
    """`seq` grows with every change in the town; an edited message has a later one than before."""

    id: int
    seq: int
    sender: str  # "bot" or "person"
    date: int
    kind: str  # text, photo, document, voice, audio, video, sticker, contact, location
    text: str  # the caption where there is a file
    html: str
    entities: Sequence[Mapping[str, Any]]
    buttons: Sequence[Sequence[Button]]
    edited: bool
    reply_to: int | None
    file: SentFile | None

    @classmethod
    def from_json(cls, seen: Mapping[str, Any]) -> "ChatMessage":
        return cls(
            id=seen["id"],
            seq=seen["seq"],
            sender=seen["sender"],
            date=seen["date"],
            kind=seen["kind"],
            text=seen["text"],
            html=seen["html"],
            entities=seen["entities"],
            buttons=[
                [Button(one["text"], one.get("callback_data"), one.get("url")) for one in row]
                for row in seen["buttons"]
            ],
            edited=seen["edited"],
            reply_to=seen["reply_to"],
            file=SentFile(**seen["file"]) if "file" in seen else None,
        )

    @property
    def button_texts(self) -> list[str]:
        return [button.text for row in self.buttons for button in row]

    def button(self, text: str) -> Button:
        """The button of exactly that text, else the one beginning with it, else holding it.

        Raises LookupError when there is none, or several.
        """
        buttons = [button for row in self.buttons for button in row]
        exact = [button for button in buttons if button.text == text]
        leading = [button for button in buttons if button.text.startswith(text)]
        holding = [button for button in buttons if text in button.text]
        for found in (exact, leading, holding):
            if len(found) == 1:
                return found[0]
            if found:
                raise LookupError(f"several buttons fit {text!r}: {[one.text for one in found]}")
        raise LookupError(f"no button {text!r}; there are {self.button_texts}")

    def __str__(self) -> str:
        """For a transcript: who, what, and the buttons below."""
        mark = " (edited)" if self.edited else ""
        what = self.text if self.kind == "text" else f"[{self.kind}] {self.text}"
        if self.file is not None and self.file.name:
            what = f"[{self.kind} {self.file.name}, {self.file.size} bytes] {self.text}"
        rows = ["   " + " ".join(f"[{button.text}]" for button in row) for row in self.buttons]
        return "\n".join([f"{self.id} {self.sender}{mark}: {what}", *rows])
