"""What the bot takes while nothing happens, and how soon it is there, beside the echo bot."""

import asyncio
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.bots import ECHO, MUSHARAKA, prepared, running
from benchmarks.figures import Figure, Goal
from benchmarks.machine import resident_megabytes
from benchmarks.telegram import telegram

IDLE_SECONDS = 10.0
LATENCY = 50

GOALS: Mapping[str, Goal] = {}
NAMED = ("idle_rss_mb", "echo_idle_rss_mb", "ratio_idle_rss", "start_s", "echo_start_s")


async def run(runs: int) -> list[Figure]:
    """Medians of starts in turn; the memory is that after ten idle seconds."""
    with tempfile.TemporaryDirectory(prefix="musharaka-bench-") as name:
        folder = Path(name)
        settings = await prepared(folder, f"sqlite:///{folder}/musharaka.db")
        ours, echo = list[tuple[float, float]](), list[tuple[float, float]]()
        for _ in range(runs):
            ours.append(await _start("ours", (*MUSHARAKA, "run"), folder, settings))
            echo.append(await _start("echo", ECHO, folder, {}))
    memory, theirs = median(one[0] for one in ours), median(one[0] for one in echo)
    return [
        Figure.of("idle_rss_mb", memory, "MB"),
        Figure.of("echo_idle_rss_mb", theirs, "MB"),
        Figure.of("ratio_idle_rss", memory / theirs, "times"),
        Figure.of("start_s", median(one[1] for one in ours), "s"),
        Figure.of("echo_start_s", median(one[1] for one in echo), "s"),
    ]


async def _start(
    name: str, command: Sequence[str], folder: Path, settings: Mapping[str, str]
) -> tuple[float, float]:
    """Memory (MB) when idle, and seconds to the first request for updates."""
    async with telegram("1000001:simulated-token") as server:
        server.delay(LATENCY)
        async with running(name, command, server, folder, settings) as bot:
            await asyncio.sleep(IDLE_SECONDS)
            bot.check()
            return resident_megabytes(bot.pid), bot.start_seconds
