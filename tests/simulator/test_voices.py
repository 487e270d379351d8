"""The spoken samples are what Telegram's clients send, and short."""

import struct
from dataclasses import dataclass

import pytest

from tests.house.project import ROOT, files

VOICES = ROOT / "simulator" / "page" / "voices"
OPUS_RATE = 48_000
MOST_BYTES = 12_000


@dataclass(frozen=True)
class Heard:
    """What the pages of an OGG file say; https://www.rfc-editor.org/rfc/rfc7845 for the header."""

    channels: int
    seconds: float


def heard(content: bytes) -> Heard:
    """Raises ValueError for anything but OGG with Opus, whole pages only."""
    place, granules, first = 0, 0, b""
    while place < len(content):
        if content[place : place + 4] != b"OggS":
            raise ValueError(f"no page at {place}")
        (granules,) = struct.unpack_from("<q", content, place + 6)
        count = content[place + 26]
        body = place + 27 + count
        place = body + sum(content[place + 27 : body])
        first = first or content[body:place]
    if place != len(content) or not first.startswith(b"OpusHead"):
        raise ValueError("no Opus, or cut")
    (skipped,) = struct.unpack_from("<H", first, 10)
    return Heard(channels=first[9], seconds=(granules - skipped) / OPUS_RATE)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_sample_is_a_short_voice_note(language: str) -> None:
    content = (VOICES / f"sample.{language}.ogg").read_bytes()

    note = heard(content)

    assert note.channels == 1
    assert 3 <= note.seconds <= 4
    assert len(content) <= MOST_BYTES


def test_a_cut_sample_is_found() -> None:
    content = (VOICES / "sample.fr.ogg").read_bytes()

    with pytest.raises(ValueError, match="cut"):
        heard(content[:-40])


def test_what_each_sample_says_is_written_beside_it() -> None:
    said = (VOICES / "README.md").read_text(encoding="utf-8")
    samples = files(VOICES, "*.ogg")
    assert samples

    assert [path.name for path in samples if f"| `{path.name}` |" not in said] == []
