"""Formatted text as Telegram keeps it: plain text and entities, and back as HTML for reading.

Offsets and lengths of entities count UTF-16 code units.
"""

import html
import re

from simulator.refusals import bad_request
from simulator.telegram_html import Entity, parse_html
from simulator.utf16 import units, utf16_length

DETECTED = re.compile(
    r"(?P<url>\b(?:https?://|t\.me/|www\.)[^\s<>\"«»،]+[^\s<>\"«»،.,;:!?)'\]])"
    r"|(?P<email>\b[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{3,31})?)(?![\w/<>])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z]\w{3,31})\b"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)
DETECTABLE = re.compile(r"[/@#]|www\.")


def formatted(
    text: str, parse_mode: str | None, given: list[Entity] | None
) -> tuple[str, list[Entity]]:
    """The text as it is kept: parsed, trimmed at both ends, its entities found."""
    if parse_mode is None:
        plain, entities = text, [dict(entity) for entity in given or ()]
    elif parse_mode == "HTML":
        plain, entities = parse_html(text) if "<" in text or "&" in text else (text, [])
        drop_bare_languages(entities)
    else:
        raise bad_request(f"the simulator parses HTML only, not {parse_mode}")
    stripped = plain.rstrip()
    leading = len(stripped) - len(stripped.lstrip())
    if entities and (leading or len(stripped) < len(plain)):
        entities = shifted(entities, leading, utf16_length(stripped))
    covered = [range(one["offset"], one["offset"] + one["length"]) for one in entities]
    plain = stripped[leading:]
    found = detect(plain)
    if found:
        found = [one for one in found if not any(one["offset"] in span for span in covered)]
        entities = sorted(entities + found, key=lambda one: (one["offset"], -one["length"]))
    return plain, entities


def drop_bare_languages(entities: list[Entity]) -> None:
    """A language belongs to `pre` alone; a lone `code` forgets it."""
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)


def shifted(entities: list[Entity], leading: int, end: int) -> list[Entity]:
    moved = []
    for entity in entities:
        first = max(entity["offset"] - leading, 0)
        last = min(entity["offset"] + entity["length"], end) - leading
        if last > first:
            moved.append(entity | {"offset": first, "length": last - first})
    return moved


def detect(text: str) -> list[Entity]:
    """What every client marks by itself: links, commands, mentions, hashtags, addresses."""
    if DETECTABLE.search(text) is None:
        return []
    return [
        {
            "type": str(found.lastgroup),
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for found in DETECTED.finditer(text)
    ]


def as_html(text: str, entities: list[Entity]) -> str:
    """The text with its entities as HTML, for reading in tests; detected ones stay plain."""
    whole = units(text)
    marks: list[tuple[int, int, str]] = []
    for order, entity in enumerate(entities):
        opening, closing = tags_of(entity)
        if opening:
            marks.append((entity["offset"], order + 1, opening))
            marks.append((entity["offset"] + entity["length"], -order - 1, closing))
    pieces, place = [], 0
    for offset, _, mark in sorted(marks):
        pieces.append(html.escape(whole[place * 2 : offset * 2].decode("utf-16-le"), quote=False))
        pieces.append(mark)
        place = offset
    pieces.append(html.escape(whole[place * 2 :].decode("utf-16-le"), quote=False))
    return "".join(pieces)


def tags_of(entity: Entity) -> tuple[str, str]:
    match entity["type"]:
        case "bold" | "italic" | "underline" | "strikethrough" as kind:
            tag = kind[0]
            return f"<{tag}>", f"</{tag}>"
        case "code" | "pre" | "blockquote" as tag:
            return f"<{tag}>", f"</{tag}>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "spoiler":
            return "<tg-spoiler>", "</tg-spoiler>"
        case "text_link":
            return f'<a href="{html.escape(entity["url"])}">', "</a>"
    return "", ""
