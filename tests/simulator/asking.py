"""A bare Bot API client for the simulator's tests: no library, JSON in, checked results out."""

import json
from typing import Any

from aiohttp import ClientSession, FormData

from simulator.refusals import Refused
from simulator.schema import bot_api
from simulator.validation import Schema

SCHEMA = Schema(bot_api())


class Asking:
    """`await bot("sendMessage", chat_id=…, text=…)`; a refusal is raised in the server's words.

    Bytes among the parameters are uploaded, the whole then goes as multipart.
    """

    def __init__(self, bot_url: str, session: ClientSession) -> None:
        self.url = bot_url
        self.session = session

    async def __call__(self, method: str, **params: Any) -> Any:
        if any(isinstance(value, bytes) for value in params.values()):
            return await self.form(method, multipart(params))
        async with self.session.post(f"{self.url}/{method}", json=params) as response:
            return self._read(method, response.status, await response.json())

    async def form(self, method: str, data: dict[str, str] | FormData) -> Any:
        """The same as a form, urlencoded or (FormData with files) multipart."""
        async with self.session.post(f"{self.url}/{method}", data=data) as response:
            return self._read(method, response.status, await response.json())

    async def refused(self, method: str, **params: Any) -> Refused:
        """How the server refuses this; an error when it does not."""
        try:
            result = await self(method, **params)
        except Refused as refused:
            return refused
        raise AssertionError(f"{method} was not refused: {result}")

    async def updates(self, offset: int = 0, **more: Any) -> list[dict[str, Any]]:
        """One short poll; every update is checked against the schema."""
        taken: list[dict[str, Any]] = await self("getUpdates", offset=offset, **more)
        return taken

    def _read(self, method: str, status: int, body: dict[str, Any]) -> Any:
        if not body["ok"]:
            assert body["error_code"] == status
            raise Refused(status, body["description"], **body.get("parameters", {}))
        assert status == 200
        check = SCHEMA.check_of(SCHEMA.methods[method]["returns"])
        check(body["result"])
        return body["result"]


def multipart(params: dict[str, Any]) -> FormData:
    form = FormData()
    for name, value in params.items():
        if isinstance(value, bytes):
            form.add_field(name, value, filename=name, content_type="application/octet-stream")
        else:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return form
