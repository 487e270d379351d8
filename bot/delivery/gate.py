"""The last look before a mail request leaves, and the first at what came back."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

from bot.http import trusted

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0
LONGEST_OUTAGE = 30.0
"""Telegram is tried again at least so often while it is out of reach."""

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NO_SUCH_BOT = (401, 404)


class HeldBack(TelegramError):
    """It did not leave, or was refused for coming too early; ``seconds``: said by Telegram."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__("held back")
        self.seconds = seconds


class NotNow(TelegramError):
    """Telegram was not reached, or could not take it; it had no effect."""


class Gate(HTTPXRequest):
    """Requests of python-telegram-bot's, each looked at after its limiter has let it through.

    The library never hears of a 429: one of its limiter's waits ends early when any other request
    does, and 36 requests left inside a ban of one second.
    """

    def __init__(self, may_leave: Callable[[], bool], connections: int) -> None:
        super().__init__(
            connection_pool_size=connections,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            write_timeout=ANSWER_SECONDS,
            pool_timeout=CONNECT_SECONDS,
            # as the other loops: no proxy by surprise, and the same authorities
            httpx_kwargs={"trust_env": False, "verify": trusted()},
        )
        self._may_leave = may_leave
        self._closed_until = 0.0
        self._outage = 1.0

    def closed_for(self) -> float:
        """For how many seconds nothing leaves."""
        return max(0.0, self._closed_until - time.monotonic())

    def close_for(self, seconds: float) -> None:
        """Let nothing leave for so long; a longer wait that is known already stays."""
        self._closed_until = max(self._closed_until, time.monotonic() + seconds)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Let it leave if it still may; raises HeldBack, NotNow and the library's own."""
        if self.closed_for() or not self._may_leave():
            raise HeldBack
        try:
            status, body = await super().do_request(*args, **kwargs)
        except NetworkError as error:
            if isinstance(error.__cause__, _NEVER_LEFT):
                raise self._out_of_reach(type(error.__cause__).__name__) from None
            raise
        if status == 429:
            seconds = _retry_after(body)
            self.close_for(seconds)
            raise HeldBack(seconds)
        if status >= 500 or status in _NO_SUCH_BOT:
            raise self._out_of_reach(str(status))
        self._outage = 1.0
        return status, body

    def _out_of_reach(self, why: str) -> NotNow:
        """Wait before anything else is tried, twice as long each time."""
        if not self.closed_for():
            self.close_for(self._outage)
            self._outage = min(self._outage * 2, LONGEST_OUTAGE)
        return NotNow(why)


def _retry_after(body: bytes) -> float:
    try:
        return max(1.0, float(json.loads(body)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return 1.0
