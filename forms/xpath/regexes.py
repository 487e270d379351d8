"""`regex()` in linear time: an author's pattern cannot stop the bot, whatever the answer.

Python's own engine tries one way after the other and can need longer than the universe for
`(a+)+b`. This one follows all ways at once: states times letters, never more. What needs memory
of what was seen (back references, look-around) is refused when the form is compiled.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

LONGEST_PATTERN = 500
MOST_STATES = 400
LONGEST_TEXT = 4_000
MOST_REMEMBERED = 5_000
MOST_REPEATS = 200

Fits = Callable[[str], bool]


class PatternRefused(ValueError):
    """A pattern that cannot be followed in linear time, or that is none."""


@dataclass
class _State:
    """One step: a letter that fits leads to `next`; without `fits` all of `ways` are open."""

    fits: Fits | None = None
    next: int = -1
    ways: list[int] = field(default_factory=list)
    at: str = ""
    """`^` or `$`: only passable at the beginning or the end."""


def matches(pattern: str, text: str) -> bool:
    """True if the whole text fits, as ODK Collect means it; False for a refused pattern."""
    try:
        program = understood(pattern)
    except PatternRefused:
        return False
    return program.fullmatch(text[: LONGEST_TEXT + 1])


@lru_cache(maxsize=256)
def understood(pattern: str) -> "Automaton":
    """The pattern ready to run; PatternRefused says what it may not contain."""
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused(f"it is longer than {LONGEST_PATTERN} signs")
    try:
        return _Reader(pattern).automaton()
    except RecursionError:
        raise PatternRefused("it is nested too deeply") from None


class Automaton:
    """The states of one pattern; steps that were taken once are remembered."""

    def __init__(self, states: list[_State], start: int, accept: int) -> None:
        self._states = states
        self._start = start
        self._accept = accept
        self._steps: dict[tuple[frozenset[int], str, bool], frozenset[int]] = {}

    def fullmatch(self, text: str) -> bool:
        """Whether the text as a whole fits."""
        present = self._open([self._start], is_first=True, is_last=not text)
        for left, letter in zip(range(len(text) - 1, -1, -1), text, strict=True):
            present = self._step(present, letter, is_last=not left)
            if not present:
                return False
        return self._accept in present

    def _step(self, present: frozenset[int], letter: str, *, is_last: bool) -> frozenset[int]:
        key = (present, letter, is_last)
        if key not in self._steps:
            if len(self._steps) >= MOST_REMEMBERED:
                self._steps.clear()
            states = (self._states[number] for number in present)
            reached = [state.next for state in states if state.fits and state.fits(letter)]
            self._steps[key] = self._open(reached, is_first=False, is_last=is_last)
        return self._steps[key]

    def _open(self, numbers: list[int], *, is_first: bool, is_last: bool) -> frozenset[int]:
        seen: set[int] = set()
        closed = {"^"} if not is_first else set()
        closed |= {"$"} if not is_last else set()
        stack = list(numbers)
        while stack:
            number = stack.pop()
            if number not in seen and self._states[number].at not in closed:
                seen.add(number)
                stack.extend(self._states[number].ways)
        return frozenset(seen)


_CLASSES: dict[str, Fits] = {
    "d": lambda letter: letter in "0123456789",
    "D": lambda letter: letter not in "0123456789",
    "w": lambda letter: letter.isalnum() or letter == "_",
    "W": lambda letter: not (letter.isalnum() or letter == "_"),
    "s": str.isspace,
    "S": lambda letter: not letter.isspace(),
}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_PROPERTIES: dict[str, Fits] = {
    "L": str.isalpha,
    "Lu": str.isupper,
    "Ll": str.islower,
    "N": str.isnumeric,
    "Nd": str.isdecimal,
    "IsAlphabetic": str.isalpha,
    "Alpha": str.isalpha,
    "IsArabic": lambda letter: "\u0600" <= letter <= "\u06ff",
    "InArabic": lambda letter: "\u0600" <= letter <= "\u06ff",
}
_CODE = re.compile("[0-9a-fA-F]{4}")
_END = ("]", "")
_COUNT = re.compile(r"\{(\d{0,4})(,?)(\d{0,4})\}")


class _Reader:
    """Builds the states of a pattern from left to right; a part is its first and last state."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._place = 0
        self._states: list[_State] = []

    def automaton(self) -> Automaton:
        start, end = self._alternatives()
        if self._place < len(self._pattern):
            raise PatternRefused('a ")" has no counterpart')
        return Automaton(self._states, start, end)

    def _state(self, state: _State | None = None) -> int:
        if len(self._states) >= MOST_STATES:
            raise PatternRefused("it repeats too much")
        self._states.append(state or _State())
        return len(self._states) - 1

    def _peek(self) -> str:
        return self._pattern[self._place : self._place + 1]

    def _take(self) -> str:
        letter = self._peek()
        if not letter:
            raise PatternRefused("it ends too early")
        self._place += 1
        return letter

    def _alternatives(self) -> tuple[int, int]:
        parts = [self._sequence()]
        while self._peek() == "|":
            self._take()
            parts.append(self._sequence())
        if len(parts) == 1:
            return parts[0]
        end = self._state()
        for _, last in parts:
            self._states[last].ways.append(end)
        return self._state(_State(ways=[first for first, _ in parts])), end

    def _sequence(self) -> tuple[int, int]:
        first = last = self._state()
        while self._peek() not in {"", "|", ")"}:
            start, end = self._repeated()
            self._states[last].ways.append(start)
            last = end
        return first, last

    def _repeated(self) -> tuple[int, int]:
        begin = self._place
        part = self._atom()
        fewest, most = self._quantifier()
        if (fewest, most) == (1, 1):
            return part
        again = self._place
        first = last = self._state()
        for count in range(fewest + 1 if most is None else most):
            if count:
                self._place = begin  # read the same part once more for its own states
                part = self._atom()
                self._place = again
            self._states[last].ways.append(part[0])
            after = self._state()
            self._states[part[1]].ways.append(after)
            if count >= fewest:
                self._states[last].ways.append(after)
            if most is None and count == fewest:
                self._states[after].ways.append(part[0])
            last = after
        return first, last

    def _quantifier(self) -> tuple[int, int | None]:
        sign = self._peek()
        found = _COUNT.match(self._pattern, self._place) if sign == "{" else None
        if sign and sign in "*+?":
            self._place += 1
            limits: tuple[int, int | None] = {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        elif found:
            self._place = found.end()
            limits = self._counts(found)
        else:
            return 1, 1
        if self._peek() in {"?", "+"} and self._peek():
            self._take()  # lazy or possessive: the same texts fit
        if self._peek() and self._peek() in "*+?":
            raise PatternRefused("a repetition is repeated")
        return limits

    def _counts(self, found: re.Match[str]) -> tuple[int, int | None]:
        fewest = int(found[1] or 0)
        most = (int(found[3]) if found[3] else None) if found[2] else fewest
        if (
            fewest > MOST_REPEATS
            or (most or 0) > MOST_REPEATS
            or (most is not None and most < fewest)
        ):
            raise PatternRefused(f"it repeats more than {MOST_REPEATS} times")
        return fewest, most

    def _atom(self) -> tuple[int, int]:
        letter = self._take()
        if letter == "(":
            return self._group()
        if letter in "^$":
            only = self._state(_State(at=letter))
            return only, only
        if letter in "*+?":
            raise PatternRefused(f'"{letter}" repeats nothing')
        if letter == "[":
            return self._letter(self._set())
        if letter == ".":
            return self._letter(lambda each: each != "\n")
        if letter == "\\":
            escaped = self._escape()
            return self._letter(escaped.__eq__ if isinstance(escaped, str) else escaped)
        return self._letter(letter.__eq__)

    def _letter(self, fits: Fits) -> tuple[int, int]:
        end = self._state()
        return self._state(_State(fits=fits, next=end)), end

    def _group(self) -> tuple[int, int]:
        if self._peek() == "?":
            if not self._pattern.startswith("?:", self._place):
                raise PatternRefused("look-around and named groups are not read")
            self._place += 2
        part = self._alternatives()
        if self._peek() != ")":
            raise PatternRefused('a "(" has no counterpart')
        self._take()
        return part

    def _escape(self) -> Fits | str:
        """What follows a backslash: a class of letters, or one letter."""
        letter = self._take()
        if letter in _CLASSES:
            return _CLASSES[letter]
        if letter in "pP":
            found = re.compile(r"\{(\w+)\}|([LN])").match(self._pattern, self._place)
            fits = _PROPERTIES.get((found[1] or found[2]) if found else "")
            if not found or not fits:
                raise PatternRefused("this \\p{…} is not known")
            self._place = found.end()
            return fits if letter == "p" else lambda each: not fits(each)
        if letter == "u" and (code := _CODE.match(self._pattern, self._place)):
            self._place = code.end()
            return chr(int(code[0], 16))
        if letter.isalnum() and letter not in _ESCAPES:
            raise PatternRefused(f'"\\{letter}" is not read')
        return _ESCAPES.get(letter, letter)

    def _set(self) -> Fits:
        negated = self._peek() == "^"
        if negated:
            self._take()
        singles: set[str] = set()
        ranges: list[tuple[str, str]] = []
        tests: list[Fits] = []
        is_first = True
        while self._peek() != "]" or is_first:
            is_first = False
            first = self._member()
            if not isinstance(first, str):
                tests.append(first)
            elif (
                self._peek() == "-"
                and self._pattern[self._place + 1 : self._place + 2] not in _END
            ):
                self._take()
                last = self._member()
                if not isinstance(last, str) or last < first:
                    raise PatternRefused(f'the range that begins with "{first}" has no end')
                ranges.append((first, last))
            else:
                singles.add(first)
        self._take()

        def fits(each: str) -> bool:
            found = (
                each in singles
                or any(first <= each <= last for first, last in ranges)
                or any(test(each) for test in tests)
            )
            return found != negated

        return fits

    def _member(self) -> Fits | str:
        letter = self._take()
        if letter == "[":
            raise PatternRefused('a "[" inside brackets is written "\\["')
        return self._escape() if letter == "\\" else letter
