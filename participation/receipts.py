"""Receipt codes: 60 random bits that only the citizen keeps."""

import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread."""

LENGTH = 12
GROUP = 4
MISREAD = str.maketrans("ILO", "110")


def new_receipt() -> str:
    """A fresh code, grouped as ``7K3M-9QXT-2B4D``."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def hash_of(receipt: str) -> str:
    """What is stored of a code: SHA-256, in hexadecimal, of its letters however they are typed."""
    plain = "".join(letter for letter in receipt.upper() if letter.isalnum())
    return sha256(plain.translate(MISREAD).encode()).hexdigest()
