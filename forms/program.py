"""The expressions of one form, parsed once: what each row needs before it is asked or exported."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.form import Calculate, Form, Question
    from forms.xpath.closures import Run

ALWAYS = frozenset({"yes", "Yes", "YES", "true", "True", "TRUE", "true()"})
NEVER = frozenset({"no", "No", "NO", "false", "False", "FALSE", "false()"})
DEEP = 12
"""A longer chain of expressions is computed row by row, so that it cannot exhaust the stack."""


def yes(_: object) -> bool:
    return True


def no(_: object) -> bool:
    return False


@dataclass(frozen=True)
class Node:
    """One row with its expressions ready to run; `relevant` begins with the outermost group's."""

    path: str
    question: Question | None
    relevant: tuple[Run, ...] = ()
    required: Run = no
    constraint: Run | None = None
    calculation: Run | None = None


@dataclass(frozen=True)
class Program:
    """Nodes by path in the order of the sheet, and the path behind every name."""

    nodes: Mapping[str, Node]
    paths: Mapping[str, str]
    asked: tuple[Node, ...]
    """The nodes of askable questions, in order."""
    eager: tuple[Node, ...] = field(default=())
    """All nodes, each after what it needs, if the form has long chains; else empty."""

    @classmethod
    def of(cls, form: Form) -> Program:
        """Parse every expression of the form; BadExpression if the compiler let one through."""
        inherited = {group.path: group.relevant for group in form.groups if group.relevant}
        nodes: dict[str, Node] = {}
        for row in rows_in_order(form):
            sources = [inherited[group] for group in ancestors(row.path) if group in inherited]
            runs = tuple(run for run in map(_run, [*sources, row.relevant]) if run is not yes)
            nodes[row.path] = _node(row, runs)
        paths: dict[str, str] = {}
        for path in nodes:
            paths.setdefault(path.rpartition("/")[2], path)
        asked = tuple(node for node in nodes.values() if node.question)
        order, depth = _by_need(form)
        eager = tuple(nodes[path] for path in order) if depth > DEEP else ()
        return cls(nodes, paths, asked, eager)


def rows_in_order(form: Form) -> list[Question | Calculate]:
    """Questions and calculates as the sheet has them."""
    rows: list[Question | Calculate] = [*form.questions, *form.calculates]
    found = {row.path: row for row in rows}
    listed = [found.pop(path) for path in form.order if path in found]
    return [*listed, *found.values()]


def ancestors(path: str) -> list[str]:
    """The groups around a path, outermost first: `a/b/c` → `a`, `a/b`."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


def needs(form: Form) -> dict[str, set[str]]:
    """Which rows' values each row's relevance and value depend on, by path."""
    from forms.xpath.references import references

    rows = rows_in_order(form)
    paths: dict[str, str] = {}
    for row in rows:
        paths.setdefault(row.name, row.path)
    inherited = {group.path: group.relevant for group in form.groups}
    found: dict[str, set[str]] = {}
    for row in rows:
        sources = [inherited.get(group, "") for group in ancestors(row.path)]
        sources += [row.relevant, getattr(row, "calculation", "")]
        names = {name for source in sources if source for name in references(source)}
        found[row.path] = {paths[name] for name in names if name in paths}
    return found


def _by_need(form: Form) -> tuple[list[str], int]:
    """Paths, each after what it needs (circles are cut), and the length of the longest chain."""
    edges = needs(form)
    order: list[str] = []
    depth: dict[str, int] = {}
    for start in edges:
        stack = [(start, iter(edges[start]))]
        while stack:
            path, waiting = stack[-1]
            need = next(waiting, None)
            if need is None:
                stack.pop()
                if path not in depth:
                    depth[path] = 1 + max((depth.get(each, 0) for each in edges[path]), default=0)
                    order.append(path)
            elif need not in depth and all(need != above for above, _ in stack):
                stack.append((need, iter(edges[need])))
    return order, max(depth.values(), default=0)


def _node(row: Question | Calculate, relevant: tuple[Run, ...]) -> Node:
    calculation = getattr(row, "calculation", None)
    if calculation is not None:
        return Node(row.path, None, relevant, calculation=_run(calculation))
    question: Question = row  # type: ignore[assignment] # a row without calculation is a question
    constraint = _run(question.constraint) if question.constraint else None
    required = _run(question.required) if question.required else no
    return Node(row.path, question, relevant, required, constraint)


def _run(source: str) -> Run:
    """elementpath is only imported for forms that have something to parse."""
    constant: Callable[[object], bool] | None = None
    if not source.strip() or source.strip() in ALWAYS:
        constant = yes
    elif source.strip() in NEVER:
        constant = no
    if constant:
        return constant
    from forms.xpath.closures import compiled
    from forms.xpath.regexes import matches, patterns_in

    for pattern in patterns_in(source):
        matches(pattern, "")  # compiled now, and not before the first answer
    return compiled(source)
