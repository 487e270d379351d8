"""Every act of staff, and every read of what names somebody, is noted: read from the code."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from participation.staff import Staff
from tests.participation.test_roles import functions, uses

Function = Callable[..., Any]

OWN_WRITING = {
    *("Authoring.begun", "Authoring.compose", "Authoring.write", "Authoring.choose_kind"),
    *("Authoring.require", "Authoring.remove", "Authoring.drop_pending", "Authoring.put_back"),
    *("Authoring.present", "Authoring.save", "Authoring.replace", "Authoring.remember"),
    *("Previewing.speak", "Previewing.act", "Previewing.write", "Previewing.leave"),
    *("Reporting.written", "Reporting.foreseen", "Reporting.text", "Reporting.write"),
    *("Reporting.decide", "Reporting.remove", "Reporting.enclose", "Reporting.give_up"),
    "EarlyClosing.because",
}
"""Changes a sketch that nobody else sees; what is made of it is noted."""

BY_THE_CLERK = {"Authoring.finish", "Authoring.read_by_name", "Documents.receive"}
"""Gives the clerk a job, which notes what became of it."""

NAMES_NOBODY = {
    *("Managing.list", "Managing.stands", "Exporting.list", "Exporting.offer"),
    *("Helping.queue", "Helping.waiting", "Helping.ended", "Helping.ensure_waiting"),
    *("Cards.text", "Cards.window", "Documents.of", "Documents.paper", "draft_for"),
    *("Opening.prepare", "Extension.extendable", "Extension.until", "EarlyClosing.closable"),
    *("ReportPublication.ready", "closed_consultation", "corrigible", "shared"),
}
"""Reads texts of the commune, days and counts."""


def called(function: Function) -> Iterator[ast.expr]:
    """What a function calls."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    for found in ast.walk(tree):
        if isinstance(found, ast.Call):
            yield found.func


def meant(call: ast.expr, function: Function, owner: type | None) -> tuple[Any, type | None]:
    """The function behind a call, and its class: ``self.m``, ``Class(...).m``, ``function``."""
    names = function.__globals__
    match call:
        case ast.Name(id=name):
            return names.get(name), None
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return getattr(owner, name, None), owner
        case ast.Attribute(value=ast.Call(func=ast.Name(id=kind)), attr=name):
            found = names.get(kind)
            return (getattr(found, name, None), found) if inspect.isclass(found) else (None, None)
    return None, None


def notes(
    function: Function, owner: type | None = None, seen: frozenset[Any] = frozenset()
) -> bool:
    """Whether a use, or one that it calls, writes into the audit."""
    for call in called(function):
        if isinstance(call, ast.Attribute) and call.attr == "note":
            return True
        found, kind = meant(call, function, owner)
        ours = inspect.isfunction(found) and "participation." in found.__module__
        if ours and found not in seen and notes(found, kind, seen | {function, found}):
            return True
    return False


def all_uses() -> dict[str, tuple[Function, type | None]]:
    methods = {f"{kind.__name__}.{name}": (getattr(kind, name), kind) for kind, name in uses()}
    return methods | {one.__name__: (one, None) for one in functions()}


def test_every_use_of_staff_is_noted_or_said_here_why_not() -> None:
    silent = {name for name, (use, kind) in all_uses().items() if not notes(use, kind)}

    assert len(all_uses()) > 50
    assert silent == OWN_WRITING | BY_THE_CLERK | NAMES_NOBODY


class Planted:
    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    def forgets(self, number: int) -> int:
        return self._row(number)

    def notes(self, number: int) -> int:
        self._read(number)
        return number

    def _row(self, number: int) -> int:
        return number

    def _read(self, number: int) -> None:
        self._staff.note("planted.read", f"help:{number}")


@pytest.mark.parametrize(("name", "is_noted"), [("forgets", False), ("notes", True)])
def test_a_use_that_forgets_to_note_is_noticed(name: str, is_noted: bool) -> None:
    assert notes(vars(Planted)[name], Planted) is is_noted
