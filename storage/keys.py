"""The key file: what ties answers to people, kept outside the database and its backups."""

import base64
import fcntl
import hmac
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class KeyFileMissing(Exception):
    """There is no key file where the settings say."""


class KeyFileUnreadable(Exception):
    """The key file is there and is not one, or not the one of before."""


class ConsultationKeyMissing(KeyError):
    """The key file holds no key for a consultation: it was sealed, or the file is an old one."""


class Keyring:
    """The keys of one key file. Reads it anew when a key is missing: another process may add one.

    Payloads are sealed by AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D); respondent
    keys are HMAC-SHA256.
    """

    def __init__(self, path: Path) -> None:
        """Read a key file; raises KeyFileMissing or KeyFileUnreadable."""
        self._path = path
        self._secret: bytes | None = None
        self._read()

    @classmethod
    def create(cls, path: Path) -> "Keyring":
        """Make a new key file, readable by its owner only; an existing one is left and read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path):
            if not path.exists():
                _write(path, {"version": 1, "payloads": _encode(_new_key()), "consultations": {}})
        return cls(path)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Encrypt; ``context`` must be the same to open it."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._payloads.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt; raises cryptography's InvalidTag when changed or sealed for another context."""
        return self._payloads.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context.encode())

    def seal_number(self, number: int, context: str) -> bytes:
        """Encrypt a number of up to 63 bits; every number gives the same length."""
        return self.seal(number.to_bytes(8, "big", signed=True), context)

    def open_number(self, sealed: bytes, context: str) -> int:
        """Decrypt what seal_number gave; raises cryptography's InvalidTag."""
        return int.from_bytes(self.open(sealed, context), "big", signed=True)

    def partition(self, number: int, among: int) -> int:
        """Which of so many partitions a person or chat belongs to; only we can tell."""
        digest = hmac.digest(self._partitions, str(number).encode(), sha256)
        return int.from_bytes(digest[:8], "big") % among

    def pseudonym(self, number: int, context: str) -> bytes:
        """A person or chat as a row may name it where nobody need know whom, 32 bytes."""
        return hmac.digest(self._partitions, f"{context}:{number}".encode(), sha256)

    def respondent_key(self, key_id: str, channel_id: int, seat: int = 0) -> bytes:
        """The key under which a person's submission to one consultation stands, 32 bytes.

        Raises ConsultationKeyMissing once the consultation's key has been destroyed.
        """
        if key_id not in self._consultations:
            self._read()
        if key_id not in self._consultations:
            raise ConsultationKeyMissing(key_id)
        message = f"telegram:{channel_id}:{seat}".encode()
        return hmac.digest(self._consultations[key_id], message, sha256)

    def respondent_pseudonym(self, channel_id: int, seat: int = 0, key_id: str = "") -> str:
        """A person's number in pseudonymous consultations: ten signs, the same in all of them.

        Whoever answers on somebody else's phone has one for this consultation (``key_id``) only.
        """
        about = f"telegram:{channel_id}:{seat}:{key_id}" if seat else f"telegram:{channel_id}"
        digest = hmac.digest(self._pseudonyms, about.encode(), sha256)
        return base64.b32encode(digest).decode()[:10]

    def knows(self, key_id: str) -> bool:
        """Whether the file holds a consultation's key now."""
        if key_id not in self._consultations:
            self._read()
        return key_id in self._consultations

    def add_consultation(self, key_id: str) -> None:
        """Give a consultation its key; it is on the disk when this returns."""
        self._change(lambda keys: keys.setdefault(key_id, _encode(_new_key())))

    def destroy_consultation(self, key_id: str) -> None:
        """Forget a consultation's key for ever; the file is rewritten when this returns."""
        self._change(lambda keys: keys.pop(key_id, None))

    def _change(self, change: Any) -> None:
        with _locked(self._path):
            document = _load(self._path)
            change(document["consultations"])
            _write(self._path, document)
        self._read()

    def _read(self) -> None:
        document = _load(self._path)
        secret = _decode(document["payloads"])
        if self._secret not in (None, secret):  # not ours: everything stored would be unreadable
            raise KeyFileUnreadable(str(self._path))
        self._secret = secret
        self._payloads = AESGCM(secret)
        self._partitions = hmac.digest(secret, b"partitions", sha256)
        self._pseudonyms = hmac.digest(secret, b"pseudonyms", sha256)
        self._consultations = {
            key_id: _decode(key) for key_id, key in document["consultations"].items()
        }


def _new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _encode(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text)


def _load(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        _decode(document["payloads"])
        document["consultations"].items()
    except FileNotFoundError as error:
        raise KeyFileMissing(str(path)) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileUnreadable(str(path)) from error
    return dict(document)


def _write(path: Path, document: dict[str, Any]) -> None:
    """Replace the file whole: written, synchronised, renamed, and the rename synchronised."""
    draft = path.with_name(f"{path.name}.new")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(document, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
