"""Actions as callback data and back, and the filter that hands a tapped action to its handler."""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from functools import cache, lru_cache
from typing import Any, get_type_hints

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers.views.actions import Action, CitizenAction, StaffAction
from handlers.views.view import Button, Link, Rows
from participation.roles import NotAllowed
from participation.staff import Staff

LONGEST_DATA = 64
"""Bytes of callback data that the Bot API takes."""


def _kinds(above: type[Action]) -> Iterator[type[Action]]:
    for kind in above.__subclasses__():
        if kind not in {CitizenAction, StaffAction}:
            yield kind
        yield from _kinds(kind)


ACTIONS: dict[str, type[Action]] = {one.__name__: one for one in _kinds(Action)}


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of an action, in their order."""

    names: tuple[str, ...]
    kinds: tuple[type[object], ...]
    defaults: tuple[object, ...]
    """Those of the last fields."""


@cache
def _shape(name: str) -> _Shape:
    kind = ACTIONS[name]
    hints, found = get_type_hints(kind), fields(kind)
    return _Shape(
        tuple(field.name for field in found),
        tuple(hints[field.name] for field in found),
        tuple(field.default for field in found if field.default is not MISSING),
    )


def pack(action: Action) -> str:
    """``AnswerChoice:12:3:0``; ValueError where it would not fit or could not be read back."""
    name = type(action).__name__
    shape = _shape(name)
    values = [getattr(action, field) for field in shape.names]
    for default in reversed(shape.defaults):
        if values[-1] != default:
            break
        values.pop()
    words = [_word(value) for value in values]
    data = ":".join((name, *words))
    if len(data) > LONGEST_DATA:
        raise ValueError("too long for callback data")
    return data


def unpack(data: str) -> Action | None:
    """The action; None for anything that we did not pack."""
    name, *words = data.split(":")
    kind = ACTIONS.get(name)
    if kind is None:
        return None
    shape = _shape(name)
    wanted, defaults = shape.kinds, shape.defaults
    beyond = len(words) - (len(wanted) - len(defaults))
    if not 0 <= beyond <= len(defaults):
        return None
    values = [_value(word, one) for word, one in zip(words, wanted, strict=False)]
    if None in values or (beyond and values[-1] == defaults[beyond - 1]):  # we leave it out
        return None
    return kind(*values)


@lru_cache(maxsize=4096)
def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons of a view; None where it has none. Many people are shown the same ones."""
    if not rows:
        return None
    return InlineKeyboardMarkup.model_validate(
        {"inline_keyboard": [[_button(one) for one in row] for row in rows]}
    )


def _button(button: Button) -> dict[str, str]:
    if isinstance(button.action, Link):
        return {"text": button.label, "url": button.action.url}
    return {"text": button.label, "callback_data": pack(button.action)}


class Tapped(Filter):
    """Matches a tap on a button of this action and hands it on as ``action``.

    What is for staff is refused to others here already, and what says nothing of whom it is for
    to everybody: raises NotAllowed.
    """

    def __init__(self, kind: type[Action]) -> None:
        self.kind = kind
        self._name = kind.__name__

    async def __call__(self, query: CallbackQuery, staff: Staff) -> bool | dict[str, Any]:
        data = query.data
        if not data or not data.startswith(self._name):
            return False
        action = unpack(data)
        if type(action) is not self.kind:
            return False
        if isinstance(action, StaffAction):
            staff.ensure(action.act)
        elif not isinstance(action, CitizenAction):
            raise NotAllowed
        return {"action": action}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and value.isascii() and value.isalnum():
        return value
    raise ValueError("this value cannot stand in callback data")


def _value(word: str, wanted: type[object]) -> int | bool | str | None:
    if not (word.isascii() and word.isalnum()):
        return None
    if wanted is bool:
        return {"0": False, "1": True}.get(word)
    if wanted is int:
        return int(word) if word.isdecimal() and len(word) < 19 else None
    return word
