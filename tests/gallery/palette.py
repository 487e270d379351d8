"""A picture of few colours: an eighth of the bytes, for what the repository keeps.

The browser counts the colours, because it has the pixels at hand; the file is written here.
"""

import base64
import struct
import zlib
from pathlib import Path

from playwright.async_api import Browser

SCRIPT = (Path(__file__).parent / "palette.js").read_text(encoding="utf-8")
SIGNATURE = b"\x89PNG\r\n\x1a\n"


async def with_few_colours(browser: Browser, picture: bytes) -> bytes:
    """The picture as a PNG with a palette of at most 256 colours."""
    page = await browser.new_page()
    try:
        address = f"data:image/png;base64,{base64.b64encode(picture).decode()}"
        width, height, colours, places = await page.evaluate(SCRIPT, address)
    finally:
        await page.close()
    return png(width, height, base64.b64decode(colours), base64.b64decode(places))


def png(width: int, height: int, palette: bytes, places: bytes) -> bytes:
    """A PNG of 8 bits a pixel; each row unfiltered, as suits a palette (PNG 12.8)."""
    rows = b"".join(
        b"\0" + places[start : start + width] for start in range(0, width * height, width)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"".join((
        SIGNATURE,
        _chunk(b"IHDR", header),
        _chunk(b"PLTE", palette),
        _chunk(b"IDAT", zlib.compress(rows, 9)),
        _chunk(b"IEND", b""),
    ))  # fmt: skip


def _chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)
