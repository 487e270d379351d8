"""Does what is slower than a few milliseconds: jobs of certain kinds, one after the other."""

from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.logs import describe
from bot.stopping import Hint, Stop, work_until
from bot.works import AWAITED, JOB, Office, Work
from storage.database import is_database_trouble
from storage.running import Job, JobState

TRIES = 5
RETRY_AFTER = timedelta(minutes=1)

log = structlog.get_logger()


class Clerk:
    """Takes due jobs of its kinds in order, and leaves the others to others.

    A job that fails waits a minute; after five failures it is given up, and whoever waits is told.
    """

    def __init__(
        self,
        office: Office,
        works: Mapping[str, Work],
        hint: Hint,
        stop: Stop,
    ) -> None:
        self._office = office
        self._database = office.database
        self._clock = office.clock
        self._works = works
        self._hint = hint
        self._stop = stop

    async def run(self) -> None:
        """Work until the end."""
        await work_until(self._stop, self._hint, self.work, is_database_trouble)

    async def work(self) -> bool:
        """Do the oldest due job, if there is one."""
        async with self._database.reading() as session:
            job = await session.scalar(
                select(Job)
                .where(
                    Job.state == JobState.WAITING,
                    Job.due_at <= self._clock(),
                    Job.kind.in_(self._works),
                )
                .order_by(Job.due_at, Job.id)
                .limit(1)
            )
        if job is None:
            return False
        try:
            await self._works[job.kind](self._office, {**job.payload, JOB: job.id})
        except Exception as error:
            if is_database_trouble(error):
                raise
            await self._failed(job.id, describe(error))
        else:
            await self._done(job.id)
        self._office.on_event.give()
        return True

    async def _done(self, job_id: int) -> None:
        async with self._database.unit_of_work() as session:
            (await session.get_one(Job, job_id)).state = JobState.DONE
        log.info("a job is done", job=job_id)

    async def _failed(self, job_id: int, error: str) -> None:
        async with self._database.unit_of_work() as session:
            job = await session.get_one(Job, job_id)
            job.attempts += 1
            job.error = error[:200]
            job.due_at = self._clock() + RETRY_AFTER
            if job.attempts >= TRIES:
                job.state = JobState.FAILED
                await self._give_up(session, job)
        log.error("a job failed", job=job_id, error=error)

    async def _give_up(self, session: AsyncSession, job: Job) -> None:
        payload = job.payload
        chat = payload.get("chat") or payload.get("chat_id")
        if job.kind in AWAITED and chat is not None:
            await self._office.tell(
                session,
                chat,
                "job.given_up",
                kind=job.kind,
                consultation=payload.get("consultation"),
            )
