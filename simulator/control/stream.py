"""The stream of changes: server-sent events for pages, whose reader may be slow, late or gone."""

import asyncio
import json
from typing import Any

from aiohttp import web

from simulator.control.asked import number
from simulator.seen import event_seen
from simulator.world import World

BATCH = 200  # events in one write


class StreamControl:
    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/events", self.events)]

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Changes in one chat or in all; goes on after `Last-Event-ID` or `since`."""
        events = self._world.events
        given = request.headers.get("Last-Event-ID") or request.query.get("since")
        since, only = int(given) if given else None, number(request, "chat_id", 0)
        response = web.StreamResponse(headers={"Cache-Control": "no-cache"})
        response.content_type = "text/event-stream"
        await response.prepare(request)
        with events.followed():
            try:
                await self._follow(response, since, only)
            except ConnectionError:
                pass  # the page was closed
            except TimeoutError:
                if request.transport is not None:
                    request.transport.abort()
        return response

    async def _follow(self, response: web.StreamResponse, since: int | None, only: int) -> None:
        world, events = self._world, self._world.events
        seq = events.seq if since is None else since
        stale = since is not None and not only and seq <= events.unsaid_at
        await self._write(response, "retry: 1000\n" + self._said("hello"))
        while not world.stopping:
            if not events.reaches(seq) or (stale and seq == events.seq):
                seq, stale = events.seq, False
                await self._write(response, self._said("reset", number=True))
            batch = events.since(seq, BATCH)
            lines = [
                line(event.kind, event_seen(world, event), event.seq)
                for event in batch
                if only in (0, event.chat_id)
            ]
            seq = batch[-1].seq if batch else seq
            if lines:
                await self._write(response, "".join(lines))
            elif not batch and not await events.changed.wait(world.settings.heartbeat):
                await self._write(response, ": still here\n\n")

    async def _write(self, response: web.StreamResponse, words: str) -> None:
        """Raises TimeoutError when the reader does not take it, ConnectionError when it left."""
        async with asyncio.timeout(self._world.settings.follower_patience):
            await response.write(words.encode())

    def _said(self, kind: str, *, number: bool = False) -> str:
        seq = self._world.events.seq
        about = {"seq": seq, "kind": kind, "chat_id": 0, "town": self._world.town}
        return line(kind, about, seq if number else None)


def line(kind: str, data: dict[str, Any], seq: int | None = None) -> str:
    numbered = "" if seq is None else f"id: {seq}\n"
    return f"{numbered}event: {kind}\ndata: {json.dumps(data)}\n\n"
