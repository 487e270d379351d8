"""Sealing a consultation once it is over: afterwards nothing ties an answer to a person."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from storage.sealing import due_for_sealing, post_once

KIND = "seal"
"""The kind of the clerk's job."""

AGAIN_AFTER = timedelta(minutes=10)
"""How long a sealing rests that the clerk has given up."""


async def claim_due_sealings(session: AsyncSession, now: datetime) -> int:
    """Give the clerk one job for each consultation that is due; how many jobs are new.

    A sealing is a promise: a job that was given up is tried again.
    """
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
