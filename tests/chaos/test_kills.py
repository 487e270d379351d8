"""The bot is killed at every stage while people answer, and nothing is lost; figures as such."""

import random
from pathlib import Path

import pytest

from tests.chaos.checker import judge
from tests.chaos.history import read
from tests.chaos.killer import plan
from tests.chaos.run import kill_again_and_again
from tests.chaos.stages import Stage
from tests.processes.starter import Starter

KILLS = 10
"""On each database; the stages of both together are met at least twice."""


async def test_nothing_is_lost_when_the_bot_is_killed_at_every_stage(
    database_url: str, tmp_path: Path, starter: Starter, capsys: pytest.CaptureFixture[str]
) -> None:
    history = await kill_again_and_again(
        database_url, tmp_path, kills=KILLS, seed=20261123, latency=0.05, starter=starter
    )

    verdict = judge(read(history))

    assert verdict.findings() == [], f"the history: {history}"
    assert verdict.parked == 0
    assert verdict.repeated <= verdict.in_flight
    assert sum(verdict.spread.values()) == KILLS
    assert min(verdict.spread[stage] for stage in Stage) >= 1
    assert verdict.acts > KILLS
    with capsys.disabled():
        print(f"\n{verdict.told()}")  # noqa: T201  (the spread is part of the result)


@pytest.mark.parametrize("kills", [1, 7, 10, 20, 200])
def test_a_plan_takes_every_stage_as_often_and_begins_with_no_start(kills: int) -> None:
    planned = plan(kills, list(Stage), random.Random(kills))  # noqa: S311  (repeatable)

    counts = [planned.count(stage) for stage in Stage]
    assert len(planned) == kills
    assert max(counts) - min(counts) <= 1
    assert kills == 1 or planned[0] is not Stage.STARTING
