"""What the control interface's handlers share: reading, waiting, errors as sentences."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from simulator.chats import Chat, Person
from simulator.foreign import is_foreign
from simulator.people import Misuse
from simulator.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
WAIT_LIMIT = 60.0  # seconds a long poll on the control interface lasts at most


@web.middleware
async def explained(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors as sentences; and no page of another site may drive the simulator."""
    if is_foreign(request):
        return web.json_response({"error": "requests from other sites are refused"}, status=403)
    try:
        return await handler(request)
    except Misuse as misuse:
        return web.json_response({"error": str(misuse)}, status=misuse.status)
    except (ValueError, TypeError, KeyError) as error:
        return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)


async def told(request: web.Request) -> dict[str, Any]:
    body = await request.read()
    said = json.loads(body) if body else {}
    if not isinstance(said, dict):
        raise Misuse("the body must be a JSON object")
    return said


def number(request: web.Request, name: str, otherwise: int | None = None) -> int:
    """A number out of the path or the query string."""
    given = request.match_info.get(name) or request.query.get(name)
    if given is None:
        if otherwise is None:
            raise Misuse(f"{name} is missing")
        return otherwise
    return int(given)


def wait_of(request: web.Request) -> float:
    return min(float(request.query.get("wait", 0)), WAIT_LIMIT)


async def until(
    world: World,
    done: Callable[[], bool],
    wait: Callable[[float], Awaitable[bool]],
    request: web.Request,
) -> None:
    """Hold the request back until it is done, its `wait` is over or the server stops."""
    deadline = asyncio.get_running_loop().time() + wait_of(request)
    while not done() and not world.stopping:
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0 or not await wait(left):
            return


def person_of(world: World, person_id: int) -> Person:
    person = world.chats.people.get(person_id)
    if person is None:
        raise Misuse(f"there is no person {person_id}", 404)
    return person


def chat_of(world: World, request: web.Request) -> Chat:
    chat = world.chats.all.get(number(request, "chat"))
    if chat is None:
        raise Misuse("there is no such chat", 404)
    return chat
