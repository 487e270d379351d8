"""How fast answers are taken and kept, beside a stock echo bot that keeps nothing.

Every bot has a simulated Telegram of its own in this process, so that windows of load alternate
between bots that all run. This process and PostgreSQL have one core, the bots the other.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

from benchmarks.bots import COMMITTING, ECHO, EXAMPLE, MUSHARAKA, ROOT, Bot, prepared, running
from benchmarks.crowd import Crowd, Window
from benchmarks.figures import Figure, Goal
from benchmarks.kept import spoil_submissions, stored_answers
from benchmarks.machine import bot_core
from benchmarks.order import out_of_order
from benchmarks.scripts import (
    SLUG,
    Learner,
    Script,
    answers_of,
    echoed,
    one_request,
    requests_of,
)
from benchmarks.telegram import telegram
from forms.compiler import compile_workbook
from tests.postgres import PostgresServer

CHATS = 200
WARM_UP = 100
ANSWERS = 500
"""Answers in one window: short, since a machine's speed may change within seconds."""
TURNS = 2
"""Windows of each bot in one run."""
SEEDS = 3
BURST = 10
"""Typed answers that each chat sends at once: 2,000 with 200 chats."""
SMALL_CROWDS = 20
"""How often five chats send such bursts."""
TAPS = 150
APOLOGY_SECONDS = 10.0
THINKING_SECONDS = 0.25
"""What the failing person takes to write again: less than it takes the others to come round."""
FLOOD_SECONDS = 3.0
LATENCIES = (0, 50)
JITTER = 40
DATABASES = ("sqlite", "postgresql")

GOALS: Mapping[str, Goal] = {
    **{f"ratio_{name}_{ms}ms": Goal(1.0) for name in DATABASES for ms in LATENCIES},
    **{f"ratio_commit_per_update_{name}": Goal(2.0) for name in DATABASES},
    "out_of_order": Goal(0, is_most=True),
    "rate_beside_failing": Goal(0.9),
    "counted_not_stored": Goal(0, is_most=True),
}
NAMED = (
    *GOALS,
    "ratio_one_request_echo",
    "cpu_us_per_update",
    "tap_p50_ms",
    "tap_p95_ms",
    "backlog_per_s",
    "requests_per_answer",
    "server_ceiling_per_s",
)


@dataclass
class Ours:
    """Our bot on one database, and what the people who learned from it know."""

    bot: Bot
    database_url: str
    scripts: Sequence[Script]
    typed: Script
    spoiled: int
    """The chat of the person for whom the handler fails."""
    learned: int
    """Answers given by the learners."""
    crowds: list[Crowd] = field(default_factory=list)

    def crowd(self, size: int, scripts: Sequence[Script]) -> Crowd:
        crowd = Crowd(self.bot, scripts, size)
        self.crowds.append(crowd)
        return crowd

    async def not_stored(self) -> int:
        """Answers that were counted and are in no row."""
        counted = self.learned + sum(crowd.answers for crowd in self.crowds)
        return abs(counted - await stored_answers(self.database_url))


async def run(runs: int) -> list[Figure]:
    """Every figure of this benchmark; raises what a bot or the server has done wrong."""
    async with AsyncExitStack() as stack:
        postgres = stack.enter_context(PostgresServer(fsync=True))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="musharaka-bench-")))
        urls = {
            "sqlite": f"sqlite:///{folder}/musharaka.db",
            "postgresql": postgres.create_database("ours"),
        }
        ours = {
            name: await stack.enter_async_context(_ours(name, folder, urls[name]))
            for name in DATABASES
        }
        scripts = ours["sqlite"].scripts
        crowds = {name: ours[name].crowd(CHATS, scripts) for name in DATABASES}
        for name, script, command, settings in (
            ("echo", echoed, ECHO, {}),
            ("one_request", one_request, ECHO, {}),
            ("commit_sqlite", echoed, COMMITTING, _sqlite(folder / "committing.db")),
            ("commit_postgresql", echoed, COMMITTING, _url(postgres.create_database("each"))),
        ):
            bot = await stack.enter_async_context(_running(name, command, folder, settings))
            crowds[name] = Crowd(bot, [script(one) for one in scripts], CHATS, numbered=True)
        windows = await _alternate(crowds, runs)
        one = ours["sqlite"]
        return [
            *_ratios(windows),
            *_costs(windows, scripts),
            *await _bursts(one, runs),
            *await _alone(one),
            await _beside_failing(one, crowds["sqlite"], runs),
            Figure.of("server_ceiling_per_s", await _ceiling(), "requests/s"),
            Figure.of(
                "counted_not_stored",
                sum([await each.not_stored() for each in ours.values()]),
                "answers",
                GOALS["counted_not_stored"],
            ),
        ]


