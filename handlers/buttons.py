"""Actions as callback data and back, and the filter that hands a tapped action to its handler."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from functools import lru_cache
from typing import Any, get_type_hints

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from handlers.views import actions
from handlers.views.actions import Action, StaffAction
from handlers.views.view import Button, Link, Rows
from participation.staff import Staff

LONGEST_DATA = 64
"""Bytes of callback data that the Bot API takes."""


def _kinds(above: type[Action]) -> Iterator[type[Action]]:
    for kind in above.__subclasses__():
        if kind is not StaffAction:
            yield kind
        yield from _kinds(kind)


ACTIONS: dict[str, type[Action]] = {one.__name__: one for one in _kinds(Action)}
_KINDS = {
    kind: tuple(get_type_hints(kind, vars(actions))[field.name] for field in fields(kind))
    for kind in ACTIONS.values()
}
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in ACTIONS.values()}
_DEFAULTS = {
    kind: tuple(field.default for field in fields(kind) if field.default is not MISSING)
    for kind in ACTIONS.values()
}
"""Those of the last fields."""


def pack(action: Action) -> str:
    """``AnswerChoice:12:3:0``; ValueError where it would not fit or could not be read back."""
    values = [getattr(action, name) for name in _NAMES[type(action)]]
    for default in reversed(_DEFAULTS[type(action)]):
        if values[-1] != default:
            break
        values.pop()
    words = [_word(value) for value in values]
    data = ":".join((type(action).__name__, *words))
    if len(data) > LONGEST_DATA:
        raise ValueError("too long for callback data")
    return data


def unpack(data: str) -> Action | None:
    """The action; None for anything that we did not pack."""
    name, *words = data.split(":")
    kind = ACTIONS.get(name)
    if kind is None:
        return None
    wanted, defaults = _KINDS[kind], _DEFAULTS[kind]
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

    What is for staff is refused to others here already: raises NotAllowed.
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
