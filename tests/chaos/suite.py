"""Everything together, and its figures: kills on each database, a crash, full disks."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure, Goal
from storage.schema import migrate
from tests.chaos.checker import Verdict, judge
from tests.chaos.disasters import Survived, crash_postgres, fill_postgres, fill_sqlite
from tests.chaos.history import read
from tests.chaos.run import kill_again_and_again
from tests.chaos.small_disk import NoSmallDisk, server_on_small_disk
from tests.chaos.stages import Stage
from tests.databases import KINDS, NAMES, sqlite_url
from tests.postgres import PostgresServer, running_server
from tests.processes.starter import Starter

NONE = Goal(0, is_most=True)
KILLS_A_STAGE = 2
GOALS: dict[str, Goal] = {
    "lost": NONE,
    "stored_twice": NONE,
    "replies_missing": NONE,
    "beyond_flight": NONE,
    "while_full": NONE,
    "parked": NONE,
    "resumed_after_crash_postgresql": Goal(5, is_most=True),
    **{f"kills_{stage}": Goal(KILLS_A_STAGE) for stage in Stage},
}
"""``repeated`` has a goal too: what was in flight, which is known afterwards."""
NAMED = ("lost", "stored_twice", "replies_missing", "repeated", "parked")


@dataclass
class Orders:
    """How a suite is run; ``kills`` are those of all databases together, ``latency`` seconds."""

    kills: int
    seed: int
    folder: Path
    databases: Sequence[str] = KINDS
    latency: float = 0.05
    forked: bool = False
    say: Callable[[str], None] = lambda _: None

    def room(self, name: str) -> Path:
        """A new folder for one run."""
        folder = self.folder / name
        folder.mkdir()
        return folder


@dataclass
class Outcome:
    """Verdicts of several runs, by what they were."""

    verdicts: dict[str, Verdict] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    """How long it took at most until something was said again, after each kind of trouble."""
    left_out: list[str] = field(default_factory=list)

    def resumed(self, name: str, survived: Survived) -> None:
        self.seconds[name] = max(survived.resumed)

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
            "while_full": sum(len(one.while_full) for one in found),
            "parked": sum(one.parked for one in found),
        }
        return [
            Figure.of("kills", sum(one.kills for one in found), "kills"),
            Figure.of("acts", sum(one.acts for one in found), "updates"),
            *(Figure.of(name, number, "", GOALS[name]) for name, number in sums.items()),
            Figure.of("repeated", repeated, "requests", Goal(in_flight, is_most=True)),
            Figure.of("in_flight", in_flight, "requests"),
            *(
                Figure.of(f"kills_{stage}", spread[stage], "kills", GOALS[f"kills_{stage}"])
                for stage in Stage
            ),
            *(
                Figure.of(
                    f"resumed_after_{name}", seconds, "s", GOALS.get(f"resumed_after_{name}")
                )
                for name, seconds in self.seconds.items()
            ),
            Figure.of("left_out", len(self.left_out), "runs"),
        ]


async def run(orders: Orders) -> Outcome:
    """Run it all, one after the other; the histories stay in the folder."""
    outcome = Outcome()
    starter = Starter() if orders.forked else None
    try:
        await _kill(orders, outcome, starter)
        if "sqlite" in orders.databases:
            await _fill_sqlite(orders, outcome)
        if "postgresql" in orders.databases:
            await _crash_postgres(orders, outcome, starter)
            await _fill_postgres(orders, outcome, starter)
    finally:
        if starter is not None:
            starter.close()
    return outcome


async def _kill(orders: Orders, outcome: Outcome, starter: Starter | None) -> None:
    each, rest = divmod(orders.kills, len(orders.databases))
    for number, kind in enumerate(orders.databases):
        folder = orders.room(f"kills_{kind}")
        kills, seed = each + (number < rest), orders.seed + number
        orders.say(f"{NAMES[kind]}: {kills} kills, seed {seed}")
        with _new_database(kind, folder) as url:
            await migrate(url)
            history = await kill_again_and_again(
                url, folder, kills=kills, seed=seed, latency=orders.latency, starter=starter
            )
        _keep(orders, outcome, folder.name, history)


async def _fill_sqlite(orders: Orders, outcome: Outcome) -> None:
    orders.say("SQLite: the file may not grow any more")
    folder = orders.room("full_sqlite")
    with _new_database("sqlite", folder) as url:
        await migrate(url)
        survived = await fill_sqlite(url, folder, seed=orders.seed)
    _keep(orders, outcome, folder.name, survived.history)
    outcome.resumed(folder.name, survived)


async def _crash_postgres(orders: Orders, outcome: Outcome, starter: Starter | None) -> None:
    orders.say("PostgreSQL: stopped as by a crash, and started again")
    folder = orders.room("crash_postgresql")
    with PostgresServer(fsync=True) as server:
        url = server.create_database(server.new_name())
        await migrate(url)
        survived = await crash_postgres(
            server, url, folder, seed=orders.seed, latency=orders.latency, starter=starter
        )
    _keep(orders, outcome, folder.name, survived.history)
    outcome.resumed(folder.name, survived)


async def _fill_postgres(orders: Orders, outcome: Outcome, starter: Starter | None) -> None:
    orders.say("PostgreSQL: its disk becomes full")
    folder = orders.room("full_postgresql")
    try:
        with server_on_small_disk() as (server, disk):
            url = server.create_database(server.new_name())
            await migrate(url)
            survived = await fill_postgres(
                server, disk, url, folder, seed=orders.seed, starter=starter
            )
    except NoSmallDisk as reason:
        outcome.left_out.append("full_postgresql")
        orders.say(f"LEFT OUT: PostgreSQL on a full disk, because {reason}")
        return
    _keep(orders, outcome, folder.name, survived.history)
    outcome.resumed(folder.name, survived)


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
