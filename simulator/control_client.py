"""The control interface from the other side: plain calls over HTTP, errors as exceptions."""

import json
from io import BytesIO
from typing import Any

from aiohttp import ClientSession, ClientTimeout


class ControlRefused(Exception):
    """The control interface did not do it; the sentence says why."""


class ControlClient:
    def __init__(self, base_url: str, session: ClientSession) -> None:
        self._url = f"{base_url.rstrip('/')}/control"
        self._session = session

    async def get(self, path: str, **query: Any) -> Any:
        return await self._call("GET", path, query=query)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return await self._call("POST", path, body=body or {})

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        return await self._call("PUT", path, body=body)

    async def patch(self, path: str, body: dict[str, Any]) -> Any:
        return await self._call("PATCH", path, body=body)

    async def delete(self, path: str) -> Any:
        return await self._call("DELETE", path)

    async def text(self, path: str, **query: Any) -> str:
        return (await self.raw(path, **query)).decode()

    async def raw(self, path: str, **query: Any) -> bytes:
        async with self._session.get(
            self._url + path, params=query, timeout=ClientTimeout(total=120)
        ) as response:
            body = await response.read()
            if response.status != 200:
                raise ControlRefused(body.decode())
            return body

    async def _call(
        self, verb: str, path: str, *, query: Any = None, body: dict[str, Any] | None = None
    ) -> Any:
        data = None if body is None else BytesIO(json.dumps(body).encode())
        async with self._session.request(
            verb, self._url + path, params=query, data=data, timeout=ClientTimeout(total=120)
        ) as response:
            said = await response.json()
            if response.status != 200:
                raise ControlRefused(f"{verb} {path}: {said.get('error', said)}")
            return said
