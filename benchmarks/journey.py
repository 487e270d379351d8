"""What a first real day takes of people: taps and messages, as the demo plays and counts them."""

import re
import subprocess
import time
from collections.abc import Mapping
from statistics import median

from benchmarks.bots import MUSHARAKA, BotFailed
from benchmarks.figures import Figure, Goal

GOALS: Mapping[str, Goal] = {
    "citizen_acts": Goal(12, is_most=True),
    "officer_acts": Goal(25, is_most=True),
}
NAMED = (*GOALS, "requests", "journey_s")
DAY = ("demo", "--once", "--journey", "consultation", "--port", "0")
PATIENCE_SECONDS = 300
_CITIZEN = re.compile(r"acts of a citizen, link to receipt +(\d+)")
_OFFICER = re.compile(r"acts of the officer, new to open +(\d+)")
_REQUEST = re.compile(r"^ +request \w+ +(\d+)$", re.MULTILINE)


async def run(runs: int) -> list[Figure]:
    """The acts are the same in every run; the seconds are medians. Raises BotFailed."""
    days = [_played() for _ in range(runs)]
    said = days[-1][1]
    return [
        _counted("citizen_acts", _CITIZEN, said),
        _counted("officer_acts", _OFFICER, said),
        Figure.of("requests", sum(map(int, _REQUEST.findall(said))), "requests"),
        Figure.of("journey_s", median(seconds for seconds, _ in days), "s"),
    ]


def _played() -> tuple[float, str]:
    began = time.monotonic()
    played = subprocess.run(  # noqa: S603
        (*MUSHARAKA, *DAY), capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False
    )
    if played.returncode:
        raise BotFailed(played.stdout[-2_000:] + played.stderr[-2_000:])
    return time.monotonic() - began, played.stdout


def _counted(name: str, line: re.Pattern[str], said: str) -> Figure:
    found = line.search(said)
    if found is None:
        raise BotFailed(f"the day did not say {name}")
    return Figure.of(name, int(found[1]), "acts", GOALS[name])
