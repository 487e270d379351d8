"""Telegram's HTML: text with tags in, plain text and entities out.

The words of the errors are Telegram's own.
"""

import html
import re
from typing import Any, NamedTuple

from simulator.refusals import Refused, bad_request
from simulator.utf16 import units, utf16_length

Entity = dict[str, Any]
TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
START_TAG = re.compile(r"<([^\s>]*)")
ATTRIBUTE = re.compile(
    r"""\s*(?P<name>[^\s=>"']*)\s*(?P<equal>=)?\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<word>[A-Za-z0-9.\-]+))?"""
)
END_TAG = re.compile(r"</([^\s>]*)\s*")
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});?")


class Open(NamedTuple):
    """A tag that waits for its end: where it began in the text so far, and its argument."""

    tag: str
    argument: str
    offset: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities; refuses (400) what Telegram cannot parse."""
    pieces: list[str] = []
    entities: list[Entity] = []
    nested: list[Open] = []
    place = offset = 0
    while (begin := source.find("<", place)) >= 0:
        piece = unescape(source[place:begin])
        pieces.append(piece)
        offset += utf16_length(piece)
        if source.startswith("</", begin):
            place = end_tag(source, begin, nested, entities, offset, pieces)
        else:
            opened, place = start_tag(source, begin, offset)
            nested.append(opened)
    pieces.append(unescape(source[place:]))
    if nested:
        raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{nested[-1].tag}"')
    return "".join(pieces), sorted(
        entities, key=lambda entity: (entity["offset"], -entity["length"])
    )


def start_tag(source: str, begin: int, offset: int) -> tuple[Open, int]:
    found = START_TAG.match(source, begin)
    tag = found[1].lower() if found else ""
    place = found.end() if found else begin
    where = byte_offset(source, begin)
    if place >= len(source):
        raise cannot_parse(f"Unclosed start tag at byte offset {where}")
    if tag not in TYPES:
        raise cannot_parse(f'Unsupported start tag "{tag}" at byte offset {where}')
    argument, place = attributes(source, place, tag, where)
    if tag == "span" and argument != "spoiler":
        raise cannot_parse(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
    return Open(tag, argument, offset), place


def attributes(source: str, place: int, tag: str, where: int) -> tuple[str, int]:
    """The one argument that matters for the tag, and the place after its `>`."""
    argument = ""
    while True:
        while place < len(source) and source[place].isspace():
            place += 1
        if place >= len(source):
            raise cannot_parse(f"Unclosed start tag at byte offset {where}")
        if source[place] == ">":
            return argument, place + 1
        found = ATTRIBUTE.match(source, place)
        if found is None or not found["name"]:
            raise cannot_parse(f'Empty attribute name in the tag "{tag}" at byte offset {where}')
        name = found["name"]
        place = found.end()
        values = (found["double"], found["single"], found["word"])
        value = next((value for value in values if value is not None), None)
        if value is None and not (found["equal"] is None and name == "expandable"):
            if found["equal"] is None:
                raise cannot_parse(
                    f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
                    f"at byte offset {where}"
                )
            raise cannot_parse(f"Unclosed start tag at byte offset {where}")
        argument = argument_of(tag, name, unescape(value or "")) or argument


def argument_of(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "unix"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            return "1"
    return ""


def end_tag(
    source: str,
    begin: int,
    nested: list[Open],
    entities: list[Entity],
    offset: int,
    text: list[str],
) -> int:
    """Close the innermost tag and record its entity; the place after the end tag."""
    where = byte_offset(source, begin)
    if not nested:
        raise cannot_parse(f"Unexpected end tag at byte offset {where}")
    found = END_TAG.match(source, begin)
    if found is None or source[found.end() : found.end() + 1] != ">":
        raise cannot_parse(f"Unclosed end tag at byte offset {where}")
    opened = nested.pop()
    if found[1] and found[1].lower() != opened.tag:
        raise cannot_parse(
            f"Unmatched end tag at byte offset {where}, "
            f'expected "</{opened.tag}>", found "</{found[1]}>"'
        )
    if offset > opened.offset:
        record(opened, offset - opened.offset, entities, text)
    return found.end() + 1


def record(opened: Open, length: int, entities: list[Entity], text: list[str]) -> None:
    kind = TYPES[opened.tag]
    entity: Entity = {"type": kind, "offset": opened.offset, "length": length}
    match kind:
        case "text_link":
            url = opened.argument or units("".join(text))[opened.offset * 2 :].decode("utf-16-le")
            if "." not in url and "://" not in url:
                return  # Telegram drops links that lead nowhere, and keeps their text
            entity["url"] = url if "://" in url else f"http://{url}"
        case "custom_emoji":
            if not opened.argument.isdigit():
                raise cannot_parse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        case "date_time":
            entity["unix_time"] = int(opened.argument or 0)
        case "blockquote" if opened.argument:
            entity["type"] = "expandable_blockquote"
        case "pre" | "code":
            last = entities[-1] if entities else {}
            same = (last.get("offset"), last.get("length")) == (opened.offset, length)
            if kind == "pre" and same and last["type"] == "code":
                last["type"] = "pre"
                return
            if kind == "code" and opened.argument:
                entity["language"] = opened.argument
    entities.append(entity)


def unescape(text: str) -> str:
    """Telegram knows four named references and the numeric ones; others stay as they are."""
    if "&" not in text:
        return text
    return REFERENCE.sub(lambda found: html.unescape(found[0]), text)


def byte_offset(source: str, place: int) -> int:
    return len(source[:place].encode("utf-8", "surrogatepass"))


def cannot_parse(problem: str) -> Refused:
    return bad_request(f"can't parse entities: {problem}")
