"""One consultation's submissions as an export reads them: what was handed in, and how many."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.base import ConsultationId, FormVersionId
from storage.questionnaires import FormVersion
from storage.submissions import Submission, SubmissionState

ROWS_AT_ONCE = 200

Taken = Any
"""A row of ``stream_submitted``: the fields of a submission that a table has."""


async def has_submitted(session: AsyncSession, consultation_id: ConsultationId) -> bool:
    """Whether anybody has handed in."""
    found = await session.scalar(_submitted(consultation_id, Submission.id).limit(1))
    return found is not None


async def count_submitted(session: AsyncSession, consultation_id: ConsultationId) -> int:
    """How many have handed in."""
    return await session.scalar(_submitted(consultation_id, func.count())) or 0


async def count_begun(session: AsyncSession, consultation_id: ConsultationId) -> tuple[int, int]:
    """How many rows there are, handed in or not, and how many of them on a shared phone."""
    count = _all(consultation_id, func.count())
    shared = count.where(Submission.seat > 0)
    return await session.scalar(count) or 0, await session.scalar(shared) or 0


async def answered_versions(
    session: AsyncSession, consultation_id: ConsultationId, present: FormVersionId
) -> Sequence[FormVersion]:
    """Every version that somebody answered and the present one, oldest first."""
    answered = await session.scalars(
        _submitted(consultation_id, Submission.form_version_id).distinct()
    )
    versions = await session.scalars(
        select(FormVersion)
        .where(FormVersion.id.in_({*answered, present}))
        .order_by(FormVersion.id)
    )
    return versions.all()


async def stream_submitted(
    session: AsyncSession, consultation_id: ConsultationId
) -> AsyncIterator[Sequence[Taken]]:
    """What was handed in, some rows at a time, in the order of random ids."""
    found = await session.stream(
        _submitted(consultation_id, *_TAKEN)
        .order_by(Submission.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    async for some in found.partitions(ROWS_AT_ONCE):
        yield some


def _all(consultation_id: ConsultationId, *what: Any) -> Select[Any]:
    return (
        select(*what).select_from(Submission).where(Submission.consultation_id == consultation_id)
    )


def _submitted(consultation_id: ConsultationId, *what: Any) -> Select[Any]:
    return _all(consultation_id, *what).where(Submission.state == SubmissionState.SUBMITTED)


_TAKEN = (
    Submission.id,
    Submission.form_version_id,
    Submission.language,
    Submission.answers,
    Submission.submitted_on,
    Submission.submitted_at,
    Submission.seat,
    Submission.pseudonym,
    Submission.person_id,
)
