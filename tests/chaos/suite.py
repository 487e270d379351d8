"""Everything together, and its figures: kills on each database, crashes, full disks."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Goal
from storage.database import migrate
from tests.chaos.checker import Verdict, judge
from tests.chaos.history import read
from tests.chaos.run import kill_again_and_again
from tests.chaos.stages import Stage
from tests.databases import KINDS, NAMES, sqlite_url
from tests.postgres import running_server

NONE = Goal(0, is_most=True)
KILLS_A_STAGE = 2
GOALS: dict[str, Goal] = {
    "lost": NONE,
    "stored_twice": NONE,
    "replies_missing": NONE,
    "beyond_flight": NONE,
    "parked": NONE,
    **{f"kills_{stage}": Goal(KILLS_A_STAGE) for stage in Stage},
}
"""``repeated`` has a goal too: what was in flight, which is known afterwards."""


@dataclass
class Orders:
    """How a suite is run; ``kills`` are those of all databases together, ``latency`` seconds."""

    kills: int
    seed: int
    folder: Path
    databases: Sequence[str] = KINDS
    latency: float = 0.05
    fresh: bool = True
    say: Callable[[str], None] = lambda _: None


@dataclass
class Outcome:
    """Verdicts of several runs, by what they were."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    more: list[Figure] = field(default_factory=list)

    def figures(self) -> list[Figure]:
        """Sums over all runs, in the form of every measurement."""
        found = list(self.verdicts.values())
        spread = sum((one.spread for one in found), Counter[str]())
        repeated = sum(one.repeated for one in found)
        in_flight = sum(one.in_flight for one in found)
        sums = {
            "lost": sum(len(one.lost) for one in found),
            "stored_twice": sum(len(one.stored_twice) for one in found),
            "replies_missing": sum(len(one.replies_missing) for one in found),
            "beyond_flight": sum(len(one.beyond_flight) for one in found),
            "parked": sum(one.parked for one in found),
        }
        return [
            Figure.of("kills", sum(one.kills for one in found), "kills"),
            Figure.of("acts", sum(one.acts for one in found), "updates"),
            *(Figure.of(name, number, "", GOALS[name]) for name, number in sums.items()),
            Figure.of("repeated", repeated, "requests", Goal(in_flight, is_most=True)),
            *(
                Figure.of(f"kills_{stage}", spread[stage], "kills", GOALS[f"kills_{stage}"])
                for stage in Stage
            ),
            *self.more,
        ]


async def run(orders: Orders) -> Outcome:
    """Run it all, one after the other; the histories stay in the folder."""
    outcome = Outcome()
    each, rest = divmod(orders.kills, len(orders.databases))
    for number, kind in enumerate(orders.databases):
        folder = orders.folder / kind
        folder.mkdir()
        kills = each + (number < rest)
        with _new_database(kind, folder) as url:
            await migrate(url)
            orders.say(f"{NAMES[kind]}: {kills} kills, seed {orders.seed}")
            history = await kill_again_and_again(
                url,
                folder,
                kills=kills,
                seed=orders.seed + number,
                latency=orders.latency,
                fresh=orders.fresh,
            )
        _keep(orders, outcome, f"kills_on_{kind}", history)
    return outcome


def _keep(orders: Orders, outcome: Outcome, name: str, history: Path) -> None:
    verdict = outcome.verdicts[name] = judge(read(history))
    orders.say(verdict.told())
    for finding in verdict.findings():
        orders.say(f"  {finding}")
    if not verdict.sound:
        orders.say(f"  the history: {history}")


@contextlib.contextmanager
def _new_database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database of a run's own."""
    if kind == "sqlite":
        yield sqlite_url(folder / "musharaka.db")
        return
    with running_server() as server:
        name = server.new_name()
        try:
            yield server.create_database(name)
        finally:
            server.drop_database(name)
