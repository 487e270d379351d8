"""The Bot API server: one request from arrival to answer, with the faults that were asked for."""

import asyncio
import json
import socket
import struct
from inspect import isawaitable
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.web_request import BaseRequest

from simulator.faults import Fault
from simulator.foreign import is_foreign
from simulator.media_types import OTHER
from simulator.methods import METHODS, Call
from simulator.record import Entry
from simulator.refusals import Refused, not_simulated
from simulator.requests import Read, placed, read
from simulator.world import World

RESET = struct.pack("ii", 1, 0)  # linger: on, zero seconds, which makes closing a reset


class Answer(web.Response):
    """A response that notes in the record whether it could be written to an open connection."""

    def __init__(
        self,
        world: World,
        entry: Entry,
        status: int,
        body: dict[str, Any],
        *,
        told: bool = True,
    ) -> None:
        super().__init__(
            body=json.dumps(body).encode(), status=status, content_type="application/json"
        )
        self._world = world
        self._entry = entry
        self._connection: BaseRequest | None = None
        entry.status = status if told else None

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        self._connection = request
        try:
            return await super().prepare(request)
        except ConnectionError:
            self._finish(delivered=False)
            raise

    async def write_eof(self, data: bytes = b"") -> None:
        try:
            await super().write_eof(data)
        except ConnectionError:
            self._finish(delivered=False)
            raise
        transport = self._connection.transport if self._connection else None
        self._finish(delivered=transport is not None and not transport.is_closing())

    def _finish(self, *, delivered: bool) -> None:
        self._world.record.finish(self._entry, self._world.clock.now(), delivered=delivered)


class BotApi:
    def __init__(self, world: World, *, any_name: bool = False) -> None:
        self._world = world
        self._any_name = any_name

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """`/bot{token}/{method}`."""
        world = self._world
        if is_foreign(request, any_name=self._any_name):
            words = "Forbidden: pages of other sites do not drive the simulated bot"
            return web.json_response(Refused(403, words).body(), status=403)
        entry = world.record.begin(request.match_info["method"], world.clock.now())
        if request.match_info["token"] != world.token:
            return Answer(world, entry, 401, Refused(401, "Unauthorized").body())
        try:
            asked = await read(request)
        except Refused as refused:
            return self._refused(entry, refused)
        except ConnectionError:
            world.record.finish(entry, world.clock.now(), delivered=False)
            raise
        entry.params = asked.params
        entry.chat_id = self._chat_id(asked)
        struck = world.faults.striking(entry.method, entry.chat_id)
        if struck:
            return await self._troubled(request, entry, asked, struck)
        return Answer(world, entry, *await self.answer(entry, asked))

    async def file(self, request: web.Request) -> web.Response:
        """`/file/bot{token}/{path}`: the bytes, which no browser shows or carries out."""
        if is_foreign(request, any_name=self._any_name):
            raise web.HTTPForbidden
        stored = self._world.files.at(request.match_info["path"])
        if request.match_info["token"] != self._world.token or stored is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=stored.content, headers=headers, content_type=OTHER)

    async def answer(self, entry: Entry, asked: Read) -> tuple[int, dict[str, Any]]:
        """Act the request out: HTTP status and body."""
        try:
            result = await self._act(entry, asked)
        except Refused as refused:
            entry.outcome = refused.description
            return refused.status, refused.body()
        entry.outcome = summary(result)
        self._world.record.took_effect(entry)
        return 200, {"ok": True, "result": result}

    async def _act(self, entry: Entry, asked: Read) -> Any:
        schema = self._world.schema
        described = schema.methods.get(entry.method)
        if described is None:
            raise Refused(404, "Not Found: method not found")
        if asked.files:
            placed(asked, described["params"])
        params = asked.params
        if self._world.settings.validate or asked.text:
            params = schema.check_request(entry.method, params, text=asked.text)
            entry.params = params
        method = METHODS.get(entry.method)
        if method is None:
            raise not_simulated(f"{entry.method} (Bot API {schema.version})")
        if not params.keys() <= method.takes:
            beyond = ", ".join(sorted(params.keys() - method.takes))
            raise not_simulated(f"{beyond} of {entry.method} (Bot API {schema.version})")
        result = method.act(self._world, Call(params, asked.files))
        return await result if isawaitable(result) else result

    async def _troubled(
        self, request: web.Request, entry: Entry, asked: Read, struck: list[Fault]
    ) -> web.StreamResponse:
        world = self._world
        delay = sum(fault.delay() for fault in struck if fault.kind == "latency")
        failure = next((fault for fault in struck if fault.kind != "latency"), None)
        kind = failure.kind if failure else None
        await asyncio.sleep(
            delay / 2 + (failure.delay() if failure and kind == "stall_before" else 0)
        )
        if failure and kind == "error":
            return self._refused(entry, Refused(failure.status, failure.description))
        if failure and kind == "flood":
            seconds = failure.retry_after
            words = f"Too Many Requests: retry after {seconds}"
            return self._refused(entry, Refused(429, words, retry_after=seconds))
        if kind == "reset_before":
            entry.outcome = "reset before the effect"
            reset(request)
            return Answer(world, entry, 500, {}, told=False)
        status, body = await self.answer(entry, asked)
        await asyncio.sleep(
            delay / 2 + (failure.delay() if failure and kind == "stall_after" else 0)
        )
        if kind == "reset_after":
            reset(request)
        if kind == "half_body":
            return await self._half(request, entry, status, body)
        return Answer(world, entry, status, body)

    async def _half(
        self, request: web.Request, entry: Entry, status: int, body: dict[str, Any]
    ) -> web.StreamResponse:
        written = json.dumps(body).encode()
        response = web.StreamResponse(status=status)
        response.content_type = "application/json"
        response.content_length = len(written)
        entry.status = status
        await response.prepare(request)
        await response.write(written[: len(written) // 2])
        if request.transport is not None:
            request.transport.close()
        self._world.record.finish(entry, self._world.clock.now(), delivered=False)
        return response

    def _refused(self, entry: Entry, refused: Refused) -> Answer:
        entry.outcome = refused.description
        return Answer(self._world, entry, refused.status, refused.body())

    def _chat_id(self, asked: Read) -> int | None:
        """The chat a request concerns, for the record and for faults."""
        given = asked.params.get("chat_id")
        if given is None and "callback_query_id" in asked.params:
            query = self._world.queries.get(str(asked.params["callback_query_id"]))
            return query.chat_id if query else None
        try:
            return int(given) if given is not None else None
        except (TypeError, ValueError):
            return None


def reset(request: web.Request) -> None:
    """Cut the connection so that the client sees a reset, not an end."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        transport.abort()


def summary(result: Any) -> Any:
    """A result in few words: message ids, update ids, or the value when it is small."""
    if isinstance(result, dict):
        return result.get("message_id", "object")
    if isinstance(result, list):
        return [one.get("message_id", one.get("update_id")) for one in result]
    return result
