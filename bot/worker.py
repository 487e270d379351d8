"""Turns waiting updates into rows and replies, a batch in one commit, in order."""

import secrets
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.batch import Batches, Opened, Outgoing, UpdateFailed, outgoing_of
from bot.logs import describe
from bot.stopping import Hint, Stop, work_until
from bot.updates import envelope
from handlers.apology import apology
from handlers.language import language_for, speaking
from participation.clock import Clock
from storage.database import Database, is_database_trouble
from storage.inbox import PARTITIONS, Waiting, park, waiting, waiting_among
from storage.keys import ConsultationKeyMissing, KeyFileMissing, KeyFileUnreadable
from storage.outbox import Reply
from storage.people import people_for
from storage.running import JOBS

LARGEST_BATCH = 100
TRIES = 3
SUSPICION_SECONDS = 60
PARTITION_LOCKS = 0x6D757368
"""The first key of the advisory locks on partitions (PostgreSQL)."""
MISSING_KEYS = (ConsultationKeyMissing, KeyFileMissing, KeyFileUnreadable)

log = structlog.get_logger()


def is_trouble(error: BaseException) -> bool:
    """Whether an error is the house's and not an update's: it is waited out, and parks nothing.

    A key that is missing is the key file's: it may be restored. Inside a handler only what the
    database itself says counts: any other error there would be raised again for ever.
    """
    if isinstance(error, UpdateFailed):
        return isinstance(error.cause, (*MISSING_KEYS, SQLAlchemyError)) and is_trouble(
            error.cause
        )
    return isinstance(error, MISSING_KEYS) or is_database_trouble(error)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Why somebody's updates are kept out of everybody's batch, by ``time.monotonic``."""

    until: float
    parked_for: str | None
    """What their last update was parked for; None before one was."""


class Worker:
    """Works through the inbox. ``deliver`` receives the replies once they are committed."""

    def __init__(
        self,
        database: Database,
        batches: Batches,
        clock: Clock,
        deliver: Callable[[Sequence[Reply]], None],
        hint: Hint,
        stop: Stop,
        on_job: Hint | None = None,
    ) -> None:
        self._database = database
        self._on_job = on_job or Hint()
        self._batches = batches
        self._clock = clock
        self._deliver = deliver
        self._hint = hint
        self._stop = stop
        self._suspects: dict[int, Suspicion] = {}

    async def run(self) -> None:
        """Work until the end; the database's trouble is waited out and parks nothing."""
        await work_until(self._stop, self._hint, self.work, is_trouble)

    async def work(self) -> int:
        """Work through one batch; how many rows it took."""
        async with self._database.unit_of_work() as session:
            rows = await self._waiting(session, LARGEST_BATCH)
            if not rows:
                return 0
            batch, sealed = self._open(rows)
            trusted, suspected = self._divide(batch)
            try:
                replies = await self._batches.run(session, trusted, self._clock())
                await session.commit()
            except Exception as error:
                if is_trouble(error):
                    raise
                await session.rollback()
                failure: Exception | None = error
            else:
                self._deliver(replies)
                self._wake_clerk(session)
                failure = None
        if failure is not None:
            suspected = [*await self._set_apart(trusted, failure), *suspected]
        for one in sorted(suspected, key=lambda one: one.row.seq):
            await self._alone(one)
        for row, reason in sealed:
            await self._park(Opened(row, None, envelope(None)), reason)
        return len(rows)

    def _open(self, rows: Sequence[Waiting]) -> tuple[list[Opened], list[tuple[Waiting, str]]]:
        """Unseal rows; those that cannot be read come back with the reason."""
        opened, sealed = list[Opened](), list[tuple[Waiting, str]]()
        for row in rows:
            try:
                opened.append(self._batches.open(row))
            except Exception as error:
                sealed.append((row, describe(error)))
        return opened, sealed

    async def _set_apart(self, batch: Sequence[Opened], failure: Exception) -> list[Opened]:
        """Repeat a failed batch without what made it fail; what is left out, in order."""
        rest, apart = list(batch), list[Opened]()
        while rest:
            if not isinstance(failure, UpdateFailed):
                return [*apart, *await self._bisect(rest)]
            self._suspect(failure.person)
            fallen = [one for one in rest if _follows(one, failure)]
            rest = [one for one in rest if not _follows(one, failure)]
            apart += fallen
            try:
                await self._together(rest)
            except Exception as error:
                if is_trouble(error):
                    raise
                failure = error
            else:
                break
        return apart

    async def _bisect(self, batch: Sequence[Opened]) -> list[Opened]:
        """An error at the flush names nobody: halve until those at fault stand alone."""
        if len(batch) == 1:
            self._suspect(batch[0].outside.person)
            return list(batch)
        middle = len(batch) // 2
        apart: list[Opened] = []
        for half in (batch[:middle], batch[middle:]):
            persons = {one.outside.person for one in apart}
            apart += [one for one in half if one.outside.person in persons]
            rest = [one for one in half if one.outside.person not in persons]
            try:
                await self._together(rest)
            except UpdateFailed as failure:
                apart += await self._set_apart(rest, failure)
            except Exception as error:
                if is_trouble(error):
                    raise
                apart += await self._bisect(rest)
        return apart

    async def _together(self, batch: Sequence[Opened]) -> None:
        """One unit of work for rows that still wait."""
        if not batch:
            return
        async with self._database.unit_of_work() as session:
            still = await self._still_waiting(session, batch)
            mine = [one for one in batch if one.row.seq in still]
            replies = await self._batches.run(session, mine, self._clock())
            await session.commit()
        self._deliver(replies)
        self._wake_clerk(session)

    def _wake_clerk(self, session: AsyncSession) -> None:
        if session.info.get(JOBS):
            self._on_job.give()

    async def _alone(self, one: Opened) -> None:
        """An update that failed: tried alone, then parked, and its person told.

        What stopped the update before it, at the same place in the code, stops this one at once.
        """
        suspicion = self._suspects.get(one.outside.person or 0)
        for attempt in range(1, TRIES + 1):
            try:
                await self._together([one])
            except Exception as error:
                if is_trouble(error):
                    raise
                reason = describe(error.cause if isinstance(error, UpdateFailed) else error)
                log.warning("an update failed", seq=one.row.seq, attempt=attempt, error=reason)
            else:
                return
            if suspicion is not None and suspicion.parked_for == reason:
                break
        await self._park(one, reason)
        self._suspect(one.outside.person, reason)

    async def _park(self, one: Opened, error: str) -> None:
        reference = secrets.token_hex(3).upper()
        async with self._database.unit_of_work() as session:
            if one.row.seq not in await self._still_waiting(session, [one]):
                return
            await park(session, one.row.seq, reference, error)
            told = await self._apology(session, one, reference)
            replies = await self._batches.write(session, told, self._clock())
            await session.commit()
        log.error("an update was parked", seq=one.row.seq, reference=reference, error=error)
        self._deliver(replies)

    async def _apology(self, session: AsyncSession, one: Opened, reference: str) -> list[Outgoing]:
        """What the person is told, in their language, with the reference to quote."""
        if one.outside.chat is None or not one.outside.private:
            return []
        person = (await people_for(session, [one.outside.chat])).get(one.outside.chat)
        language = person.language if person else None
        with speaking(language or language_for(one.outside.language)):
            return [outgoing_of(apology(one.outside.chat, reference), one.outside.chat)]

    async def _waiting(self, session: AsyncSession, limit: int) -> list[Waiting]:
        """Waiting rows of the partitions that this transaction owns until it ends."""
        return await waiting(session, await self._owned(session), limit)

    async def _still_waiting(self, session: AsyncSession, batch: Sequence[Opened]) -> set[int]:
        """Which rows of a batch nobody has closed meanwhile, under the same ownership."""
        seqs = [one.row.seq for one in batch]
        return await waiting_among(session, await self._owned(session), seqs)

    async def _owned(self, session: AsyncSession) -> Collection[int]:
        """The partitions that this transaction owns until it ends."""
        if self._database.is_sqlite:
            return range(PARTITIONS)
        owned = await session.scalars(
            text(
                "SELECT p FROM generate_series(0, :last) AS p "
                "WHERE pg_try_advisory_xact_lock(:space, p)"
            ),
            {"last": PARTITIONS - 1, "space": PARTITION_LOCKS},
        )
        return owned.all()

    def _divide(self, batch: Sequence[Opened]) -> tuple[list[Opened], list[Opened]]:
        """Keep people apart whose updates failed lately: they would cost everybody's batch."""
        now = time.monotonic()
        self._suspects = {who: one for who, one in self._suspects.items() if one.until > now}
        trusted = [one for one in batch if one.outside.person not in self._suspects]
        suspected = [one for one in batch if one.outside.person in self._suspects]
        return trusted, suspected

    def _suspect(self, person: int | None, parked_for: str | None = None) -> None:
        if person is not None:
            until = time.monotonic() + SUSPICION_SECONDS
            self._suspects[person] = Suspicion(until, parked_for)


def _follows(one: Opened, failure: UpdateFailed) -> bool:
    """Whether a row is the one that failed, or a later one of the same person."""
    if one.row.seq == failure.row.seq:
        return True
    same = failure.person is not None and one.outside.person == failure.person
    return same and one.row.seq > failure.row.seq
