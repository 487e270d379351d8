"""ODK's values and how one becomes another.

There are three: text, number (a float) and truth. An ISO day stands for the number of days since
1970-01-01 wherever a number is asked for, so that `today() - ${born}` and `${day} > '2026-01-01'`
mean what an author expects.
"""

import math
import re
from datetime import date, timedelta
from decimal import Decimal

Value = str | float | bool

NAN = math.nan
_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(?:\d{1,300}(?:\.\d*)?|\.\d+)\s*", re.ASCII)
_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)\S{0,20})?\s*", re.ASCII)


def to_number(value: Value) -> float:
    """NaN where there is no number: ODK never stops at a value that it cannot read."""
    if isinstance(value, str):
        if _NUMBER.fullmatch(value):
            return float(value)
        day = _DAY.fullmatch(value)
        return _days(day) if day else NAN
    return float(value)


def to_string(value: Value) -> str:
    """Whole numbers have no point, and no number has an exponent."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def to_boolean(value: Value) -> bool:
    """Text is true unless empty; a number unless zero or NaN."""
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def to_day(value: Value) -> date | None:
    """The day that an ISO text or a number of days since 1970 stands for."""
    number = to_number(value)
    if math.isnan(number) or math.isinf(number):
        return None
    try:
        return _EPOCH + timedelta(days=math.floor(number))
    except OverflowError:
        return None


def days_since_epoch(day: date) -> float:
    return float((day - _EPOCH).days)


def equal(left: Value, right: Value) -> bool:
    """`=`: as truths if one is a truth, as numbers if one is a number, else letter by letter."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    return to_number(left) == to_number(right)


def _days(parts: re.Match[str]) -> float:
    year, month, day, hour, minute = parts.groups()
    try:
        whole = days_since_epoch(date(int(year), int(month), int(day)))
    except ValueError:
        return NAN
    return whole + (int(hour) * 60 + int(minute)) / 1440 if hour else whole
