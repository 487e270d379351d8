"""How long a hundred thousand answers take to become a workbook, beside a bare XlsxWriter loop."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.answered import LABELS, fill, write_cells
from benchmarks.bots import MUSHARAKA, BotFailed, environment, prepared
from benchmarks.figures import Figure, Goal
from benchmarks.machine import MEGABYTE
from benchmarks.scripts import SLUG

FEW, MANY = 10_000, 100_000

GOALS: Mapping[str, Goal] = {
    "ratio_export_bare": Goal(1.3, is_most=True),
    "ratio_export_rss": Goal(1.1, is_most=True),
}
NAMED = (*GOALS, "cpu_ratio_export_bare", "export_s", "bare_s", "export_rss_mb")


@dataclass(frozen=True)
class Took:
    """What a whole process took: seconds by the clock, of the processor, and its most memory."""

    seconds: float
    cpu: float
    megabytes: float


async def run(runs: int) -> list[Figure]:
    """Medians of processes in turn; ours reads the database and writes the summary too."""
    with tempfile.TemporaryDirectory(prefix="musharaka-bench-") as name:
        folder = Path(name)
        url = f"sqlite:///{folder}/musharaka.db"
        settings = await prepared(folder, url)
        cells, out = folder / "cells.json", folder / "out.xlsx"
        write_cells(await fill(url, SLUG, 0, FEW), cells)
        command = (*MUSHARAKA, "export", SLUG, "--labels", LABELS, "--out", str(out))
        small = [_took(command, folder, settings) for _ in range(runs)]
        await fill(url, SLUG, FEW, MANY - FEW)
        bare = (sys.executable, "-m", "benchmarks.opponents.bare_workbook", str(cells))
        ours, theirs = list[Took](), list[Took]()
        for number in range(runs):
            ours.append(_took(command, folder, settings))
            size = out.stat().st_size / MEGABYTE
            theirs.append(_took((*bare, str(MANY), str(folder / "bare.xlsx")), folder, {}))
            sys.stderr.write(
                f"  run {number + 1}: ours {ours[-1].seconds:.1f} s, "
                f"bare {theirs[-1].seconds:.1f} s\n"
            )
        return [*_figures(ours, theirs, small), Figure.of("export_file_mb", size, "MB")]


def _figures(ours: Sequence[Took], theirs: Sequence[Took], small: Sequence[Took]) -> list[Figure]:
    seconds, bare = (median(one.seconds for one in some) for some in (ours, theirs))
    cpu, bare_cpu = (median(one.cpu for one in some) for some in (ours, theirs))
    memory, less = (median(one.megabytes for one in some) for some in (ours, small))
    return [
        Figure.of("ratio_export_bare", seconds / bare, "times", GOALS["ratio_export_bare"]),
        Figure.of("ratio_export_rss", memory / less, "times", GOALS["ratio_export_rss"]),
        Figure.of("cpu_ratio_export_bare", cpu / bare_cpu, "times"),
        Figure.of("export_s", seconds, "s"),
        Figure.of("bare_s", bare, "s"),
        Figure.of("export_rows_per_s", MANY / seconds, "rows/s"),
        Figure.of("export_rss_mb", memory, "MB"),
        Figure.of("export_rss_10000_mb", less, "MB"),
        Figure.of("bare_rss_mb", median(one.megabytes for one in theirs), "MB"),
    ]


def _took(command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Took:
    """Run a process to its end; raises BotFailed where it fails."""
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own commands
        command, cwd=folder, env=environment(settings), stdout=subprocess.DEVNULL
    )
    most = 0.0
    while True:
        most = max(most, _most_megabytes(process.pid))
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(0.02)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BotFailed(f"{command[-1]} ended with {process.returncode}")
    return Took(seconds, used.ru_utime + used.ru_stime, most)


def _most_megabytes(pid: int) -> float:
    """The most memory that a process has had since it began its program.

    What ``wait4`` says counts from the fork, when the child was as large as this process.
    """
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    return 0.0  # it has ended
