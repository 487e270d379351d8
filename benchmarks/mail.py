"""An announcement at the safe pace, outcomes stored, beside a bare loop that stores nothing."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.bots import MUSHARAKA, environment, prepared, stop
from benchmarks.figures import Figure, Goal
from benchmarks.machine import bot_core
from benchmarks.telegram import Telegram, telegram
from participation.announcing import announce
from storage.announcements import AnnouncementKind
from storage.audiences import Audience
from storage.database import Database
from storage.people import Channel, Person

TOKEN = "1000001:simulated-token"  # noqa: S105 - opens nothing but the simulator
PEOPLE = 280
"""Ten seconds at 28 a second."""
LATENCY = 50
PATIENCE_SECONDS = 90.0
BARE = (sys.executable, "-m", "benchmarks.opponents.mailing")
SAID = {"text": "Une consultation est ouverte."}

GOALS: Mapping[str, Goal] = {"ratio_mail": Goal(0.95)}
NAMED = ("mail_per_s", "bare_mail_per_s", "ratio_mail", "most_in_a_second")


async def run(runs: int) -> list[Figure]:
    """Medians of announcements in turn."""
    ours, bare, most = list[float](), list[float](), list[int]()
    for _ in range(runs):
        with tempfile.TemporaryDirectory(prefix="musharaka-bench-") as name:
            folder = Path(name)
            async with telegram(TOKEN) as server:
                sent = await _ours(server, folder)
            ours.append(_rate(sent))
            most.append(_most_in_a_second(sent))
            async with telegram(TOKEN) as server:
                bare.append(_rate(await _bare(server, folder)))
    return [
        Figure.of("mail_per_s", median(ours), "/s"),
        Figure.of("bare_mail_per_s", median(bare), "/s"),
        Figure.of("ratio_mail", median(ours) / median(bare), "times", GOALS["ratio_mail"]),
        Figure.of("most_in_a_second", max(most), ""),
    ]


async def _ours(server: Telegram, folder: Path) -> list[float]:
    people = _people(server)
    settings = await prepared(folder, f"sqlite:///{folder}/musharaka.db")
    database = Database(settings["DATABASE_URL"])
    async with database.unit_of_work() as session:
        session.add_all(
            Person(channel=Channel.TELEGRAM, channel_id=one, language="fr", subscribed=True)
            for one in people
        )
        await session.flush()
        await announce(
            session,
            AnnouncementKind.OPENING,
            {"fr": SAID},
            Audience.SUBSCRIBERS,
            consultation_id=None,
            created_by=None,
            now=datetime.now(UTC),
        )
    await database.close()
    return await _sent_by((*MUSHARAKA, "run", "--role", "mail"), server, folder, settings)


async def _bare(server: Telegram, folder: Path) -> list[float]:
    people = _people(server)
    command = (*BARE, server.base, server.token, str(people[0]), str(len(people)))
    return await _sent_by(command, server, folder, {})


def _people(server: Telegram) -> list[int]:
    """People who have spoken with the bot, without the bot's having to answer."""
    server.delay(LATENCY)
    chats = [server.newcomer()[1] for _ in range(PEOPLE)]
    for chat in chats:
        chat.started = True
    return [chat.id for chat in chats]


async def _sent_by(
    command: Sequence[str], server: Telegram, folder: Path, settings: Mapping[str, str]
) -> list[float]:
    """When each message reached the server."""
    env = {**environment(settings), "BOT_TOKEN": server.token, "BOT_API_BASE": server.base}
    with (folder / "mail.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: ASYNC220, S603 - nothing is measured yet
            command, cwd=folder, env=env, stdout=log, stderr=log, stdin=subprocess.DEVNULL
        )
    os.sched_setaffinity(process.pid, bot_core())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while len(sent := _arrivals(server)) < PEOPLE:  # noqa: ASYNC110 - beside its loop
                await asyncio.sleep(0.2)
    finally:
        await stop(process)
    return sent


def _arrivals(server: Telegram) -> list[float]:
    return [one.time for one in server.world.record.since(0) if one.method == "sendMessage"]


def _rate(times: Sequence[float]) -> float:
    return (len(times) - 1) / (max(times) - min(times))


def _most_in_a_second(times: Sequence[float]) -> int:
    return max(sum(at <= other < at + 1 for other in times) for at in times)
