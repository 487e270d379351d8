"""How long a message has waited, in working days, and from when on that is late."""

from datetime import date, timedelta
from enum import StrEnum

LATE_AFTER, VERY_LATE_AFTER = 2, 5
"""Working days."""


class Lateness(StrEnum):
    IN_TIME = "in time"
    LATE = "late"
    VERY_LATE = "very late"


def working_days(since: date, until: date) -> int:
    """How many days from Monday to Friday have begun after a day, up to another."""
    days = max(0, (until - since).days)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum(
        (since + timedelta(days=ahead)).weekday() < 5 for ahead in range(1, rest + 1)
    )


def lateness(waited: int) -> Lateness:
    """How a message is marked that has waited for so many working days."""
    if waited > VERY_LATE_AFTER:
        return Lateness.VERY_LATE
    return Lateness.LATE if waited > LATE_AFTER else Lateness.IN_TIME
