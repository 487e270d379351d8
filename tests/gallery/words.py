"""Every text of a scene, and what a careful reader would not let pass in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import bidirectional

from aiogram.methods import SendMessage

from handlers.commands import Presence
from handlers.language import OWN_NAMES
from handlers.summaries import words_in
from handlers.views.view import LONGEST_CAPTION, LONGEST_TEXT, View
from simulator.refusals import Refused
from simulator.telegram_html import parse_html
from tests.gallery.scene import Notice, Seen
from tests.house.catalogues import catalogue_in, ids_of, sentences, strings_of

PLACE = re.compile(r"(?<!\$)\{\w*\}")
"""A place in a sentence; ``${age}`` is how a questionnaire refers to an answer."""
MARKUP = re.compile(r"&(?:lt|gt|amp|quot);|</?(?:b|i|code|a)\b[^>]*>")
ASIDE = re.compile("\u2068[^\u2069]*\u2069")
ISOLATE = re.compile("[\u2066-\u2069]")
DIRECTIONS = {"ar": "right to left", "fr": "left to right"}
SHORTEST_PIECE = 4
LONGEST = {"message": LONGEST_TEXT, "caption": LONGEST_CAPTION, "notice": 200, "button": 64}


@dataclass(frozen=True)
class Said:
    """One text; ``kind`` is message, caption, button, notice, description or command."""

    kind: str
    text: str

    @property
    def is_markup(self) -> bool:
        return self.kind in {"message", "caption"}


def said_in(seen: Seen) -> Iterator[Said]:
    """All texts of what is seen."""
    match seen:
        case View():
            yield Said("caption" if seen.media else "message", seen.text)
            yield from (Said("button", one.label) for row in seen.buttons for one in row)
        case SendMessage():
            yield Said("message", seen.text)
            rows = getattr(seen.reply_markup, "inline_keyboard", [])
            yield from (Said("button", one.text) for row in rows for one in row)
        case Notice():
            yield Said("notice", seen.answer.text or "")
        case Presence():
            yield Said("description", seen.description)
            yield Said("description", seen.short_description)
            yield from (Said("command", words) for _name, words in seen.commands)


def faults(seen: Seen, language: str, *, bilingual: bool = False) -> list[str]:
    """What is wrong with the words of a scene in this language."""
    return [
        f"{said.kind}: {fault}: {said.text!r}"
        for said in said_in(seen)
        for fault in _faults(said, language, bilingual=bilingual)
    ]


def _faults(said: Said, language: str, *, bilingual: bool) -> Iterator[str]:
    plain = said.text
    if said.is_markup:
        try:
            plain, _entities = parse_html(said.text)
        except Refused as refused:
            yield f"markup that Telegram refuses ({refused})"
            return
    if not plain.strip():
        yield "no words"
    if PLACE.search(plain):
        yield "a place that nobody filled in"
    if MARKUP.search(plain) and not said.is_markup:
        yield "markup where Telegram shows plain text"
    if len(plain.encode("utf-16-le")) // 2 > LONGEST.get(said.kind, 512):
        yield "too long"
    for line in plain.split("\n"):
        yield from _faults_of_line(line, language, bilingual=bilingual)
    if not bilingual:
        yield from (f"not translated: {piece!r}" for piece in pieces(language) if piece in plain)


def _faults_of_line(line: str, language: str, *, bilingual: bool) -> Iterator[str]:
    marks = "".join(ISOLATE.findall(line))
    if marks.replace("\u2068\u2069", "").replace("\u2068\u2069", ""):
        yield "direction isolates that do not match"
    first = first_strong(line)
    wrong = {"ar": {"L"}, "fr": {"R", "AL"}}[language]
    if not bilingual and first in wrong and line not in OWN_NAMES.values():
        yield f"a line that does not run {DIRECTIONS[language]}"


def first_strong(line: str) -> str:
    """The kind of the letter that gives a line its direction (UAX #9, P2)."""
    kinds = map(bidirectional, ASIDE.sub("", line))
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "")


def on_paper(language: str) -> list[str]:
    """What the files say that the bot makes, and no message."""
    return [text for text in words_in(language).document().values() if isinstance(text, str)]


@cache
def pieces(language: str) -> frozenset[str]:
    """The stretches of the English sentences that no sentence of this language contains."""
    catalogue = sentences(catalogue_in(language))
    spoken = "\n".join(text for one in catalogue.values() for text in strings_of(one))
    return frozenset(
        piece
        for message in catalogue.values()
        for text in ids_of(message)
        for part in PLACE.split(text)
        if len(piece := part.strip(" :.,;“”🔒✅·")) >= SHORTEST_PIECE and piece not in spoken
    )
