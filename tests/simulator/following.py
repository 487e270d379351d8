"""Following the stream of changes as a page does, for the tests."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse, ClientSession

Event = dict[str, Any]


class Following:
    """One open stream; `hello` is what it began with."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response
        self.hello: Event = {}

    @classmethod
    @asynccontextmanager
    async def open(
        cls, base_url: str, session: ClientSession, *, last_id: int | None = None, **query: int
    ) -> AsyncIterator["Following"]:
        headers = {} if last_id is None else {"Last-Event-ID": str(last_id)}
        address = f"{base_url}/control/events"
        async with session.get(address, params=query, headers=headers) as response:
            assert response.content_type == "text/event-stream"
            stream = cls(response)
            stream.hello = await stream.next()
            assert stream.hello["kind"] == "hello"
            yield stream

    async def next(self, kind: str | None = None) -> Event:
        """The next event, or the next of that kind; its three lines agree with each other."""
        while True:
            fields = await self._fields()
            event: Event = json.loads(fields["data"])
            assert fields["event"] == event["kind"]
            assert fields.get("id", str(event["seq"])) == str(event["seq"])
            if kind in (None, event["kind"]):
                return event

    async def kinds(self, last: str) -> list[str]:
        """The kinds of all events up to the first of that kind."""
        kinds: list[str] = []
        while not kinds or kinds[-1] != last:
            kinds.append((await self.next())["kind"])
        return kinds

    async def silence(self, seconds: float = 0.1) -> bool:
        """Whether nothing comes for so long."""
        try:
            await asyncio.wait_for(self.response.content.readline(), seconds)
        except TimeoutError:
            return True
        return False

    async def _fields(self) -> dict[str, str]:
        fields: dict[str, str] = {}
        while True:
            line = (await asyncio.wait_for(self.response.content.readline(), 5)).decode()
            assert line, "the stream has ended"
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "data" in fields:
                return fields
