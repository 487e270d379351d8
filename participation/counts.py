"""How many answered: sums of what was counted, equal to a recount of the rows."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from participation.known import Known
from storage.base import ConsultationId
from storage.running import all_counted
from storage.submissions import Submission


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one consultation. What was withdrawn is taken off; ``shared`` is among ``submitted``."""

    started: int
    submitted: int
    shared: int
    """Handed in by others than the phone's owner."""
    withdrawn: int


async def counts_of(session: AsyncSession, consultation_id: ConsultationId) -> Counts:
    """The counts of a consultation, in one statement."""
    sums = await all_counted(session, "consultation", consultation_id)
    withdrawn = sums.get("withdrawn", 0)
    return Counts(
        started=sums.get("started", 0) - withdrawn - sums.get("discarded", 0),
        submitted=sums.get("submitted", 0) - withdrawn,
        shared=sums.get("submitted_shared", 0) - sums.get("withdrawn_shared", 0),
        withdrawn=withdrawn,
    )


def count(known: Known, submission: Submission, what: str) -> None:
    """Count an answer; those of others on a shared phone are counted apart too."""
    known.count("consultation", submission.consultation_id, what)
    if submission.seat:
        known.count("consultation", submission.consultation_id, f"{what}_shared")
