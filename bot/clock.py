"""Wakes the house: what is due is a row, acted on in the transaction that claims it."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot.stopping import Hint, Stop
from participation.clock import Clock
from participation.sealing import claim_due_sealings
from storage.attachments import expire_attachments
from storage.audit import chain_entries
from storage.database import Database, is_database_trouble
from storage.inbox import expire
from storage.outbox import expire_failures
from storage.running import compact_tallies
from storage.traces import expire_traces

TICK_SECONDS = 5
HOUSEKEEPING_SECONDS = 60
KEPT = timedelta(hours=48)
"""How long update numbers, parked payloads and failed replies stay."""

log = structlog.get_logger()


class Timekeeper:
    """APScheduler, in memory, as a clock only."""

    def __init__(self, database: Database, clock: Clock, on_job: Hint, stop: Stop) -> None:
        self._database = database
        self._clock = clock
        self._on_job = on_job
        self._stop = stop
        self._woken = Hint()
        self._due: deque[Callable[[], Awaitable[None]]] = deque()

    async def run(self) -> None:
        """Tick until the end."""
        scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for act, seconds in ((self.tick, TICK_SECONDS), (self.tidy, HOUSEKEEPING_SECONDS)):
            scheduler.add_job(self._wake, "interval", [act], seconds=seconds)
        self._stop.wakes(self._woken)
        scheduler.start()
        try:
            await self.tick()
            while not self._stop:
                await self._woken.wait(TICK_SECONDS)
                while self._due and not self._stop:
                    await self._due.popleft()()
        finally:
            scheduler.shutdown(wait=False)

    async def _wake(self, act: Callable[[], Awaitable[None]]) -> None:
        """What APScheduler calls: it says what is due, and does nothing itself."""
        if act not in self._due:
            self._due.append(act)
        self._woken.give()

    async def tick(self) -> None:
        """Claim what is due."""
        await self._in_transaction("tick", self._claim)

    async def tidy(self) -> None:
        """Erase what has expired, compact counts, and write the log of SQLite back."""
        await self._in_transaction("tidy", self._expire)
        await self.checkpoint()

    async def _claim(self, session: AsyncSession) -> None:
        if await claim_due_sealings(session, self._clock()):
            self._on_job.give()
        await chain_entries(session)

    async def _expire(self, session: AsyncSession) -> None:
        before = self._clock() - KEPT
        await expire(session, before)
        await expire_failures(session, before)
        await expire_attachments(session, before)
        await expire_traces(session)
        await compact_tallies(session)

    async def checkpoint(self) -> None:
        """Move SQLite's write-ahead log into the database file."""
        if not self._database.is_sqlite:
            return
        try:
            async with self._database.engine.connect() as connection:
                raw = await connection.get_raw_connection()
                await raw.driver_connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # type: ignore[union-attr]
        except Exception as error:
            log.warning("no checkpoint", error=error)

    async def _in_transaction(
        self, name: str, act: Callable[[AsyncSession], Awaitable[None]]
    ) -> None:
        try:
            async with self._database.unit_of_work() as session:
                await act(session)
        except Exception as error:
            level = log.warning if is_database_trouble(error) else log.error
            level("the clock could not act", act=name, error=error)
