"""The Bot API over HTTP, raw: JSON in, JSON out, and what became of each request."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.http import Http, NoAnswer, NoConnection


class NotSent(Exception):
    """No connection: the request did not reach Telegram."""


class OutcomeUnknown(Exception):
    """The connection broke or timed out: the request may have had its effect."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What Telegram answered. ``status`` is the error code of its JSON, else HTTP's."""

    status: int
    result: Any = None
    description: str = ""
    retry_after: float | None = None
    migrate_to_chat_id: int | None = None

    @property
    def ok(self) -> bool:
        return self.status == 200


class Telegram:
    """One bot's requests. The token stands in each address, so no address is ever logged."""

    def __init__(self, base: str, token: str, *, connections: int = 256) -> None:
        self._address = f"{base.rstrip('/')}/bot{token}/"
        self._path = f"{urlsplit(base).path.rstrip('/')}/bot{token}/"
        self._http = Http(base, connections=connections)
        self._uploads: aiohttp.ClientSession | None = None

    async def call(self, method: str, params: Any = None, *, within: float = 30) -> Answer:
        """Post parameters, given as an object or as JSON bytes; raises NotSent, OutcomeUnknown."""
        body = params if isinstance(params, bytes) else json.dumps(params or {}).encode()
        try:
            status, raw = await self._http.post(self._path + method, body, within)
        except NoConnection as error:
            raise NotSent(str(error)) from None
        except NoAnswer as error:
            raise OutcomeUnknown(str(error)) from None
        return _read(status, raw)

    async def upload(
        self,
        method: str,
        params: dict[str, Any],
        field: str,
        content: bytes,
        file_name: str,
        media_type: str,
        *,
        within: float = 120,
    ) -> Answer:
        """Post parameters with one file as multipart/form-data."""
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        form.add_field(field, content, filename=file_name, content_type=media_type)
        limit = aiohttp.ClientTimeout(total=within, sock_connect=10)
        if self._uploads is None:
            self._uploads = aiohttp.ClientSession()
        try:
            async with self._uploads.post(self._address + method, timeout=limit, data=form) as got:
                status, raw = got.status, await got.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise OutcomeUnknown(type(error).__name__) from None
        return _read(status, raw)

    async def close(self) -> None:
        self._http.close()
        if self._uploads is not None:
            await self._uploads.close()


def _read(status: int, raw: bytes) -> Answer:
    """A page that is no JSON comes from something before the server: it counts as a 502."""
    try:
        document = json.loads(raw)
        if document["ok"] is True:
            return Answer(200, document.get("result"))
    except (ValueError, KeyError, TypeError, RecursionError):
        if status >= 300:
            return Answer(max(status, 502), description="not JSON")
        raise OutcomeUnknown("not JSON") from None
    parameters = document.get("parameters")
    if not isinstance(parameters, dict):
        parameters = {}
    code = _number(document.get("error_code"))
    return Answer(
        int(code or status),
        description=str(document.get("description") or ""),
        retry_after=_number(parameters.get("retry_after")),
        migrate_to_chat_id=parameters.get("migrate_to_chat_id"),
    )


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) else None
