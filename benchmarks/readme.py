"""The figures in README.md, between two comments, as they were measured last."""

import importlib
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import OUT, read

README = Path(__file__).parent.parent / "README.md"
_NAME = re.compile(r"`(\w+)`, medians of ")
BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"


def write() -> int:
    """Replace the block; exit code 1, with the reason, where that is impossible."""
    words = README.read_text(encoding="utf-8")
    before, begin, rest = words.partition(BEGIN)
    held, end, after = rest.partition(END)
    if not begin or not end:
        sys.stderr.write(f"README.md has no place for figures: add {BEGIN} and {END}.\n")
        return 1
    measured = sorted(OUT.glob("*.json"))
    if not measured:
        sys.stderr.write("Nothing has been measured yet: `make bench` does.\n")
        return 1
    sections = _sections(held) | {path.stem: _section(path) for path in measured}
    block = "\n\n".join(sections[name] for name in sorted(sections))
    README.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}", encoding="utf-8")
    return 0


def _sections(block: str) -> dict[str, str]:
    """What stands there by benchmark: one that was not measured anew stays, with its day."""
    parts = re.split(r"\n(?=`\w+`, medians of )", block)
    found = ((_NAME.match(part.strip()), part.strip()) for part in parts)
    return {name[1]: part for name, part in found if name}


def _section(path: Path) -> str:
    document = read(path)
    goals = importlib.import_module(f"benchmarks.{path.stem}").GOALS
    day = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    lines = [
        f"`{path.stem}`, medians of {document['runs']}, {day}, {document['machine']}:",
        "",
        "| figure | value | unit | goal |",
        "|---|---:|---|---|",
    ]
    for one in document["figures"]:
        goal = goals.get(one["name"])
        shown = one["goal"] if goal is None else goal
        wanted = "" if one["goal"] is None else f"{shown}{'' if one['met'] else ' (not met)'}"
        lines.append(f"| {one['name']} | {one['value']:g} | {one['unit']} | {wanted} |")
    return "\n".join(lines)
