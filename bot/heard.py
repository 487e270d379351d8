"""Remembers when Telegram was last heard, so that a start knows what it may have missed."""

import time
from datetime import timedelta

import structlog

from bot.stopping import Stop
from participation.clock import Clock
from storage.alarms import AlarmKind, note_passed
from storage.database import Database, is_database_trouble
from storage.running import HEARD, remember, remembered

KEPT_BY_TELEGRAM = timedelta(hours=24)
NOTED_EVERY = 60.0

log = structlog.get_logger()


class Heard:
    """The receiver's memory; it knows minutes, never whose words came."""

    def __init__(self, database: Database, clock: Clock, *, moved: bool) -> None:
        self._database = database
        self._clock = clock
        self._moved = moved  # a clock that is moved jumps over days in which nothing was said
        self._noted = -NOTED_EVERY

    async def note(self) -> None:
        """Telegram has just answered; the database's trouble is left to others."""
        if self._moved or time.monotonic() - self._noted < NOTED_EVERY:
            return
        self._noted = time.monotonic()
        now = self._clock().replace(second=0, microsecond=0)
        try:
            async with self._database.unit_of_work() as session:
                before = await remembered(session, HEARD)
                if before is not None and now - before > KEPT_BY_TELEGRAM:
                    log.error("input may be lost", since=before, until=now - KEPT_BY_TELEGRAM)
                    lost = before, now - KEPT_BY_TELEGRAM
                    await note_passed(session, AlarmKind.INPUT_LOST, *lost)
                await remember(session, HEARD, now)
        except Exception as error:
            if not is_database_trouble(error):
                raise
            log.warning("not noted when Telegram was heard", error=error)

    async def keep_noting(self, stop: Stop) -> None:
        """While a webhook listens: Telegram has somewhere to post."""
        while not stop:
            await self.note()
            await stop.sleep(NOTED_EVERY)

    async def refused(self, kind: AlarmKind) -> None:
        """Telegram serves this receiver no more: it can be told once it does again."""
        now = self._clock()
        try:
            async with self._database.unit_of_work() as session:
                await note_passed(session, kind, now, now)
        except Exception as error:
            log.warning("an alarm could not be noted", kind=kind, error=error)
