"""An encrypted file for one recipient, written and read in pieces of constant size.

The file's own AES key comes from a fresh X25519 key and the recipient's (HKDF-SHA256). The pieces
are AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is
a counter and a flag for the last piece, so that none can be left out, moved or cut off. The header
is authenticated with every piece.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.backup_keys import Opener, Recipient

MAGIC = b"musharaka sealed file 1\n"
PIECE = 1 << 16
TAG = 16
KEY_BYTES = 32
LARGEST_HEADER = 10_000
_LENGTH = struct.Struct(">I")


class NotASealedFile(Exception):
    """The file does not begin as one of ours."""


class OtherKey(Exception):
    """The file was sealed for another key; ``number`` is the one that opens it."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


class Damaged(Exception):
    """The file was changed or cut off; what was read before is genuine, and not the whole."""


class Sealing:
    """Takes bytes of any length and writes sealed pieces; ``finish`` writes the last."""

    def __init__(self, file: IO[bytes], recipient: Recipient, about: dict[str, Any]) -> None:
        own = X25519PrivateKey.generate()
        public = own.public_key().public_bytes_raw()
        header = json.dumps({**about, "key": recipient.number}).encode()
        self._head = MAGIC + public + _LENGTH.pack(len(header)) + header
        shared = own.exchange(recipient.key)
        self._cipher = _cipher(shared, public, recipient.key.public_bytes_raw())
        self._file = file
        self._rest = bytearray()
        self._number = 0
        file.write(self._head)

    def write(self, plain: bytes) -> None:
        self._rest += plain
        while len(self._rest) > PIECE:  # the last piece is never empty unless all is
            self._put(bytes(self._rest[:PIECE]), last=False)
            del self._rest[:PIECE]

    def finish(self) -> None:
        self._put(bytes(self._rest), last=True)

    def _put(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._head))
        self._number += 1


@dataclass(frozen=True)
class Opening:
    """A sealed file that is read: what it says of itself, which is believed once a piece opens."""

    about: dict[str, Any]
    _head: bytes
    _ephemeral: bytes
    _file: IO[bytes]

    @classmethod
    def of(cls, file: IO[bytes]) -> "Opening":
        """Read the header; raises NotASealedFile."""
        if file.read(len(MAGIC)) != MAGIC:
            raise NotASealedFile
        try:
            ephemeral, packed = file.read(KEY_BYTES), file.read(_LENGTH.size)
            (length,) = _LENGTH.unpack(packed)
            header = file.read(length) if length <= LARGEST_HEADER else b""
            about = json.loads(header)
            if not isinstance(about.get("key"), str):
                raise NotASealedFile
        except (struct.error, ValueError, AttributeError, RecursionError):
            raise NotASealedFile from None
        return cls(about, MAGIC + ephemeral + packed + header, ephemeral, file)

    def pieces(self, opener: Opener) -> Iterator[bytes]:
        """Each piece as it was written; raises OtherKey, Damaged."""
        recipient = opener.recipient
        if self.about["key"] != recipient.number:
            raise OtherKey(self.about["key"])
        try:
            shared = opener.key.exchange(X25519PublicKey.from_public_bytes(self._ephemeral))
        except ValueError:
            raise Damaged from None
        cipher = _cipher(shared, self._ephemeral, recipient.key.public_bytes_raw())
        number, sealed = 0, self._file.read(PIECE + TAG)
        while True:
            following = self._file.read(PIECE + TAG)
            try:
                plain = cipher.decrypt(_nonce(number, last=not following), sealed, self._head)
            except (InvalidTag, ValueError):
                raise Damaged from None
            yield plain
            if not following:
                return
            number, sealed = number + 1, following


def _cipher(shared: bytes, ephemeral: bytes, recipient: bytes) -> AESGCM:
    derived = HKDF(SHA256(), KEY_BYTES, ephemeral + recipient, MAGIC).derive(shared)
    return AESGCM(derived)


def _nonce(number: int, *, last: bool) -> bytes:
    """The key serves one file alone, so that the counter may begin at nothing."""
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