def _sqlite(path: Path) -> dict[str, str]:
    return _url(f"sqlite+aiosqlite:///{path}")


def _url(url: str) -> dict[str, str]:
    return {"DATABASE_URL": url}


@asynccontextmanager
async def _running(
    name: str, command: Sequence[str], folder: Path, settings: Mapping[str, str]
) -> AsyncIterator[Bot]:
    token = f"{1_000_000 + sum(name.encode())}:simulated-token"
    async with (
        telegram(token) as server,
        running(name, command, server, folder, settings) as bot,
    ):
        yield bot


@asynccontextmanager
async def _ours(name: str, folder: Path, database_url: str) -> AsyncIterator[Ours]:
    """The bot with its defaults and the example; somebody learns how it asks."""
    home = folder / name
    home.mkdir()
    settings = await prepared(home, database_url)
    workbook = EXAMPLE / "consultations" / SLUG / "questionnaire.xlsx"
    form = compile_workbook(workbook.read_bytes()).form
    async with _running(name, (*MUSHARAKA, "run"), home, settings) as bot:
        spoiled = await Learner(bot.telegram, form, 0).begin()
        await spoil_submissions(database_url)
        scripts = [await Learner(bot.telegram, form, seed).learn() for seed in range(SEEDS)]
        typed = await Learner(bot.telegram, form, 0, typing=True).learn()
        learned = sum(answers_of(script) for script in (*scripts, typed))
        yield Ours(bot, database_url, scripts, typed, spoiled, learned)


async def _alternate(crowds: Mapping[str, Crowd], runs: int) -> dict[str, list[Window]]:
    """Windows of every bot in turn, by ``NAME_MSms``; those that commit each update at 0 ms."""
    windows: dict[str, list[Window]] = {}
    for crowd in crowds.values():
        await crowd.stagger()
    for latency in LATENCIES:
        for number in range(runs * TURNS):
            for name, crowd in crowds.items():
                if latency and name not in (*DATABASES, "echo"):
                    continue
                crowd.bot.telegram.delay(latency)
                window = await crowd.measure(WARM_UP, ANSWERS)
                windows.setdefault(f"{name}_{latency}ms", []).append(window)
                _say(f"{latency:2} ms, turn {number + 1}, {name}", window)
    for crowd in crowds.values():
        crowd.bot.telegram.delay(0)
    return windows


def _say(what: str, window: Window) -> None:
    sys.stderr.write(
        f"  {what:32} {window.answers_per_second:6.0f} answers/s, "
        f"server {window.server_share:4.0%} busy\n"
    )


def _rate(windows: Mapping[str, Sequence[Window]], name: str) -> float:
    return median(window.answers_per_second for window in windows[name])


def _ratio(ours: Sequence[Window], theirs: Sequence[Window]) -> float:
    """The median of the turns: two windows of one turn found much the same machine."""
    turns = zip(ours, theirs, strict=True)
    return median(one.answers_per_second / other.answers_per_second for one, other in turns)


def _ratios(windows: Mapping[str, Sequence[Window]]) -> list[Figure]:
    figures = [
        Figure.of(name, _ratio(windows[ours], windows[theirs]), "times", GOALS.get(name))
        for name, ours, theirs in (
            *(
                (f"ratio_{name}_{ms}ms", f"{name}_{ms}ms", f"echo_{ms}ms")
                for name in DATABASES
                for ms in LATENCIES
            ),
            *(
                (f"ratio_commit_per_update_{name}", f"{name}_0ms", f"commit_{name}_0ms")
                for name in DATABASES
            ),
            ("ratio_one_request_echo", "sqlite_0ms", "one_request_0ms"),
        )
    ]
    rates = [
        Figure.of(f"answers_per_s_{name}", _rate(windows, name), "answers/s") for name in windows
    ]
    return [*figures, *rates]


