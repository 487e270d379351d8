"""Waiting without polling: whoever waits is woken by the next change."""

import asyncio


class Signal:
    """Wakes everybody who waits; costs nothing while nobody does."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def notify(self) -> None:
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            for waiter in waiting:
                if not waiter.done():
                    waiter.set_result(None)

    async def wait(self, timeout: float) -> bool:  # noqa: ASYNC109 - a long poll's own limit
        """True when something changed, False after `timeout` seconds without a change."""
        if timeout <= 0:
            return False
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        done, _ = await asyncio.wait([waiter], timeout=timeout)
        if not done:
            waiter.cancel()
            if waiter in self._waiting:
                self._waiting.remove(waiter)
        return bool(done)
