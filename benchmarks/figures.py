"""Figures: named, with a unit and perhaps a goal; written as JSON, printed as a table."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

OUT = Path(__file__).parent / "out"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure is to be at least, or at most, ``value``."""

    value: float
    is_most: bool = False

    def met(self, value: float) -> bool:
        return value <= self.value if self.is_most else value >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.is_most else '≥'} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """``goal`` and ``met`` are None for what is only reported."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    met: bool | None = None

    @classmethod
    def of(cls, name: str, value: float, unit: str, goal: Goal | None = None) -> Self:
        """Rounded to four significant digits, judged as it will be read."""
        shown = rounded(value)
        if goal is None:
            return cls(name, shown, unit)
        return cls(name, shown, unit, goal.value, goal.met(shown))


def rounded(value: float) -> float:
    """Four significant digits; whole numbers stay whole."""
    return float(f"{value:.4g}") if value != int(value) else int(value)


def missing(figures: Iterable[Figure], named: Iterable[str]) -> list[str]:
    """Names that should be there and are not."""
    there = {figure.name for figure in figures}
    return [name for name in named if name not in there]


def write(name: str, machine: str, runs: int, figures: Sequence[Figure]) -> Path:
    """``benchmarks/out/NAME.json``."""
    OUT.mkdir(exist_ok=True)
    path = OUT / f"{name}.json"
    document = {"machine": machine, "runs": runs, "figures": [asdict(one) for one in figures]}
    path.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read(path: Path) -> dict[str, Any]:
    """What ``write`` has written; raises ValueError where it is something else."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict) or document.keys() != {"machine", "runs", "figures"}:
        raise ValueError(f"{path} holds no figures")
    return document


def table(figures: Iterable[Figure], goals: Mapping[str, Goal]) -> str:
    """Name, value, unit, goal, whether it is met."""
    lines = [f"{'figure':34} {'value':>10} {'unit':12} {'goal':>7}"]
    for one in figures:
        verdict = {None: "", True: "met", False: "NOT MET"}[one.met]
        goal = str(goals.get(one.name, ""))
        lines.append(f"{one.name:34} {one.value:>10g} {one.unit:12} {goal:>7} {verdict}".rstrip())
    return "\n".join(lines)
