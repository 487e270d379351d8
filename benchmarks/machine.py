"""The machine: what it is, its cores, and what a process has used of it (Linux)."""

import os
import platform
import sqlite3
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1_000_000


def description() -> str:
    """One line for the reader of the figures."""
    system = f"{platform.system()} {platform.release().partition('-')[0]}"
    parts = (_processor(), f"{len(cores())} cores", system, f"Python {platform.python_version()}")
    return ", ".join((*parts, f"SQLite {sqlite3.sqlite_version}"))


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def cores() -> list[int]:
    """The cores that this process was given at its start."""
    return _CORES


_CORES = sorted(os.sched_getaffinity(0))


def server_core() -> set[int]:
    """Where the simulated Telegram, the people and PostgreSQL run."""
    return {cores()[0]}


def bot_core() -> set[int]:
    """Where the bot under measurement runs; the same core where there is only one."""
    return {cores()[-1]}


def cpu_seconds(pid: int) -> float:
    """What a process, its threads included, has used since its start."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_megabytes(pid: int) -> float:
    """Its memory now (resident set)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
