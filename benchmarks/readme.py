"""The figures as they were measured last: all in docs/developers/figures.md, in README.md those
that have a goal."""

import importlib
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.figures import OUT, read

HOUSE = Path(__file__).parent.parent
README = HOUSE / "README.md"
PAGE = HOUSE / "docs" / "developers" / "figures.md"
BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"
_TITLE = re.compile(r"`(?P<name>\w+)`, medians of (?P<runs>\d+), (?P<day>[\d-]+), ")


def write() -> int:
    """Replace the blocks; exit code 1, with the reason, where that is impossible."""
    try:
        held = _sections(_parts(PAGE)[1])
        sections = held | {path.stem: _section(path) for path in OUT.glob("*.json")}
        if not sections:
            raise ValueError("Nothing has been measured yet: `make bench` does.")
        ordered = [sections[name] for name in sorted(sections)]
        _fill(PAGE, "\n\n".join(ordered))
        _fill(README, _summary(ordered))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parts(page: Path) -> tuple[str, str, str]:
    """What stands before, between and after the two comments; raises ValueError."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    held, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{page.name} has no place for figures: add {BEGIN} and {END}.")
    return before, held, after


def _fill(page: Path, block: str) -> None:
    before, _, after = _parts(page)
    page.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}", encoding="utf-8")


def _sections(block: str) -> dict[str, str]:
    """What stands there by benchmark: one that was not measured anew stays, with its day."""
    parts = re.split(r"\n(?=`\w+`, medians of )", block)
    found = ((_TITLE.match(part.strip()), part.strip()) for part in parts)
    return {title["name"]: part for title, part in found if title}


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


def _summary(sections: list[str]) -> str:
    """One table of what has a goal, with the benchmark and the day of each figure."""
    rows = [row for section in sections for row in _with_goal(section)]
    head = ["| benchmark | figure | value | unit | goal | day |", "|---|---|---:|---|---|---|"]
    return "\n".join([*head, *rows])


def _with_goal(section: str) -> Iterator[str]:
    title = _TITLE.match(section)
    if title is None:
        return
    for line in section.splitlines()[4:]:
        *cells, goal = [cell.strip() for cell in line.strip("|").split("|")]
        if goal:
            yield f"| `{title['name']}` | {' | '.join(cells)} | {goal} | {title['day']} |"
