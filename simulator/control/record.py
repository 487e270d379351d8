"""The bot at work: its requests, its updates, and whether it has calmed down."""

import asyncio
import json
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import Any

from aiohttp import web

from simulator.control.asked import number, told, until, wait_of
from simulator.record import Entry
from simulator.world import World

STAGES: Mapping[str, Callable[[Entry], bool]] = {
    "arrived": lambda entry: True,
    "effect": lambda entry: entry.effect,
    "answered": lambda entry: entry.status is not None,
    "delivered": lambda entry: entry.delivered is not None,
}


class RecordControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/requests", self.requests),
            web.delete("/requests", self.forget_requests),
            web.get("/updates", self.updates),
            web.post("/updates", self.push_update),
            web.post("/updates/repeat", self.repeat_updates),
            web.get("/quiet", self.quiet),
        ]

    async def requests(self, request: web.Request) -> web.Response:
        """Recorded requests as JSON lines; with `wait`, as soon as one matches."""
        since, most = number(request, "since", 0), number(request, "limit", 1_000_000)
        methods = request.query.get("method", "*")
        reached = STAGES[request.query.get("stage", "arrived")]
        chat_id, polls = number(request, "chat_id", 0), number(request, "polls", 1)

        def matching() -> list[Any]:
            return [
                entry
                for entry in self._world.record.since(since)
                if (polls or entry.method != "getUpdates")
                and (methods == "*" or fnmatchcase(entry.method, methods))
                and chat_id in (0, entry.chat_id)
                and reached(entry)
            ][:most]

        changed = self._world.record.changed
        await until(self._world, lambda: bool(matching()), changed.wait, request)
        lines = "".join(
            f"{json.dumps(entry.to_json(), ensure_ascii=False)}\n" for entry in matching()
        )
        return web.Response(text=lines, content_type="application/x-ndjson")

    async def forget_requests(self, request: web.Request) -> web.Response:
        self._world.record.forget()
        return web.json_response({"count": self._world.record.count})

    async def updates(self, request: web.Request) -> web.Response:
        pending = self._world.updates.pending
        return web.json_response({"pending": len(pending), "update_ids": list(pending)[:1000]})

    async def push_update(self, request: web.Request) -> web.Response:
        """Queue a raw update, well formed or not; what the bot makes of it is its affair."""
        asked = await told(request)
        return web.json_response(
            {"update_id": self._world.updates.push(asked, chat_of_update(asked))}
        )

    async def repeat_updates(self, request: web.Request) -> web.Response:
        """Deliver the last confirmed updates once more, under the ids they had."""
        last = int((await told(request)).get("last", 1))
        return web.json_response({"update_ids": self._world.updates.repeat(last=last)})

    async def quiet(self, request: web.Request) -> web.Response:
        """Whether everything has calmed down: no update pending, no request for `for` seconds."""
        loop, record = asyncio.get_running_loop(), self._world.record
        calm, deadline = float(request.query.get("for", 0.15)), loop.time() + wait_of(request)
        while not self._world.stopping:
            busy = bool(self._world.updates.pending or record.in_flight)
            left = record.last_at + calm - self._world.clock.now()
            if not busy and left <= 0:
                return web.json_response({"quiet": True})
            until_deadline = deadline - loop.time()
            if until_deadline <= 0:
                break
            signal = self._world.updates.changed if self._world.updates.pending else record.changed
            await signal.wait(min(until_deadline, max(left, 0.01) if not busy else until_deadline))
        return web.json_response({
            "quiet": False,
            "pending": len(self._world.updates.pending),
            "in_flight": record.in_flight,
        })  # fmt: skip


def chat_of_update(update: dict[str, Any]) -> int:
    """The chat a raw update seems to belong to, for the order of webhook calls; 0 when unclear."""
    for value in update.values():
        if isinstance(value, dict):
            holder = value.get("message", value)
            chat = holder.get("chat") if isinstance(holder, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return 0
