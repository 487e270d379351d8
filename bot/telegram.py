"""The Bot API over HTTP, raw: JSON in, JSON out, and what became of each request."""

import io
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


class FileRefused(Exception):
    """Telegram does not hand a file out (any more), or it is larger than we take."""


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
        self._files = f"{base.rstrip('/')}/file/bot{token}/"
        self._aside: aiohttp.ClientSession | None = None
        """For what is large: it may take its time, and carries files."""

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
        body = io.BytesIO(content)  # read in pieces: a large one would hold everybody up
        form.add_field(field, body, filename=file_name, content_type=media_type)
        limit = aiohttp.ClientTimeout(total=within, sock_connect=10)
        try:
            async with self._session().post(
                self._address + method, timeout=limit, data=form
            ) as got:
                status, raw = got.status, await got.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise OutcomeUnknown(type(error).__name__) from None
        return _read(status, raw)

    async def download(self, file_id: str, largest: int, *, within: float = 120) -> bytes:
        """The bytes of a file that somebody sent; raises NotSent, OutcomeUnknown, FileRefused."""
        answer = await self.call("getFile", {"file_id": file_id})
        if answer.status >= 500 or answer.status == 429:
            raise OutcomeUnknown(str(answer.status))
        path = answer.result.get("file_path") if isinstance(answer.result, dict) else None
        if not answer.ok or not isinstance(path, str):
            raise FileRefused(str(answer.status))
        limit = aiohttp.ClientTimeout(total=within, sock_connect=10)
        try:
            async with self._session().get(self._files + path, timeout=limit) as got:
                if got.status != 200:
                    raise FileRefused(str(got.status))
                content = bytearray()
                async for part in got.content.iter_chunked(1 << 16):
                    content += part
                    if len(content) > largest:
                        raise FileRefused("too large")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise OutcomeUnknown(type(error).__name__) from None
        return bytes(content)

    def _session(self) -> aiohttp.ClientSession:
        if self._aside is None:
            self._aside = aiohttp.ClientSession()
        return self._aside

    async def close(self) -> None:
        self._http.close()
        if self._aside is not None:
            await self._aside.close()


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
