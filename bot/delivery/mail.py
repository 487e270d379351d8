"""Sends what is announced: rows claimed in small batches, paced, their outcomes written."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.carrier import Carried, Carrier
from bot.delivery.place import Place
from bot.delivery.progress import Progress
from bot.logs import describe
from bot.stopping import Hint, Stop, until_the_database_is_back
from participation.clock import Clock, local
from storage.announcements import DeliveryState
from storage.base import PersonId
from storage.database import Database, is_database_trouble
from storage.deliveries import (
    Due,
    Settled,
    claim,
    is_any_due,
    returned,
    settle,
    try_again,
    unclaim,
)

IN_FLIGHT = 8
"""Claimed and not written: what a kill can send twice."""
POLL_SECONDS = 1.0
GATHER_SECONDS = 0.05
"""Outcomes of so long are written together."""
REST_SECONDS = 1.0
"""Between two messages to one person, which keep their order."""
RETURNS_SECONDS = 5.0
END_SECONDS = 5.0
TROUBLE = (DeliveryState.FAILED, DeliveryState.UNCERTAIN)
SILENT_FROM, SILENT_UNTIL = 21, 8
"""In these hours of Morocco's clock a message arrives without a sound."""

log = structlog.get_logger()


class Mail:
    """The mail loop. Rows are the truth; in memory is only what is on its way."""

    def __init__(
        self,
        database: Database,
        place: Place,
        carrier: Carrier,
        progress: Progress,
        clock: Clock,
        stop: Stop,
    ) -> None:
        self._database = database
        self._place = place
        self._carrier = carrier
        self._progress = progress
        self._clock = clock
        self._stop = stop
        self._hint = Hint()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._done: dict[int, Settled] = {}
        self._resting: dict[PersonId, float] = {}
        """Until when each person is left in peace; for ever while something is on its way."""
        self._is_unsure = False
        """Whether rows may be claimed that are in nobody's hand."""
        self._looked_at = 0.0

    async def run(self) -> None:
        """Send until the end; the database's trouble is waited out."""
        self._stop.wakes(self._hint)
        backoff = until_the_database_is_back(self._stop)
        while not self._stop:
            try:
                seconds = await self._turn()
            except Exception as error:
                if not is_database_trouble(error):
                    raise
                log.warning("the database cannot be used for mail; waiting", error=error)
                self._is_unsure = True
                await backoff.wait()
                continue
            backoff.reset()
            if seconds:
                await self._hint.wait(seconds)
                await self._stop.sleep(GATHER_SECONDS)
        await self._end()

    async def _turn(self) -> float:
        """Write what is known, claim what is due; how long there is nothing to do."""
        if not self._place.is_ours:
            self._leave_everything()
            ban = await self._place.take()
            if ban is None:
                return POLL_SECONDS
            self._carrier.close_for(ban)
        await self._look_for_returns()
        if await self._is_anything_to_write():
            await self._write_and_claim()
        is_idle = not self._tasks and not self._done
        await self._progress.tell(self._place, is_idle=is_idle)
        return min(self._carrier.closed_for() or POLL_SECONDS, POLL_SECONDS)

    async def _is_anything_to_write(self) -> bool:
        if self._done or self._is_unsure or self._place.wants_renewal:
            return True
        if self._tasks or self._carrier.closed_for():
            return False
        async with self._database.reading() as session:
            return await is_any_due(session, self._clock())

    async def _write_and_claim(self) -> None:
        now, settled = self._clock(), list(self._done.values())
        async with self._database.unit_of_work() as session:
            if not await self._place.confirm(session):
                return
            await settle(session, settled, now)
            if self._is_unsure:
                await unclaim(session, {*self._tasks, *self._done})
            due = await self._claim(session, len(settled))
        self._is_unsure = False
        for one in settled:
            del self._done[one.due.id]
        for each in due:
            self._start(each)

    async def _claim(self, session: AsyncSession, settled: int) -> list[Due]:
        free = IN_FLIGHT - len(self._tasks) - (len(self._done) - settled)
        if free <= 0 or self._stop or self._carrier.closed_for():
            return []
        now = time.monotonic()
        self._resting = {who: until for who, until in self._resting.items() if until > now}
        return await claim(session, free, self._resting.keys(), self._clock())

    def _start(self, due: Due) -> None:
        self._resting[due.person_id] = float("inf")
        self._tasks[due.id] = asyncio.create_task(self._send(due))

    async def _send(self, due: Due) -> None:
        try:
            carried = await self._carry(due)
        except Exception as error:
            log.error("a delivery could not be worked on", delivery=due.id, error=error)
            carried = Carried(DeliveryState.UNCERTAIN, error=describe(error))
        self._resting[due.person_id] = time.monotonic() + self._rest_after(carried)
        if self._tasks.pop(due.id, None) is None:
            return  # the place was lost meanwhile, and the row is somebody else's
        self._done[due.id] = Settled(
            due,
            carried.state,
            carried.retry_at,
            carried.error,
            carried.moved_to,
        )
        if carried.state in TROUBLE:
            log.warning("mail failed", delivery=due.id, state=carried.state, error=carried.error)
        self._hint.give()

    def _rest_after(self, carried: Carried) -> float:
        """Seconds; past the next try, so that nothing later overtakes what has to wait."""
        if carried.retry_at is None:
            return REST_SECONDS
        return REST_SECONDS + max(0.0, (carried.retry_at - self._clock()).total_seconds())

    async def _carry(self, due: Due) -> Carried:
        if due.request is None:
            return Carried(DeliveryState.FAILED, error="no words")
        return await self._carrier.carry(due.chat_id, "sendMessage", self._dressed(due.request))

    def _dressed(self, request: Mapping[str, Any]) -> dict[str, Any]:
        hour = local(self._clock()).hour
        if hour >= SILENT_FROM or hour < SILENT_UNTIL:
            return {**request, "disable_notification": True}
        return dict(request)

    async def _look_for_returns(self) -> None:
        """Whoever was not found and has come back is told after all."""
        now = time.monotonic()
        if now - self._looked_at < RETURNS_SECONDS:
            return
        self._looked_at = now
        async with self._database.reading() as session:
            ids = await returned(session, self._clock())
        if not ids:
            return
        async with self._database.unit_of_work() as session:
            if await self._place.confirm(session):
                await try_again(session, ids)

    def _leave_everything(self) -> None:
        """What is in hand is another process's now: it has those rows wait again."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._done.clear()
        self._resting.clear()

    async def _end(self) -> None:
        """Wait for what has left, write what became of it, and let another process go on."""
        if self._tasks:
            await asyncio.wait(self._tasks.values(), timeout=END_SECONDS)
        try:
            async with self._database.unit_of_work() as session:
                if await self._place.confirm(session):
                    await settle(session, list(self._done.values()), self._clock())
                    await self._place.give_back(session)
        except Exception as error:
            if not is_database_trouble(error):
                raise
            log.warning("the database cannot take the last outcomes of mail", error=error)
        finally:
            await self._carrier.end()