def _costs(windows: Mapping[str, Sequence[Window]], scripts: Sequence[Script]) -> list[Figure]:
    def cpu(name: str) -> float:
        return median(one.bot_cpu / one.updates for one in windows[name]) * 1e6

    def busiest(name: str) -> float:
        return max(one.server_share for one in windows[name]) * 100

    counted = windows["sqlite_0ms"]
    recorded = sum(one.requests for one in counted) / sum(one.answers for one in counted)
    planned = sum(map(requests_of, scripts)) / sum(map(answers_of, scripts))
    return [
        Figure.of("requests_per_answer", recorded, "requests"),
        Figure.of("requests_per_answer_learned", planned, "requests"),
        Figure.of("cpu_us_per_update", cpu("sqlite_0ms"), "µs"),
        Figure.of("cpu_us_per_update_postgresql", cpu("postgresql_0ms"), "µs"),
        Figure.of("cpu_us_per_update_echo", cpu("echo_0ms"), "µs"),
        Figure.of("cpu_ratio_sqlite", cpu("echo_0ms") / cpu("sqlite_0ms"), "times"),
        Figure.of("cpu_ratio_postgresql", cpu("echo_0ms") / cpu("postgresql_0ms"), "times"),
        Figure.of("server_busy_sqlite_0ms", busiest("sqlite_0ms"), "%"),
        Figure.of("server_busy_echo_0ms", busiest("echo_0ms"), "%"),
    ]


async def _bursts(ours: Ours, runs: int) -> list[Figure]:
    """Many typed answers at once: how fast they are worked off, and in what order."""
    rates, large, small = list[float](), 0, 0
    for latency in (*[0] * runs, LATENCIES[-1]):
        seconds, wrong = await _burst(ours, CHATS, latency)
        large += wrong
        if not latency:
            rates.append(CHATS * BURST / seconds)
    for number in range(SMALL_CROWDS):
        _, wrong = await _burst(ours, 5, LATENCIES[number % len(LATENCIES)])
        small += wrong
    return [
        Figure.of("backlog_per_s", median(rates), "answers/s"),
        Figure.of("out_of_order", large + small, "replies", GOALS["out_of_order"]),
        Figure.of("out_of_order_5_chats", small, "replies"),
        Figure.of("out_of_order_200_chats", large, "replies"),
    ]


async def _burst(ours: Ours, size: int, latency: float) -> tuple[float, int]:
    """Seconds it took, and replies out of order."""
    server = ours.bot.telegram
    crowd = ours.crowd(size, [ours.typed])
    first = next(number for number, act in enumerate(ours.typed) if act.answers)
    server.delay(latency, JITTER if latency else 0)
    await crowd.gather_at(first)
    since = server.world.record.count
    seconds = await crowd.burst(first, BURST)
    server.delay(0)
    return seconds, out_of_order(server, since, crowd.people, ours.typed, first, BURST)


async def _alone(ours: Ours) -> list[Figure]:
    """One chat alone: from each tap until the next question has arrived at the server."""
    crowd = ours.crowd(1, ours.scripts)
    crowd.timing = True
    await crowd.measure(1, TAPS)
    milliseconds = [seconds * 1000 for seconds in crowd.taps]
    cuts = quantiles(milliseconds, n=20)
    return [
        Figure.of("tap_p50_ms", median(milliseconds), "ms"),
        Figure.of("tap_p95_ms", cuts[-1], "ms"),
    ]


async def _beside_failing(ours: Ours, crowd: Crowd, runs: int) -> Figure:
    """The crowd's rate while one person's every message makes the handler raise."""
    calm, beside = list[Window](), list[Window]()
    for _ in range(runs * TURNS):
        calm.append(await crowd.measure(WARM_UP, ANSWERS))
        writing = asyncio.create_task(_write_in_vain(ours))
        beside.append(await crowd.measure(WARM_UP, ANSWERS, rest=False))
        writing.cancel()
        await asyncio.wait({writing})
        if not writing.cancelled() and (error := writing.exception()) is not None:
            raise error
    goal = GOALS["rate_beside_failing"]
    return Figure.of("rate_beside_failing", _ratio(beside, calm), "times", goal)


async def _write_in_vain(ours: Ours) -> None:
    """Write again when the apology has come."""
    server = ours.bot.telegram
    chats = server.world.chats
    chat, person = chats.all[ours.spoiled], chats.people[ours.spoiled]
    while True:
        await asyncio.sleep(THINKING_SECONDS)
        server.people.sends(person, chat, {"text": "Bonjour"})
        async with asyncio.timeout(APOLOGY_SECONDS):
            while next(reversed(chat.messages.values()))["from"] is person.user:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


async def _ceiling() -> float:
    """Requests that the server itself answers in a second, asked by raw sockets."""
    async with telegram("1000099:simulated-token") as server:
        person, chat = server.newcomer()
        server.people.sends(person, chat, {"text": "Bonjour"})
        address = urlsplit(server.base)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "benchmarks.opponents.flood", address.hostname or "", str(address.port)),
            *(f"/bot{server.token}", str(chat.id), str(FLOOD_SECONDS)),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        os.sched_setaffinity(process.pid, bot_core())
        output, _ = await process.communicate()
        return float(output)
