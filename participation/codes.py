"""Secrets that open a role: the code of a first start, the token of a link; hashes are kept."""

import re
import secrets
from hashlib import sha256

from participation.receipts import ALPHABET, MISREAD

LEAD = "MUSH"
GROUPS = 3
_DIGITS, _LETTERS = "0123456789", 3
_GROUP = rf"[0-9][{ALPHABET}]{{{_LETTERS}}}"
_EXACT = re.compile(rf"(?:{_GROUP}){{{GROUPS}}}")
_ROUGH = re.compile(
    r"[\W_]*" + r"[\W_]*".join(LEAD) + rf"(?:[\W_]*[^\W_]){{{GROUPS * (1 + _LETTERS)}}}[\W_]*",
    re.IGNORECASE,
)

TOKEN_BYTES = 16


def new_code() -> str:
    """A fresh code, as ``MUSH-7K3M-9QXT-2B4D``, of 54 random bits.

    Each group begins with a digit, so that no word of a citizen's has this shape: several of
    them begin so (``mushkil``).
    """
    return "-".join((LEAD, *(_group() for _ in range(GROUPS))))


def code_in(words: str) -> str | None:
    """The letters of a code, however it was typed; None for all other words."""
    if _ROUGH.fullmatch(words) is None:
        return None
    plain = "".join(_digit(letter) for letter in words if letter.isalnum()).upper()
    code = plain[len(LEAD) :].translate(MISREAD)
    return LEAD + code if _EXACT.fullmatch(code) else None


def new_token() -> str:
    """128 random bits, in letters that a link to a bot can carry."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of_code(code: str) -> str:
    """What is stored of a code, given what ``code_in`` found or ``new_code`` made."""
    return hash_of_token(code.replace("-", ""))


def hash_of_token(token: str) -> str:
    """What is stored of a token: SHA-256, in hexadecimal."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _group() -> str:
    letters = (secrets.choice(ALPHABET) for _ in range(_LETTERS))
    return secrets.choice(_DIGITS) + "".join(letters)


def _digit(letter: str) -> str:
    """Arabic and other digits as Western ones."""
    return str(int(letter)) if letter.isdecimal() else letter
