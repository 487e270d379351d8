"""Reading back a code that was drawn as a PNG: its modules, one truth each."""

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def modules(picture: bytes, scale: int, border: int) -> list[list[bool]]:
    """Whether each module is dark; the picture has one bit a pixel."""
    assert picture.startswith(SIGNATURE)
    size, packed = 0, b""
    at = len(SIGNATURE)
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            size, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (size, depth, colour) == (height, 1, 0)
        if kind == b"IDAT":
            packed += body
        at += length + 12
    return _read(zlib.decompress(packed), size, scale, border)


def _read(raw: bytes, size: int, scale: int, border: int) -> list[list[bool]]:
    width = -(-size // 8) + 1
    rows: list[bytes] = []
    for number in range(size):
        how, *row = raw[number * width : (number + 1) * width]
        assert how in {0, 2}  # as it is, or what is added to the row above
        above = rows[-1] if rows else bytes(width)
        rows.append(bytes((one + above[at] * (how == 2)) % 256 for at, one in enumerate(row)))
    middles = range(border * scale + scale // 2, size - border * scale, scale)
    return [[not rows[y][x // 8] >> (7 - x % 8) & 1 for x in middles] for y in middles]
