"""How the loops wait: for a hint, a while, or the end."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


class Hint:
    """Something is there: a hint only, the rows are the truth."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def give(self) -> None:
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Until a hint or the time is over."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return
        finally:
            self._event.clear()


class Stop:
    """Says when to end. The end is a hint too, to each loop that asked for it."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._hints: list[Hint] = []

    def __bool__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        self._event.set()
        for hint in self._hints:
            hint.give()

    def wakes(self, hint: Hint) -> None:
        """Give this hint at the end, so that nobody waits past it."""
        self._hints.append(hint)

    async def wait(self) -> None:
        await self._event.wait()

    async def sleep(self, seconds: float) -> None:
        """Sleep, but not past the end."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return


class Backoff:
    """Waits that double from ``first`` to ``longest`` seconds, jittered, until reset."""

    def __init__(self, stop: Stop, first: float, longest: float) -> None:
        self._stop = stop
        self._first = first
        self._longest = longest
        self._next = first

    async def wait(self) -> None:
        """Sleep, but not past the end."""
        await self._stop.sleep(self._next * random.uniform(0.7, 1.3))  # noqa: S311  (spreads)
        self._next = min(self._next * 2, self._longest)

    def reset(self) -> None:
        self._next = self._first


def until_the_database_is_back(stop: Stop) -> Backoff:
    """Waits of 0.1 to 2 s: a server that has restarted is used again within seconds."""
    return Backoff(stop, 0.1, 2)


async def work_until(
    stop: Stop,
    hint: Hint,
    work: Callable[[], Awaitable[int]],
    is_trouble: Callable[[BaseException], bool],
) -> None:
    """Work as long as there is work, else wait for a hint; trouble is waited out."""
    stop.wakes(hint)
    backoff = until_the_database_is_back(stop)
    while not stop:
        try:
            worked = await work()
        except Exception as error:
            if not is_trouble(error):
                raise
            log.warning("the database or the key file cannot be used; waiting", error=error)
            await backoff.wait()
            continue
        backoff.reset()
        if not worked:
            await hint.wait(1.0)
