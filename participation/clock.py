"""One clock, the commune's time zone, and a check that its rules are the ones in force."""

import os
import zoneinfo
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Says what time it is, aware, in UTC. It is asked once per unit of work."""


class ZoneDataOutOfDate(Exception):
    """The time-zone data do not know that Morocco keeps UTC+0 since 20 September 2026."""


def use_packaged_zones() -> None:
    """Read time zones from the pinned ``tzdata`` package only.

    Many servers' own data still say UTC+1 for Morocco, and ``zoneinfo`` would prefer them.
    """
    os.environ["PYTHONTZPATH"] = ""
    zoneinfo.reset_tzpath(to=[])
    ZoneInfo.clear_cache()


use_packaged_zones()
MOROCCO = ZoneInfo("Africa/Casablanca")


def check_zone_data(zone: ZoneInfo = MOROCCO) -> None:
    """Raise ZoneDataOutOfDate unless the zone follows decree 2.26.530 (permanent UTC+0)."""
    in_july = datetime(2026, 7, 1, 12, tzinfo=zone).utcoffset()
    in_november = datetime(2026, 11, 1, 12, tzinfo=zone).utcoffset()
    if (in_july, in_november) != (timedelta(hours=1), timedelta(0)):
        raise ZoneDataOutOfDate


def system_clock(offset: timedelta = timedelta(0)) -> Clock:
    """The machine's clock, moved by an offset (demonstrations and tests only)."""
    return lambda: datetime.now(UTC) + offset


def local(instant: datetime) -> datetime:
    """An instant as the commune's wall clocks show it."""
    return instant.astimezone(MOROCCO)


def today(now: datetime) -> date:
    """The commune's day."""
    return local(now).date()


def start_of(day: date) -> datetime:
    """The first instant of a day in the commune."""
    return datetime.combine(day, time(), tzinfo=MOROCCO).astimezone(UTC)
