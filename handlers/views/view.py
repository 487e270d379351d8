"""What people see on any channel: words, buttons, a file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from handlers.language import _, directed, escape, in_language, isolate, unbroken
from handlers.views.actions import Action
from storage.base import Texts

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_TITLE = 200
PAGE = 8
"""How many choices stand on one page."""
MOST_LINES = 30
"""Lines of somebody's words; each costs marks of direction, which count too."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a button opens."""

    url: str


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: Action | Link


Row = tuple[Button, ...]
Rows = tuple[Row, ...]


class Held(StrEnum):
    """What a channel can hold already."""

    DOCUMENT = "document"
    PICTURE = "picture"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class File:
    """A stored document, by its id; sent as what it is."""

    document_id: int
    kind: Held = Held.DOCUMENT


@dataclass(frozen=True, slots=True)
class Attached:
    """A file made for this one message, by its number."""

    attachment_id: int
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class HeldFile:
    """Something that the channel holds already, by the channel's own name for it."""

    file_id: str
    kind: Held


@dataclass(frozen=True, slots=True)
class View:
    """``text`` is a small HTML (``b``, ``i``, ``code``, ``a``), people's words escaped in it."""

    text: str
    buttons: Rows = ()
    media: File | Attached | HeldFile | None = None


def shortened(text: str, longest: int) -> str:
    """The text, cut with an ellipsis where it is too long; counted in UTF-16, as Telegram does."""
    if len(text) <= longest // 2:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - 1)].decode("utf-16-le", "ignore").rstrip() + "…"


def paragraphs(*parts: str) -> str:
    """Parts apart by an empty line; empty parts are left out."""
    return "\n\n".join(_directed(part) for part in parts if part)


def lines(*parts: str) -> str:
    """Parts one below the other; empty parts are left out."""
    return "\n".join(_directed(part) for part in parts if part)


def _directed(text: str) -> str:
    return "\n".join(directed(unbroken(line)) for line in text.split("\n"))


def bold(words: str) -> str:
    """Words in bold: nothing is said within an f-string, where no catalogue looks for it."""
    return f"<b>{words}</b>"


def said_title(texts: Texts) -> str:
    """A consultation's title inside a sentence."""
    return isolate(escape(shortened(in_language(texts), LONGEST_TITLE)))


def headline(texts: Texts) -> str:
    """A consultation's title as the first line."""
    return bold(escape(shortened(in_language(texts), LONGEST_TITLE)))


def own_lines(words: str, longest: int = LONGEST_TEXT) -> str:
    """Somebody's words, escaped; each of their lines keeps its own direction."""
    written = [line.strip() for line in shortened(words, longest).splitlines() if line.strip()]
    several, rest = written[: MOST_LINES - 1], written[MOST_LINES - 1 :]
    kept = [*several, " ".join(rest)] if rest else several
    return "\n".join(isolate(escape(line)) for line in kept)


def rows(*parts: Row | None) -> Rows:
    """Rows of buttons; empty ones are left out."""
    return tuple(part for part in parts if part)


def page_of(items: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """The items of a page, the page within its limits, and how many pages there are."""
    count = max(1, -(-len(items) // PAGE))
    within = min(max(page, 0), count - 1)
    return items[within * PAGE : (within + 1) * PAGE], within, count


def turning(page: int, count: int, action: Callable[[int], Action]) -> Row:
    """Buttons to the pages before and after, where there are any."""
    before = (Button(_("Previous page"), action(page - 1)),) if page > 0 else ()
    after = (Button(_("Next page"), action(page + 1)),) if page < count - 1 else ()
    return (*before, *after)


def page_number(page: int, count: int) -> str:
    """``Page 2 of 3``; ``""`` where there is only one."""
    if count < 2:
        return ""
    return _("Page {page} of {count}").format(page=isolate(page + 1), count=isolate(count))


def one_a_row(buttons: Iterable[Button]) -> Rows:
    return tuple((button,) for button in buttons)
