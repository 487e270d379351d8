"""Posts JSON over kept-alive HTTP/1.1 connections: what an answer costs is mostly this.

One request at a time on a connection, so that what became of each is known. It speaks to one
host, asks for no compression and follows no redirect: all that a Bot API server needs. The same
through aiohttp's client took a sixth of an answer's processor time more.
"""

import asyncio
import ssl
from collections import deque
from typing import cast
from urllib.parse import urlsplit

CONNECT_SECONDS = 10.0
KEPT_SECONDS = 55.0
"""Servers close idle connections after 60 s and more."""
LARGEST_HEAD = 65_536


class NoConnection(Exception):
    """The request did not leave."""


class NoAnswer(Exception):
    """The request left, and no whole answer came."""


class Http:
    """Connections to one server. Raises NoConnection and NoAnswer, named by their cause."""

    def __init__(self, base: str, *, connections: int) -> None:
        """``base`` is ``http://host:port`` or ``https://host``, perhaps with a path."""
        parts = urlsplit(base)
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._ssl = ssl.create_default_context() if parts.scheme == "https" else None
        self._head = (
            f" HTTP/1.1\r\nHost: {parts.netloc.rpartition('@')[2]}\r\n"
            "User-Agent: musharaka\r\nAccept: application/json\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self._places = asyncio.Semaphore(connections)
        self._idle: deque[_Connection] = deque()

    async def post(self, path: str, body: bytes, within: float) -> tuple[int, bytes]:
        """Status and body of the answer, which has ``within`` seconds to come."""
        async with self._places:
            connection = self._kept() or await self._connect()
            request = b"POST %b%b%d\r\n\r\n%b" % (path.encode(), self._head, len(body), body)
            try:
                answer = await connection.ask(request, within)
            except BaseException:
                connection.close()
                raise
            if connection.is_open:
                self._idle.append(connection)
            return answer

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> "_Connection | None":
        """The connection used last, if it is still open; old ones are closed."""
        now = asyncio.get_running_loop().time()
        while self._idle and now - self._idle[0].used_at > KEPT_SECONDS:
            self._idle.popleft().close()
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open:
                return connection
        return None

    async def _connect(self) -> "_Connection":
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                _, connection = await loop.create_connection(
                    _Connection, self._host, self._port, ssl=self._ssl
                )
        except (OSError, TimeoutError) as error:
            raise NoConnection(type(error).__name__) from None
        return connection


class _Connection(asyncio.Protocol):
    """One connection, with at most one request on it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[tuple[int, bytes]] | None = None
        self._buffer = bytearray()
        self._status = 0
        self._length: int | None = None
        self._is_chunked = False
        self._is_last = False
        self._has_head = False
        self.is_open = False
        self.used_at = 0.0

    async def ask(self, request: bytes, within: float) -> tuple[int, bytes]:
        waiter: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
        self._waiter = waiter
        expiry = self._loop.call_later(within, self._fail, "TimeoutError")
        try:
            if self._transport is None or not self.is_open:
                raise NoConnection("ConnectionResetError")
            self._transport.write(request)
            return await waiter
        finally:
            expiry.cancel()
            self._waiter = None
            self.used_at = self._loop.time()

    def close(self) -> None:
        self.is_open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self.is_open = True

    def connection_lost(self, error: Exception | None) -> None:
        was_open, self.is_open = self.is_open, False
        if self._has_head and self._length is None and not self._is_chunked and error is None:
            self._done(bytes(self._buffer))  # the end of the connection ends such a body
        elif was_open:
            self._fail(type(error).__name__ if error else "ServerDisconnected")

    def data_received(self, data: bytes) -> None:
        if self._waiter is None:
            self.close()  # nobody has asked
            return
        self._buffer += data
        try:
            if not self._has_head and not self._read_head():
                return
            body = _unchunked(self._buffer) if self._is_chunked else self._whole()
        except ValueError:
            self._fail("NotHttp")
            return
        if body is not None:
            self._done(body)

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            if len(self._buffer) > LARGEST_HEAD:
                raise ValueError("no end of the head")
            return False
        head = bytes(self._buffer[:end]).lower()
        if not head.startswith(b"http/1."):
            raise ValueError("not HTTP")
        status = int(head[9:12])
        del self._buffer[: end + 4]
        if 100 <= status < 200:
            return self._read_head()
        fields = {
            name.strip(): value.strip()
            for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
        }
        self._status, self._has_head = status, True
        self._is_chunked = b"chunked" in fields.get(b"transfer-encoding", b"")
        length = fields.get(b"content-length")
        self._length = None if length is None or self._is_chunked else int(length)
        if fields.get(b"connection") == b"close" or head.startswith(b"http/1.0"):
            self._is_last = True
        return True

    def _whole(self) -> bytes | None:
        if self._length is None or len(self._buffer) < self._length:
            return None
        return bytes(self._buffer[: self._length])

    def _done(self, body: bytes) -> None:
        waiter, status = self._waiter, self._status
        self._buffer.clear()
        self._has_head = False
        if self._is_last:
            self.close()
        if waiter is not None and not waiter.done():
            waiter.set_result((status, body))

    def _fail(self, reason: str) -> None:
        waiter = self._waiter
        self.close()
        if waiter is not None and not waiter.done():
            waiter.set_exception(NoAnswer(reason))


def _unchunked(raw: bytearray) -> bytes | None:
    """The body of a chunked answer; None while its end is missing."""
    body, at = bytearray(), 0
    while True:
        line_end = raw.find(b"\r\n", at)
        if line_end < 0:
            return None
        size = int(bytes(raw[at:line_end]).partition(b";")[0], 16)
        start = line_end + 2
        if size == 0:
            return bytes(body) if raw.find(b"\r\n", start) >= 0 else None
        if len(raw) < start + size + 2:
            return None
        body += raw[start : start + size]
        at = start + size + 2
