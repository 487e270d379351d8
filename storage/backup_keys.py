"""The two halves of a backup key: the machine that makes backups cannot read them."""

import base64
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

PUBLIC, PRIVATE = "musharaka backup key, public half", "musharaka backup key, private half"
LARGEST = 10_000
"""No key file of ours is larger, so no larger file is read."""
MADE_BY = "`musharaka backup --new-key FILE` makes one."
BROUGHT = "Bring the private half from where you keep it: a new one opens no older backup."


class NotABackupKey(Exception):
    """A file holds no backup key, or the other half; the message says what to do."""


@dataclass(frozen=True)
class Recipient:
    """The public half: whoever has it can make backups, and read none."""

    key: X25519PublicKey

    @property
    def number(self) -> str:
        """What a backup says of the key that opens it; it can be read aloud."""
        return sha256(self.key.public_bytes_raw()).hexdigest()[:12]


@dataclass(frozen=True)
class Opener:
    """The private half: it opens every backup made for it."""

    key: X25519PrivateKey

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.key.public_key())


def make_pair(private: Path) -> tuple[Path, Recipient]:
    """Write a new pair: the private half here, the public half beside it with ``.pub``.

    Raises FileExistsError rather than replace a key that opens older backups.
    """
    opener = Opener(X25519PrivateKey.generate())
    public = private.with_name(f"{private.name}.pub")
    if public.exists():
        raise FileExistsError(public)
    _write(private, PRIVATE, opener.key.private_bytes_raw(), 0o600)
    _write(public, PUBLIC, opener.key.public_key().public_bytes_raw(), 0o644)
    return public, opener.recipient


def read_recipient(path: Path) -> Recipient:
    """The public half; raises NotABackupKey."""
    kind, key = _read(path, MADE_BY)
    if kind == PRIVATE:
        raise NotABackupKey(
            f"{path} is the private half of a backup key. Keep it away from this machine, and "
            f"name the public half ({path.name}.pub) here."
        )
    return Recipient(X25519PublicKey.from_public_bytes(key))


def read_opener(path: Path) -> Opener:
    """The private half; raises NotABackupKey."""
    kind, key = _read(path, BROUGHT)
    if kind == PUBLIC:
        raise NotABackupKey(
            f"{path} is the public half of a backup key and opens nothing. Bring the private "
            "half from where you keep it."
        )
    return Opener(X25519PrivateKey.from_private_bytes(key))


def is_private(path: Path) -> bool:
    """Whether a file is a private half."""
    try:
        return _read(path, MADE_BY)[0] == PRIVATE
    except NotABackupKey:
        return False


def _write(path: Path, kind: str, key: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump({"kind": kind, "key": base64.b64encode(key).decode()}, file)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path, advice: str) -> tuple[str, bytes]:
    try:
        with path.open("rb") as file:
            document = json.loads(file.read(LARGEST))
        kind, key = str(document["kind"]), base64.b64decode(document["key"], validate=True)
        if kind not in (PUBLIC, PRIVATE) or len(key) != 32:
            raise ValueError
    except FileNotFoundError:
        raise NotABackupKey(f"There is no backup key at {path}. {advice}") from None
    except OSError as error:
        raise NotABackupKey(f"The backup key {path} cannot be read: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError):
        raise NotABackupKey(f"{path} is no backup key. {advice}") from None
    return kind, key
