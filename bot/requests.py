"""Turns a Bot API method into the request that is stored and posted."""

from typing import Any

from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types.base import TelegramObject
from pydantic import BaseModel

DEFAULTS = {"parse_mode": "HTML", "link_preview": {"is_disabled": True}}
"""What aiogram's named defaults stand for; others are left to Telegram."""


def request_of(method: TelegramMethod[Any]) -> tuple[str, dict[str, Any]]:
    """The method's name and its parameters: defaults resolved, absent ones dropped.

    aiogram's ``model_dump`` raises on its own ``Default`` values.
    """
    return method.__api_method__, _fields(method)


def _fields(model: BaseModel) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in model.__dict__.items():
        if value is None:
            continue
        plain = _plain(value)
        if plain is not None:
            fields[_name(model, name)] = plain
    return fields


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is bool or kind is float:
        return value
    if isinstance(value, Default):
        return DEFAULTS.get(value.name)
    if isinstance(value, TelegramObject | TelegramMethod):
        return _fields(value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return str.__str__(value)  # the value of an enum; ``str`` would give some of them's name
    raise TypeError(f"{kind.__name__} has no place in a stored request")


def _name(model: BaseModel, name: str) -> str:
    if name.endswith("_"):  # a Python keyword: ``from_``
        return type(model).model_fields[name].alias or name
    return name
