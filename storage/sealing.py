"""The statements that cut what ties answers to people, in rows and then in files."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.base import ConsultationId
from storage.consultations import Consultation, ConsultationState
from storage.database import insert_ignoring
from storage.running import Job, JobState


async def due_for_sealing(session: AsyncSession, now: datetime) -> Sequence[ConsultationId]:
    """Consultations whose time to be sealed has come, those half sealed included."""
    ids = await session.scalars(
        select(Consultation.id)
        .where(
            Consultation.state.in_((ConsultationState.PUBLISHED, ConsultationState.SEALING)),
            Consultation.seal_at <= now,
        )
        .order_by(Consultation.id)
    )
    return ids.all()


async def post_once(
    session: AsyncSession,
    kind: str,
    payload: dict[str, Any],
    dedupe_key: str,
    due_at: datetime,
    again_at: datetime,
) -> int:
    """Insert a job unless its key is there; 1 if it is new. One that has failed waits anew."""
    inserted = await session.execute(
        insert_ignoring(session, Job).returning(Job.id),
        {
            "kind": kind,
            "payload": payload,
            "state": JobState.WAITING,
            "due_at": due_at,
            "attempts": 0,
            "dedupe_key": dedupe_key,
        },
    )
    if inserted.first() is not None:
        return 1
    await session.execute(
        update(Job)
        .where(Job.dedupe_key == dedupe_key, Job.state == JobState.FAILED)
        .values(state=JobState.WAITING, attempts=0, due_at=again_at)
        .execution_options(synchronize_session=False)
    )
    return 0
