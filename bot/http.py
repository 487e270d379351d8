"""Posts JSON over kept-alive HTTP/1.1 connections: what an answer costs is mostly this.

One request at a time on a connection, so that what became of each is known. It speaks to one
host, asks for no compression and follows no redirect: all that a Bot API server needs. The same
through aiohttp's client took five times the processor time (docs/decisions/0005-posting.md).
"""

import asyncio
import ssl
from collections import deque
from functools import cache
from typing import cast
from urllib.parse import urlsplit

import httptools

CONNECT_SECONDS = 10.0
KEPT_SECONDS = 55.0
"""Servers close idle connections after 60 s and more."""
LARGEST_BODY = 32_000_000


class NoConnection(Exception):
    """The request did not leave."""


class NoAnswer(Exception):
    """The request left, and no whole answer came."""


@cache
def trusted() -> ssl.SSLContext:
    """The authorities of this machine, for every loop; reading them takes 25 ms."""
    return ssl.create_default_context()


class Http:
    """Connections to one server. Raises NoConnection and NoAnswer, named by their cause."""

    def __init__(self, base: str, *, connections: int) -> None:
        """``base`` is ``http://host:port`` or ``https://host``, perhaps with a path."""
        parts = urlsplit(base)
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._ssl = trusted() if parts.scheme == "https" else None
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
            except NoAnswer:
                connection.close()
                self.close()  # the network may have taken the idle ones too: a new one will tell
                raise
            except BaseException:
                connection.close()
                raise
            if connection.is_open:
                self._idle.append(connection)
            return answer

    def close(self) -> None:
        """Close the idle connections; those in use stay."""
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
    """One connection, with at most one request on it. llhttp reads the answers."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiter: asyncio.Future[tuple[int, bytes]] | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._body = bytearray()
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
        self._fail(type(error).__name__ if error else "ServerDisconnected")

    def data_received(self, data: bytes) -> None:
        if self._waiter is None:
            self.close()  # nobody has asked
            return
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail("NotHttp")

    def on_body(self, body: bytes) -> None:
        self._body += body
        if len(self._body) > LARGEST_BODY:
            self._fail("TooLarge")

    def on_message_complete(self) -> None:
        status = self._parser.get_status_code()
        if 100 <= status < 200:
            return
        body = bytes(self._body)
        self._body.clear()
        if not self._parser.should_keep_alive():
            self.close()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result((status, body))

    def _fail(self, reason: str) -> None:
        waiter = self._waiter
        self.close()
        if waiter is not None and not waiter.done():
            waiter.set_exception(NoAnswer(reason))
