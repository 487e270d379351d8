"""A sealed file opens for its recipient, whole and unchanged; anything else is noticed."""

import io
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.backup_keys import (
    NotABackupKey,
    Opener,
    is_private,
    make_pair,
    read_opener,
    read_recipient,
)
from storage.sealed_files import (
    MAGIC,
    PIECE,
    TAG,
    Damaged,
    NotASealedFile,
    Opening,
    OtherKey,
    Sealing,
)

OPENER = Opener(X25519PrivateKey.generate())


def sealed(*parts: bytes) -> bytes:
    file = io.BytesIO()
    sealing = Sealing(file, OPENER.recipient, {"revision": "0002"})
    for part in parts:
        sealing.write(part)
    sealing.finish()
    return file.getvalue()


def opened(content: bytes, opener: Opener = OPENER) -> bytes:
    return b"".join(Opening.of(io.BytesIO(content)).pieces(opener))


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.binary(max_size=100), max_size=5),
    st.sampled_from([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]),
)
def test_what_was_sealed_comes_back(parts: list[bytes], filling: int) -> None:
    plain = [*parts, b"x" * filling]

    assert opened(sealed(*plain)) == b"".join(plain)


def test_the_header_can_be_read_by_everybody() -> None:
    about = Opening.of(io.BytesIO(sealed(b"secret"))).about

    assert about == {"revision": "0002", "key": OPENER.recipient.number}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_bit_can_be_changed(data: st.DataObject) -> None:
    content = bytearray(sealed(b"answers " * 20))
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises((NotASealedFile, OtherKey, Damaged)):
        opened(bytes(content))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_can_be_cut_off(data: st.DataObject) -> None:
    whole = sealed(b"x" * (2 * PIECE + 10))
    pieces = len(whole) - (2 * PIECE + 10) - 3 * TAG
    cuts = st.sampled_from([pieces + (PIECE + TAG) * n for n in range(3)])
    cut = data.draw(st.integers(0, len(whole) - 1) | cuts)

    with pytest.raises((NotASealedFile, Damaged)):
        opened(whole[:cut])


def test_pieces_cannot_change_places_or_be_added() -> None:
    whole = sealed(b"a" * PIECE, b"b" * PIECE, b"c")
    start = len(whole) - 2 * (PIECE + TAG) - 1 - TAG
    first, second = (
        whole[start : start + PIECE + TAG],
        whole[start + PIECE + TAG : start + 2 * (PIECE + TAG)],
    )
    rest = whole[start + 2 * (PIECE + TAG) :]

    for forged in (second + first + rest, first + rest, first + second + rest + rest):
        with pytest.raises(Damaged):
            opened(whole[:start] + forged)


def test_another_key_is_told_which_one_it_needs() -> None:
    with pytest.raises(OtherKey) as told:
        opened(sealed(b"x"), Opener(X25519PrivateKey.generate()))

    assert told.value.number == OPENER.recipient.number


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", MAGIC, MAGIC + bytes(60)])
def test_another_file_is_told_from_ours(content: bytes) -> None:
    with pytest.raises(NotASealedFile):
        opened(content)


def test_two_files_of_the_same_rows_have_nothing_in_common() -> None:
    one, other = sealed(b"x" * 1000), sealed(b"x" * 1000)

    assert len(one) == len(other)
    assert one[-1000:] != other[-1000:]


def test_a_pair_of_keys_is_written_once_and_read_by_its_halves(tmp_path: Path) -> None:
    private = tmp_path / "backup-key"

    public, recipient = make_pair(private)

    assert private.stat().st_mode & 0o077 == 0
    assert read_recipient(public).number == recipient.number
    assert read_opener(private).recipient.number == recipient.number
    assert is_private(private)
    assert not is_private(public)
    with pytest.raises(FileExistsError):
        make_pair(private)


def test_a_half_in_the_other_s_place_is_said(tmp_path: Path) -> None:
    public, _ = make_pair(tmp_path / "backup-key")
    (tmp_path / "notes").write_text("{}")

    with pytest.raises(NotABackupKey, match=r"private half.*backup-key\.pub"):
        read_recipient(tmp_path / "backup-key")
    with pytest.raises(NotABackupKey, match="opens nothing"):
        read_opener(public)
    with pytest.raises(NotABackupKey, match="is no backup key"):
        read_opener(tmp_path / "notes")
    with pytest.raises(NotABackupKey, match="--new-key"):
        read_recipient(tmp_path / "nowhere")
    with pytest.raises(NotABackupKey, match="Bring the private half"):
        read_opener(tmp_path / "nowhere")
