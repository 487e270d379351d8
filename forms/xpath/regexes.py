"""`regex()` by RE2, in linear time: an author's pattern cannot stop the bot, whatever the answer.

What needs memory of what was seen (look-around, back references) RE2 does not read. Patterns are
written for Java's engine (ODK Collect), which spells a few things otherwise.
"""

import re
from functools import lru_cache
from typing import Protocol

import re2

LONGEST_PATTERN = 500
LONGEST_TEXT = 4_000
MOST_STATES = 4_000
"""Of a pattern whose kinds of letters count as one: times LONGEST_TEXT, it bounds the time."""

MEMORY = 2**21
"""Bytes that one pattern may use; `\\p{L}{2,100}` fits, with 120,000 states."""

_CALLED = re.compile(r"\bregex\(.*?,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)")
_PART = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\[pPu](?:\{\w+\}|[0-9a-fA-F]{4})|\\.", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([pP])\{(?:Is|In)?(\w+)\}|.)", re.DOTALL)
_KIND = re.compile(r"\\(?:[pP](?:\{\w+\}|\w)|.)", re.DOTALL)
_BACK = re.compile(r"\\[1-9k]")
_JAVAS = {"Alpha": "L", "Alphabetic": "L", "Digit": "Nd", "Upper": "Lu", "Lower": "Ll"}
_WORD = r"\p{L}\p{M}\p{N}_"


class Pattern(Protocol):
    """What RE2 makes of a pattern; its own class has no public name."""

    programsize: int

    def fullmatch(self, text: bytes) -> object | None: ...


class PatternRefused(ValueError):
    """A pattern that cannot be read; `code` is a finding's, `written` the part at fault."""

    def __init__(self, code: str, written: str = "") -> None:
        super().__init__(code, written)
        self.code = code
        self.written = written


def patterns_in(source: str) -> list[str]:
    """The patterns that an expression writes out."""
    return [found[1] or found[2] or "" for found in _CALLED.finditer(source)]


def matches(pattern: str, text: str) -> bool:
    """True if the whole text fits, as ODK Collect means it; False for a refused pattern."""
    try:
        program = understood(pattern)
    except PatternRefused:
        return False
    whole = text[: LONGEST_TEXT + 1].encode("utf-8", "replace")
    return program.fullmatch(whole) is not None


@lru_cache(maxsize=128)
def understood(pattern: str) -> Pattern:
    """The pattern ready to run; PatternRefused says what it may not contain."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused("regex_too_large")
    translated = _PART.sub(_translated, pattern)
    program = _compiled(translated)
    if _compiled(_KIND.sub(_as_one_letter, translated)).programsize > MOST_STATES:
        raise PatternRefused("regex_too_large")
    return program


def _compiled(pattern: str) -> Pattern:
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = MEMORY
    try:
        compiled: Pattern = re2.compile(pattern.encode("utf-8", "replace"), options)
    except re2.error as error:
        kind, _, part = error.args[0].decode("utf-8", "replace").partition(": ")
    else:
        return compiled
    if kind.startswith("pattern too large") or kind == "invalid repetition size":
        raise PatternRefused("regex_too_large")
    if kind == "invalid perl operator" or _BACK.match(part):
        raise PatternRefused("regex_looks_around", part)
    raise PatternRefused("regex_refused", part or kind.removeprefix("trailing "))


def _translated(part: re.Match[str]) -> str:
    """One escape, or a whole `[…]`, in RE2's spelling; words are of any script, as on Android."""
    if not part[0].startswith("["):
        return {r"\w": f"[{_WORD}]", r"\W": f"[^{_WORD}]"}.get(part[0], _escape(part[0]))
    return _ESCAPE.sub(lambda found: _WORD if found[0] == r"\w" else _escape(found[0]), part[0])


def _escape(written: str) -> str:
    found = _ESCAPE.fullmatch(written)
    if found and found[1]:
        return f"\\x{{{found[1]}}}"
    if found and found[2]:
        return f"\\{found[2]}{{{_JAVAS.get(found[3], found[3])}}}"
    return r"\z" if written == r"\Z" else written


def _as_one_letter(found: re.Match[str]) -> str:
    return r"\d" if found[0][1] in "pP" else found[0]
