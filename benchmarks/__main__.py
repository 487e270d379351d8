"""`python -m benchmarks [NAME]`: measure, write the figures, print them; all without a name.

`--readme` writes the figures that were measured last into the documents instead.
"""

import argparse
import asyncio
import importlib
import os
import sys

import uvloop

from benchmarks import figures, readme
from benchmarks.machine import bot_core, cores, description, server_core

BENCHMARKS = ("answers", "footprint", "mail", "export", "journey", "phone", "chaos")
PINNED = ("answers", "footprint", "mail")
"""Those that keep a core for the bot alone."""

RUNS = 5
"""Medians are of at least so many; fewer, by the variable RUNS, are a quick look."""


def main() -> int:
    """Exit code 0 when every named figure is there and every goal is met."""
    parser = argparse.ArgumentParser("benchmarks", description="Measure the bot on this machine.")
    parser.add_argument("name", nargs="?", choices=BENCHMARKS, help="all of them without a name")
    parser.add_argument(
        "--readme", action="store_true", help="write the last figures into the documents"
    )
    options = parser.parse_args()
    if options.readme:
        return readme.write()
    names = [options.name] if options.name else list(BENCHMARKS)
    results = [measure(name) for name in names]
    return 0 if all(results) else 1


def measure(name: str) -> bool:
    """Run one benchmark; whether nothing is missing and every goal is met."""
    runs = int(os.environ.get("RUNS", RUNS))
    benchmark = importlib.import_module(f"benchmarks.{name}")
    machine = description()
    os.sched_setaffinity(0, server_core() if name in PINNED else set(cores()))
    if server_core() == bot_core():
        sys.stderr.write("One core only: bot and server share it, and ratios suffer.\n")
    sys.stderr.write(f"{name}: {runs} runs on {machine}\n")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(benchmark.run(runs))
    path = figures.write(name, machine, runs, found)
    sys.stdout.write(figures.table(found, benchmark.GOALS) + "\n")
    absent = figures.missing(found, benchmark.NAMED)
    if absent:
        sys.stderr.write(f"Missing: {', '.join(absent)}\n")
    if runs < RUNS:
        sys.stderr.write(f"A quick look: medians of {runs}, not of {RUNS}.\n")
    sys.stderr.write(f"Written to {path}\n")
    return not absent and all(one.met is not False for one in found)


if __name__ == "__main__":
    sys.exit(main())
