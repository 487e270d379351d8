"""Tells whoever announced something how far it is, and writes down how it ended."""

import time
from dataclasses import asdict
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.place import Place
from bot.intake import event_for
from bot.stopping import Hint
from participation.announcing import Told, told_so_far
from participation.clock import Clock
from storage.announcements import Announcement, unfinished
from storage.audit import append
from storage.database import Database
from storage.inbox import post_events
from storage.keys import Keyring
from storage.people import Person

EVERY_SECONDS = 4.0
TOLD = "mail.told"
"""The event by which the worker shows it."""


class Progress:
    """Every few seconds while mail leaves, and once more at the end of each announcement."""

    def __init__(
        self, database: Database, keyring: Keyring, bot_id: int, clock: Clock, on_event: Hint
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._bot_id = bot_id
        self._clock = clock
        self._on_event = on_event
        self._next = 0.0
        self._said: dict[int, Told] = {}

    async def tell(self, place: Place, *, is_idle: bool) -> None:
        """Say what has changed, if it is time; ``is_idle``: one may just have ended."""
        now = time.monotonic()
        if now < self._next and not is_idle:
            return
        self._next = now + EVERY_SECONDS
        news = await self._news()
        if not news:
            return
        async with self._database.unit_of_work() as session:
            if not await place.confirm(session):
                return
            for announcement_id, told in news:
                await self._post(session, announcement_id, told, self._clock())
        self._remember(news)
        self._on_event.give()

    async def _news(self) -> list[tuple[int, Told]]:
        async with self._database.reading() as session:
            told = [(one.id, await told_so_far(session, one)) for one in await unfinished(session)]
        return [(number, one) for number, one in told if one != self._said.get(number)]

    async def _post(
        self, session: AsyncSession, announcement_id: int, told: Told, now: datetime
    ) -> None:
        row = await session.get_one(Announcement, announcement_id)
        if told.is_over:
            row.told_at = now
            append(
                session,
                at=now,
                act="announcement.told",
                subject=f"announcement:{row.id}",
                details=asdict(told),
                person_id=row.created_by,
            )
        if row.created_by is None:
            return
        officer = await session.get_one(Person, row.created_by)
        data = {
            "announcement": row.id,
            "kind": row.kind.value,
            "consultation": row.consultation_id,
            "told": asdict(told),
        }
        event = event_for(self._keyring, self._bot_id, officer.channel_id, TOLD, data)
        await post_events(session, [event], now)

    def _remember(self, news: list[tuple[int, Told]]) -> None:
        for number, told in news:
            if told.is_over:
                self._said.pop(number, None)
            else:
                self._said[number] = told
