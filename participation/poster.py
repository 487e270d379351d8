"""A consultation's poster: A4, both languages, a code to scan. Drawn in a child process.

The same words give the same bytes: fonts come from the packages that are installed with us, the
document carries no date.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import segno

from participation.children import hand_to_child

LONGEST_SECONDS = 60.0
_SOURCE = r"""
#let words = json(bytes(sys.inputs.words))
#let both(texts, size, weight: "regular", gap: 0.9em) = {
  set text(size: size, weight: weight)
  set par(leading: 0.55em)
  block(below: gap, width: 100%, text(lang: "ar", dir: rtl, align(center, texts.ar)))
  block(below: gap, width: 100%, text(lang: "fr", dir: ltr, align(center, texts.fr)))
}
#set document(title: words.title.fr, date: none)
#set page(paper: "a4", margin: (x: 2cm, y: 1.6cm), fill: white)
#set text(font: ("Noto Sans", "Noto Sans Arabic"), fill: rgb("#14202b"), hyphenate: false)
#block(width: 100%, inset: (x: 0.6cm, y: 0.45cm), radius: 4pt, fill: rgb("#0b5d4d"), {
  set text(fill: white, size: 15pt, weight: "bold")
  grid(columns: (1fr, 1fr), align: (left + horizon, right + horizon),
    text(lang: "fr", dir: ltr, words.commune.fr), text(lang: "ar", dir: rtl, words.commune.ar))
})
#v(1fr)
#both(words.call, 17pt, gap: 0.8em)
#v(0.5cm)
#both(words.title, if words.long { 23pt } else { 30pt }, weight: "bold", gap: 0.75em)
#v(0.2cm)
#both(words.days, 16pt)
#v(1fr)
#align(center, image(bytes(words.code), format: "svg", width: 8.4cm))
#v(0.3cm)
#both(words.scan, 13pt)
#v(0.1cm)
#align(center, text(lang: "fr", dir: ltr, size: if words.link.len() > 60 { 11pt } else { 14pt },
  weight: "bold", words.link))
#v(1fr)
"""
_LONG_TITLE = 60


@dataclass(frozen=True, slots=True)
class Words:
    """What a poster says, in both languages; the link in Latin letters."""

    commune: Mapping[str, str]
    call: Mapping[str, str]
    title: Mapping[str, str]
    days: Mapping[str, str]
    scan: Mapping[str, str]
    link: str


def code_picture(link: str) -> bytes:
    """The code of a link as a PNG, large enough to be printed, with its quiet border."""
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="png", scale=16, border=4)
    return drawn.getvalue()


def draw(words: Words) -> bytes:
    """The poster as a PDF of one page; in this process."""
    import typst

    said = asdict(words)
    said["code"] = _code_drawing(words.link)
    said["long"] = max(map(len, words.title.values()), default=0) > _LONG_TITLE
    drawn = typst.compile(
        _SOURCE.encode(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"words": json.dumps(said, ensure_ascii=False)},
        timestamp=0,
    )
    if not isinstance(drawn, bytes):
        raise TypeError("a poster has one page")
    return drawn


async def draw_in_child(words: Words, *, seconds: float = LONGEST_SECONDS) -> bytes:
    """The same in a child process, which inherits nothing but the search path."""
    code, drawn = await hand_to_child(
        "participation.poster", given=json.dumps(asdict(words)).encode(), seconds=seconds
    )
    if code != 0 or not drawn:
        raise RuntimeError("the poster could not be drawn")
    return drawn


def _code_drawing(link: str) -> str:
    drawn = BytesIO()
    segno.make(link, error="m", micro=False).save(drawn, kind="svg", scale=10, border=2)
    return drawn.getvalue().decode()


def _fonts() -> list[Any]:
    import fontpkg_noto_sans  # type: ignore[import-untyped]  # it has no types
    import fontpkg_noto_sans_arabic  # type: ignore[import-untyped]

    return [
        Path(package.ROOT) / "files" for package in (fontpkg_noto_sans, fontpkg_noto_sans_arabic)
    ]


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Words(**json.load(sys.stdin.buffer))))
