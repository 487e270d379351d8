"""Wakes the house: what is due is a row, acted on in the transaction that claims it."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot.stopping import Hint, Stop
from bot.watch import Watch
from participation.authoring import SENT
from participation.clock import Clock
from participation.invitations import GUESSING
from participation.previewing import SKETCH as PREVIEW
from participation.sealing import claim_due_sealings
from storage.attachments import expire_attachments
from storage.audit import chain_entries
from storage.database import Database, is_database_trouble
from storage.deliveries import expire as expire_deliveries
from storage.helping import erase_help
from storage.inbox import expire
from storage.invitations import forget_wrong_codes
from storage.outbox import expire_failures
from storage.running import clock_is_steady, compact_tallies
from storage.sketches import expire_sketches
from storage.traces import expire_traces

TICK_SECONDS = 5
HOUSEKEEPING_SECONDS = 60
KEPT = timedelta(hours=48)
"""How long update numbers, parked payloads and failed replies stay."""

log = structlog.get_logger()


class Timekeeper:
    """APScheduler, in memory, as a clock only."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        on_job: Hint,
        stop: Stop,
        watch: Watch | None = None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._on_job = on_job
        self._stop = stop
        self._watch = watch
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
            await self.look()
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
        await self.look()

    async def look(self) -> None:
        """Let the watch look; what it cannot do now it does in a minute."""
        if self._watch is None:
            return
        try:
            await self._watch.look()
        except Exception as error:
            level = log.warning if is_database_trouble(error) else log.error
            level("the watch could not look", error=error)

    async def _claim(self, session: AsyncSession) -> None:
        if await claim_due_sealings(session, self._clock()):
            self._on_job.give()
        await chain_entries(session)
        if self._watch is not None:
            await self._watch.database_answered(session)

    async def _expire(self, session: AsyncSession) -> None:
        before = self._clock() - KEPT
        await expire(session, before)
        await expire_failures(session, before)
        await expire_attachments(session, before)
        await expire_traces(session)
        for kind in (PREVIEW, SENT):
            await expire_sketches(session, kind, before)
        await forget_wrong_codes(session, self._clock() - GUESSING)
        if await clock_is_steady(session, self._clock()):
            await erase_help(session, self._clock())
        await expire_deliveries(session, self._clock())
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
            self._database.ensure_in_place()
            async with self._database.unit_of_work() as session:
                await act(session)
        except Exception as error:
            trouble = is_database_trouble(error)
            if trouble and self._watch is not None:
                self._watch.database_failed()
            level = log.warning if trouble else log.error
            level("the clock could not act", act=name, error=error)
