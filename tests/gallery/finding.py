"""Finds every view by what it returns, so that none can be left out of the gallery."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any, get_args, get_type_hints

import handlers.views
from handlers.views.view import View


def modules() -> list[ModuleType]:
    """The modules that hold views."""
    package = handlers.views
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(one.name) for one in found]


def views_in(places: Iterable[ModuleType]) -> list[Callable[..., Any]]:
    """The public functions that return a view, in the modules that define them."""
    return [function for place in places for function in _views(place)]


def _views(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        ours = function.__module__ == module.__name__ and not name.startswith("_")
        if ours and _is_a_view(get_type_hints(function).get("return")):
            yield function


def _is_a_view(returned: object) -> bool:
    """Whether a view is returned, alone or among others (``View | None``)."""
    return returned is View or any(_is_a_view(part) for part in get_args(returned))


def name_of(function: Callable[..., Any]) -> str:
    """``handlers.views.start.menu``."""
    return f"{function.__module__}.{function.__name__}"
