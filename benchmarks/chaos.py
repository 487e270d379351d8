"""Twenty kills, two crashes and two full disks as a benchmark; `make chaos` kills 200 times."""

import os
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.machine import cores
from tests.chaos import suite

KILLS = 20
SEED = 1

GOALS = suite.GOALS
NAMED = suite.NAMED


async def run(_runs: int) -> list[Figure]:
    """One run: its figures are counts, and no goal of theirs bears a median."""
    os.sched_setaffinity(0, cores())  # the bot and the server it is killed beside share them all
    with tempfile.TemporaryDirectory(prefix="musharaka-chaos-") as folder:
        orders = suite.Orders(kills=KILLS, seed=SEED, folder=Path(folder), forked=True, say=_say)
        return (await suite.run(orders)).figures()


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
