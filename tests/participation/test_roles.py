"""Every use of staff refuses a citizen: the uses are found in the code."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

import participation
from participation.known import Known
from participation.roles import Act, NotAllowed
from participation.shelf import Shelf
from participation.staff import Staff
from storage.keys import Keyring
from storage.people import Person
from tests.handlers.desk import NOON


def use_classes(module: ModuleType) -> Iterator[type[Any]]:
    """The classes of a module that are made from a ``Staff``."""
    for _name, found in inspect.getmembers(module, inspect.isclass):
        making = found.__init__  # its own, or that of a class it extends
        if found.__module__ != module.__name__ or not inspect.isfunction(making):
            continue
        if Staff in get_type_hints(making).values():
            yield found


def modules() -> list[ModuleType]:
    return [
        importlib.import_module(f"participation.{one.name}")
        for one in pkgutil.iter_modules(participation.__path__)
    ]


def uses() -> list[tuple[type[Any], str]]:
    """Every public method of them."""
    return [
        (kind, name)
        for module in modules()
        for kind in use_classes(module)
        for name, _member in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    ]


PARTS = {"grant", "end"}
"""Of uses that have asked: a code gives a role to somebody who has none."""


def functions() -> list[Callable[..., Any]]:
    """Uses that are no methods: they are given a ``Staff``."""
    return [
        found
        for module in modules()
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__
        and not name.startswith("_")
        and name not in PARTS
        and Staff in get_type_hints(found).values()
    ]


def arguments(method: Callable[..., Any]) -> dict[str, Any]:
    """Something for everything it asks for: the refusal comes before anything is looked at."""
    return {
        name: object()
        for name, one in inspect.signature(method).parameters.items()
        if name != "self"
        and one.default is one.empty
        and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
    }


async def call(kind: type[Any], name: str, staff: Staff) -> None:
    method = getattr(kind(staff), name)
    answer = method(**arguments(method))
    if inspect.isawaitable(answer):
        await answer


@pytest.fixture
def citizen(tmp_path: Path) -> Staff:
    """Somebody without a role, and without a database that could be asked."""
    keyring = Keyring.create(tmp_path / "keys")
    return Staff(Known(AsyncSession(), keyring, NOON, Shelf()), Person(id=1, channel_id=1))


def test_the_uses_of_staff_are_found() -> None:
    found = {f"{kind.__name__}.{name}" for kind, name in uses()}

    assert len(found) >= 10
    assert {"Managing.list", "Team.admit", "Team.withdraw", "Opening.open"} <= found
    assert {"share", "draft_for"} <= {one.__name__ for one in functions()}


@pytest.mark.parametrize(("kind", "name"), uses(), ids=lambda one: getattr(one, "__name__", one))
async def test_a_use_of_staff_refuses_a_citizen(
    kind: type[Any], name: str, citizen: Staff
) -> None:
    with pytest.raises(NotAllowed):
        await call(kind, name, citizen)


@pytest.mark.parametrize("use", functions(), ids=lambda one: one.__name__)
async def test_a_use_that_is_a_function_refuses_a_citizen(
    use: Callable[..., Any], citizen: Staff
) -> None:
    given = {name: one for name, one in arguments(use).items() if name != "staff"}

    with pytest.raises(NotAllowed):
        await use(citizen, **given)


async def test_a_use_that_forgets_to_ask_is_noticed(citizen: Staff) -> None:
    class Planted:
        def __init__(self, staff: Staff) -> None:
            self._staff = staff

        async def read(self, number: int) -> int:
            return 1

        async def write(self, number: int) -> None:
            self._staff.ensure(Act.AUTHOR)

    await call(Planted, "read", citizen)
    with pytest.raises(NotAllowed):
        await call(Planted, "write", citizen)
