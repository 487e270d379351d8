"""Sealing a consultation once it is over: afterwards nothing ties an answer to a person.

Each step may be repeated, so a sealing that was killed is done again from the start:

1. The consultation is ``sealing``: from the commit on nobody asks for its key, reads its answers
   or writes them.
2. The answers get new random ids and keys, unfinished ones are deleted.
3. Its key is destroyed.
4. The files are rewritten, so that they hold nothing of before.
5. Only now it is ``sealed``.
"""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from participation.clock import Clock
from storage.audit import append
from storage.base import ConsultationId
from storage.database import Database
from storage.keys import Keyring
from storage.running import clock_is_steady
from storage.sealing import (
    begin_sealing,
    due_for_sealing,
    finish_sealing,
    post_once,
    rewrite_files,
    rewrite_rows,
)

KIND = "seal"
"""The kind of the clerk's job."""

AGAIN_AFTER = timedelta(minutes=10)
"""How long a sealing rests that the clerk has given up."""


async def claim_due_sealings(session: AsyncSession, now: datetime) -> int:
    """Give the clerk one job for each consultation that is due; how many jobs are new.

    A sealing is a promise: a job that was given up is tried again. It is final too: nothing is
    due by a clock that has just jumped by months.
    """
    if not await clock_is_steady(session, now):
        return 0
    new = 0
    for consultation_id in await due_for_sealing(session, now):
        new += await post_once(
            session,
            KIND,
            {"consultation_id": consultation_id},
            f"{KIND}:{consultation_id}",
            now,
            now + AGAIN_AFTER,
        )
    return new


async def seal(
    database: Database, keyring: Keyring, consultation_id: ConsultationId, clock: Clock
) -> None:
    """Seal a consultation that is due, for ever; raises StillRead while an old state is read.

    Nothing happens where it is sealed already, or was given more time meanwhile.
    """
    async with database.unit_of_work() as session:
        key_id = await begin_sealing(session, consultation_id, clock())
    if key_id is None:
        return
    async with database.unit_of_work() as session:
        await rewrite_rows(session, consultation_id)
    await asyncio.to_thread(keyring.destroy_consultation, key_id)
    await rewrite_files(database)
    async with database.unit_of_work() as session:
        now = clock()
        kept = await finish_sealing(session, consultation_id, now)
        if kept is not None:
            append(
                session,
                at=now,
                act="consultation.seal",
                subject=f"consultation:{consultation_id}",
                details={"submissions": kept},
            )
