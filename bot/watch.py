"""Looks after the house from inside, and tells administrators' chats what is wrong."""

import time
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from bot.disks import LEAST_DISK, free_space
from bot.settings import Settings
from bot.telegram_checks import CLOCK_SECONDS, seconds_away
from bot.works import Office
from storage import inbox, outbox
from storage.alarms import PASSED, Alarm, AlarmKind, note_passed, see, to_be_told
from storage.audit import first_entry_at
from storage.inbox import InboxState
from storage.keys import KeyFileMissing, KeyFileUnreadable, Keyring
from storage.outbox import OutboxState
from storage.people import Role, chats_of
from storage.running import BACKUP_MADE, failed_jobs, remembered

EVENT = "alarm"
CLOCK_EVERY = 600.0
LEAST_AWAY = timedelta(seconds=10)
MOST_REFUSED = 20
"""A single reply can be refused for reasons of its chat."""
RECENT = timedelta(hours=48)

Detail = dict[str, Any] | None

log = structlog.get_logger()


class Watch:
    """What the clock has looked at every minute. Each wrong is told once, and once when over."""

    def __init__(self, settings: Settings, office: Office) -> None:
        self._settings = settings
        self._office = office
        self._asked_the_time = -CLOCK_EVERY
        self._clock_is: Detail = None
        self._away_since: datetime | None = None

    async def look(self) -> None:
        """Look at everything, and tell what changed."""
        outside: dict[AlarmKind, Detail] = {
            AlarmKind.DISK: self._disk(),
            AlarmKind.KEY_FILE: self._key_file(),
            AlarmKind.CLOCK: await self._clock(),
        }
        async with self._office.database.unit_of_work() as session:
            now = self._office.clock()
            rows = await self._rows(session, now)
            for kind, detail in (outside | rows).items():
                if await see(session, kind, now, detail):
                    log.error("alarm", kind=kind.value, **(detail or {}))
            await self._tell(session, now)
        self._office.on_event.give()

    def database_failed(self) -> None:
        """The database was in trouble just now; the log says so at once."""
        if self._away_since is None:
            self._away_since = self._office.clock()
            log.error("alarm", kind=AlarmKind.DATABASE.value)

    async def database_answered(self, session: AsyncSession) -> None:
        """It works: note how long it did not."""
        since, self._away_since = self._away_since, None
        now = self._office.clock()
        if since is not None and now - since >= LEAST_AWAY:
            await note_passed(session, AlarmKind.DATABASE, since, now)

    def _disk(self) -> Detail:
        _, free = free_space(self._settings)
        return {"megabytes": free // 1_000_000} if free < LEAST_DISK else None

    def _key_file(self) -> Detail:
        try:
            Keyring(self._settings.key_file)
        except (KeyFileMissing, KeyFileUnreadable, OSError):
            return {}
        return None

    async def _clock(self) -> Detail:
        """Telegram is asked for the time now and then; without an answer nothing changes."""
        if time.monotonic() - self._asked_the_time >= CLOCK_EVERY:
            self._asked_the_time = time.monotonic()
            away = await seconds_away(self._settings.bot_api_base)
            if away is not None:
                wrong = abs(away) > CLOCK_SECONDS
                self._clock_is = {"seconds": round(abs(away))} if wrong else None
        return self._clock_is

    async def _rows(self, session: AsyncSession, now: datetime) -> dict[AlarmKind, Detail]:
        parked = (await inbox.count_by_state(session)).get(InboxState.PARKED, 0)
        refused = (await outbox.count_by_state(session)).get(OutboxState.FAILED, 0)
        failed = await failed_jobs(session, now - RECENT)
        return {
            AlarmKind.PARKED: {"count": parked} if parked else None,
            AlarmKind.REPLIES: {"count": refused} if refused >= MOST_REFUSED else None,
            AlarmKind.JOBS: {"count": failed} if failed else None,
            AlarmKind.BACKUP: await self._backup(session, now),
        }

    async def _backup(self, session: AsyncSession, now: datetime) -> Detail:
        days = self._settings.backup_days
        if not days:
            return None
        since = await remembered(session, BACKUP_MADE) or await first_entry_at(session)
        is_late = since is not None and now - since > timedelta(days=days)
        return {"days": days} if is_late else None

    async def _tell(self, session: AsyncSession, now: datetime) -> None:
        """Where nobody is an administrator yet, it waits for one."""
        chats = await chats_of(session, [Role.ADMINISTRATOR])
        if not chats:
            return
        for alarm in await to_be_told(session, now):
            for chat_id in chats:
                await self._office.tell(session, chat_id, EVENT, **told_of(alarm))
            alarm.told_at, alarm.untold = now, False
            alarm.told_wrong = alarm.cleared_at is None


def told_of(alarm: Alarm) -> dict[str, Any]:
    """What the event says of an alarm."""
    over = alarm.cleared_at is not None and AlarmKind(alarm.name) not in PASSED
    return {"kind": alarm.name, "is_over": over, "detail": dict(alarm.detail)}
