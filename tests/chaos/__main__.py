"""``python -m tests.chaos --kills 200``: kills, crashes and full disks, and what was lost."""

import argparse
import asyncio
import logging
import signal
import sys
import tempfile
from pathlib import Path

import structlog

from benchmarks import figures, machine
from tests.chaos.suite import GOALS, Orders, run
from tests.databases import KINDS


def main() -> int:
    """Exit code 0 when every goal is met."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what was started is ended
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    folder = Path(tempfile.mkdtemp(prefix="musharaka-chaos-"))
    orders = Orders(
        kills=options.kills,
        seed=options.seed,
        folder=folder,
        databases=KINDS if options.database == "both" else (options.database,),
        latency=options.latency / 1000,
        forked=options.forked,
        say=_say,
    )
    outcome = asyncio.run(run(orders))
    found = outcome.figures()
    path = figures.write("chaos", machine.description(), 1, found)
    _say(figures.table(found, GOALS))
    _say(f"Written to {path}; the histories are in {folder}")
    for name in outcome.left_out:
        _say(f"LEFT OUT: {name}")
    return 0 if all(one.met is not False for one in found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="on all databases together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=(*KINDS, "both"), default="both")
    parser.add_argument("--latency", type=float, default=50, help="ms, of each request but polls")
    parser.add_argument(
        "--forked",
        action="store_true",
        help="start bots by forking a process that has imported the libraries",
    )
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
