"""Behind the stage as the page sees it: what is told, and what may be asked."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession

from simulator.control_client import ControlClient

PATIENCE_SECONDS = 90.0


class Behind:
    def __init__(self, base_url: str, session: ClientSession) -> None:
        self._base_url = base_url
        self._session = session
        self._control = ControlClient(base_url, session)

    @classmethod
    @asynccontextmanager
    async def of(cls, base_url: str) -> AsyncIterator["Behind"]:
        async with ClientSession() as session:
            yield cls(base_url, session)

    async def shown(self) -> dict[str, Any]:
        return await self.until(lambda _: True)

    async def asks(self, act: str) -> None:
        """Raises ControlRefused where it cannot be asked."""
        await self._control.post("/backstage/acts", {"act": act})

    async def becomes(self, state: str) -> dict[str, Any]:
        """What is shown once the bot is so."""
        return await self.until(lambda shown: bool(shown["bot"]["state"] == state))

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """What is shown as soon as it is as wanted; follows the page's stream."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            page = await self._control.get("/page")
            shown: dict[str, Any] = page["backstage"]
            if not wanted(shown):
                events = f"{self._base_url}/control/events?since={page['seq']}"
                async with self._session.get(events) as stream:
                    async for line in stream.content:
                        if line.startswith(b"data:"):
                            shown = json.loads(line[5:]).get("backstage") or shown
                        if wanted(shown):
                            break
        return shown


def queue(shown: dict[str, Any], name: str) -> dict[str, Any]:
    """One queue of what is shown; empty until the demo has read it."""
    found = [one for one in shown["queues"] if one["name"] == name]
    return found[0] if found else {"counts": {}, "rows": []}
