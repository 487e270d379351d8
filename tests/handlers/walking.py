"""The router, walked: every handler with the filters before it."""

from collections.abc import Iterator
from typing import Any, TypeVar

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject

from bot.dispatcher import the_dispatcher

Wanted = TypeVar("Wanted")


def handlers_in(router: Router, kind: str) -> Iterator[HandlerObject]:
    """Every handler of updates of this kind (``message``, ``callback_query``)."""
    yield from router.observers[kind].handlers
    for below in router.sub_routers:
        yield from handlers_in(below, kind)


def all_handlers(kind: str) -> list[HandlerObject]:
    return list(handlers_in(the_dispatcher(), kind))


def filters_of(handler: HandlerObject, kind: type[Wanted]) -> list[Wanted]:
    """Those of its filters that are of this class."""
    found: list[Any] = [one.callback for one in handler.filters or ()]
    return [one for one in found if isinstance(one, kind)]
