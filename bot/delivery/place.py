"""The place of the one process that sends mail: a lease in the database, with a fence."""

import os
import secrets
import socket
import time
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from participation.clock import Clock
from storage.database import Database
from storage.deliveries import held_until, unclaim
from storage.leases import give_back, renew, take

NAME = "mail"
LASTS = timedelta(seconds=6)
"""Whoever stands by asks every second: after a kill mail goes on within 7 s."""
RENEWED_AFTER = 2.0

log = structlog.get_logger()


class Place:
    """Held, or not. On SQLite nobody else can run: it is taken at once and need not be renewed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._holder = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
        self._fence: int | None = None
        self._until = 0.0

    @property
    def is_ours(self) -> bool:
        """Whether nobody is known to have taken it from us."""
        return self._fence is not None

    @property
    def is_held(self) -> bool:
        """Whether nobody can have taken it from us at this very moment."""
        if self._fence is None:
            return False
        return self._database.is_sqlite or time.monotonic() < self._until

    @property
    def wants_renewal(self) -> bool:
        if self._database.is_sqlite:
            return False
        return self._until - time.monotonic() < LASTS.total_seconds() - RENEWED_AFTER

    async def take(self) -> float | None:
        """Take it if it is free; for how many seconds mail waits still, as an earlier holder did.

        What that one had claimed waits again: it may be sent twice, which is counted in the log.
        """
        began, now = time.monotonic(), self._clock()
        async with self._database.unit_of_work() as session:
            at_once = self._database.is_sqlite
            fence = await take(session, NAME, self._holder, LASTS, now, at_once=at_once)
            if fence is None:
                return None
            again = await unclaim(session)
            until = await held_until(session, now)
        self._fence, self._until = fence, began + LASTS.total_seconds()
        log.info("this process sends the mail", fence=fence, perhaps_twice=again)
        return max(0.0, (until - now).total_seconds()) if until else 0.0

    async def confirm(self, session: AsyncSession) -> bool:
        """Whether it is still ours, and stays so until the transaction ends."""
        began = time.monotonic()
        if self._fence is None:
            return False
        if self._database.is_sqlite:
            return True
        if not await renew(session, NAME, self._fence, LASTS, self._clock()):
            self.lose()
            return False
        self._until = began + LASTS.total_seconds()
        return True

    def lose(self) -> None:
        """It is not ours, or not known to be."""
        if self._fence is not None:
            log.warning("this process sends no mail any more", fence=self._fence)
        self._fence = None

    async def give_back(self, session: AsyncSession) -> None:
        """Let somebody else have it at once."""
        if self._fence is not None:
            await give_back(session, NAME, self._fence, self._clock())
            self._fence = None
