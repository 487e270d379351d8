"""ODK's functions, by the names of its specification: how many arguments, and what they give.

Arguments arrive evaluated, as text, number or truth; functions that must not evaluate all of
theirs (`if`, `coalesce`, `once`, `jr:choice-name`) are built in `forms/xpath/closures.py` and have
no `call` here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from forms.xpath.regexes import matches
from forms.xpath.values import NAN, Value, days_since_epoch, to_boolean, to_day, to_number
from forms.xpath.values import to_string as text

Call = Callable[..., Value]

LONGEST_JOINED = 100_000
"""What `concat` and `join` give at most; an answer has 4,000 characters, a cell 32,767."""


@dataclass(frozen=True)
class Function:
    """`most` is None where any number of arguments may follow."""

    fewest: int
    most: int | None
    call: Call | None = None


def _selected(chosen: Value, name: Value) -> bool:
    return text(name).strip() in text(chosen).split()


def _selected_at(chosen: Value, place: Value) -> str:
    names = text(chosen).split()
    number = to_number(place)
    return names[int(number)] if number >= 0 and number < len(names) else ""


def _round(value: Value, places: Value = 0.0) -> float:
    number, digits = to_number(value), to_number(places)
    if not math.isfinite(number) or not math.isfinite(digits) or abs(digits) > 30:
        return number
    step = Decimal(1).scaleb(-int(digits))
    try:
        return float(Decimal(repr(number)).quantize(step, ROUND_HALF_UP)) + 0.0
    except InvalidOperation:  # more digits than Decimal keeps: there is nothing to round
        return number


def _int(value: Value) -> float:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else NAN


def _substr(value: Value, start: Value, end: Value | None = None) -> str:
    """From `start` (0 is the first letter) up to but without `end`; negatives from behind."""
    whole = text(value)
    first, last = to_number(start), float(len(whole)) if end is None else to_number(end)
    if not (math.isfinite(first) and math.isfinite(last)):
        return ""
    return whole[int(first) : int(last)]


def _substring(value: Value, start: Value, length: Value | None = None) -> str:
    """XPath's own: the first letter is 1."""
    whole = text(value)
    first = _half_up(to_number(start))
    last = math.inf if length is None else first + _half_up(to_number(length))
    return "".join(sign for i, sign in enumerate(whole, 1) if first <= i < last)


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _before(value: Value, mark: Value) -> str:
    head, found, _ = text(value).partition(text(mark)) if text(mark) else ("", "", "")
    return head if found else ""


def _after(value: Value, mark: Value) -> str:
    return text(value).partition(text(mark))[2] if text(mark) else text(value)


def _translate(value: Value, old: Value, new: Value) -> str:
    table: dict[int, str | None] = {}
    target = text(new)
    for i, sign in enumerate(text(old)):
        table.setdefault(ord(sign), target[i] if i < len(target) else None)
    return text(value).translate(table)


def _join(glue: Value, *parts: Value) -> str:
    """Cut where it is too long: rows that each double the one before would fill the memory."""
    return text(glue).join(text(part) for part in parts)[:LONGEST_JOINED]


def _date(value: Value) -> str:
    day = to_day(value)
    return day.isoformat() if day else ""


def _days(value: Value) -> float:
    day = to_day(value)
    return days_since_epoch(day) if day else NAN


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DATE_PARTS: dict[str, Callable[[date], str]] = {
    "Y": lambda day: f"{day.year:04}",
    "y": lambda day: f"{day.year % 100:02}",
    "m": lambda day: f"{day.month:02}",
    "n": lambda day: str(day.month),
    "b": lambda day: _MONTHS[day.month - 1],
    "d": lambda day: f"{day.day:02}",
    "e": lambda day: str(day.day),
    "a": lambda day: _DAYS[day.weekday()],
    "H": lambda _: "00",
    "h": lambda _: "0",
    "M": lambda _: "00",
    "S": lambda _: "00",
    "3": lambda _: "000",
}


def _format_date(value: Value, pattern: Value) -> str:
    """ODK's letters (`%Y %y %m %n %b %d %e %a`); hours are zero: only days are known here."""
    day = to_day(value)
    if day is None:
        return ""
    head, *rest = text(pattern).split("%")
    written = [head]
    for piece in rest:
        part = _DATE_PARTS.get(piece[:1])
        written.append(part(day) + piece[1:] if part else f"%{piece}")
    return "".join(written)


def _boolean_from_string(value: Value) -> bool:
    return text(value).strip().lower() in {"1", "true"}


def _numbers(values: tuple[Value, ...]) -> list[float]:
    """Empty answers are left out; anything else that is no number makes the result NaN."""
    return [to_number(value) for value in values if value != ""]


def _extreme(pick: Callable[[list[float]], float]) -> Call:
    def call(*values: Value) -> float:
        numbers = _numbers(values)
        return pick(numbers) if numbers and not any(map(math.isnan, numbers)) else NAN

    return call


def _pow(base: Value, exponent: Value) -> float:
    try:
        result = to_number(base) ** to_number(exponent)
    except (OverflowError, ZeroDivisionError):
        return NAN
    return result if isinstance(result, float) else NAN


FUNCTIONS: dict[str, Function] = {
    "if": Function(3, 3),
    "coalesce": Function(2, None),
    "once": Function(1, 1),
    "jr:choice-name": Function(2, 2),
    "today": Function(0, 0),
    "now": Function(0, 0),
    "position": Function(0, 1),
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "not": Function(1, 1, lambda value: not to_boolean(value)),
    "boolean": Function(1, 1, to_boolean),
    "boolean-from-string": Function(1, 1, _boolean_from_string),
    "number": Function(1, 1, to_number),
    "string": Function(1, 1, text),
    "selected": Function(2, 2, _selected),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda chosen: float(len(text(chosen).split()))),
    "regex": Function(2, 2, lambda value, pattern: matches(text(pattern), text(value))),
    "int": Function(1, 1, _int),
    "round": Function(1, 2, _round),
    "floor": Function(1, 1, lambda value: _whole(value, math.floor)),
    "ceiling": Function(1, 1, lambda value: _whole(value, math.ceil)),
    "abs": Function(1, 1, lambda value: abs(to_number(value))),
    "pow": Function(2, 2, _pow),
    "min": Function(1, None, _extreme(min)),
    "max": Function(1, None, _extreme(max)),
    "sum": Function(1, None, lambda *values: float(sum(_numbers(values)))),
    "count": Function(1, None, lambda *values: float(len(values))),
    "count-non-empty": Function(1, None, lambda *values: float(sum(v != "" for v in values))),
    "concat": Function(1, None, lambda *parts: _join("", *parts)),
    "join": Function(2, None, _join),
    "substr": Function(2, 3, _substr),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, _before),
    "substring-after": Function(2, 2, _after),
    "string-length": Function(1, 1, lambda value: float(len(text(value)))),
    "normalize-space": Function(1, 1, lambda value: " ".join(text(value).split())),
    "translate": Function(3, 3, _translate),
    "contains": Function(2, 2, lambda value, part: text(part) in text(value)),
    "starts-with": Function(2, 2, lambda value, part: text(value).startswith(text(part))),
    "ends-with": Function(2, 2, lambda value, part: text(value).endswith(text(part))),
    "date": Function(1, 1, _date),
    "decimal-date-time": Function(1, 1, _days),
    "format-date": Function(2, 2, _format_date),
}


def _whole(value: Value, rounded: Callable[[float], int]) -> float:
    number = to_number(value)
    return float(rounded(number)) if math.isfinite(number) else number
