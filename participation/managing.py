"""Consultations as staff see them: drafts included, how each stands, what can be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from participation.consultations import Phase, is_corrigible, phase_of
from participation.counts import counts_of
from participation.roles import Act
from participation.staff import Staff
from participation.windows import last_day
from storage.base import ConsultationId, Texts
from storage.consultations import Consultation, ConsultationState, Mode, all_consultations


@dataclass(frozen=True, slots=True)
class Managed:
    """A consultation as a list of staff's shows it. ``phase`` None: nobody was asked yet."""

    consultation_id: ConsultationId
    slug: str
    title: Texts
    state: ConsultationState
    phase: Phase | None
    mode: Mode
    opens_on: date
    closes_on: date
    extended_from: date | None = None
    short_reason: str | None = None
    early_reason: str | None = None
    is_corrigible: bool = False
    """Whether its contact and documents may still change."""

    @property
    def is_draft(self) -> bool:
        return self.state is ConsultationState.DRAFT


@dataclass(frozen=True, slots=True)
class Stood:
    """How one stands: how many have begun and handed in."""

    managed: Managed
    started: int
    submitted: int
    shared: int = 0
    """Of those handed in, by others than the phone's owner."""


class Managing:
    """What staff see of all consultations."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def list(self) -> Sequence[Managed]:
        """Drafts first, then the newest; raises NotAllowed."""
        self._staff.ensure(Act.WORK)
        return [self._managed(row) for row in await all_consultations(self._staff.session)]

    async def stands(self, consultation_id: int) -> Stood:
        """One of them with its numbers; raises NotAllowed, NoSuchConsultation."""
        row = await self._staff.consultation(Act.WORK, consultation_id)
        counts = await counts_of(self._staff.session, row.id)
        return Stood(self._managed(row), counts.started, counts.submitted, counts.shared)

    def _managed(self, row: Consultation) -> Managed:
        return managed(row, self._staff.known.now)


def managed(row: Consultation, now: datetime) -> Managed:
    """A consultation as staff see it now; a draft's last day is that of an opening today."""
    draft = row.state is ConsultationState.DRAFT
    return Managed(
        consultation_id=row.id,
        slug=row.slug,
        title=row.title,
        state=row.state,
        phase=None if draft else phase_of(row, now),
        mode=row.mode,
        opens_on=row.opens_on,
        closes_on=last_day(row, now) if draft else row.closes_on,
        extended_from=row.extended_from,
        short_reason=row.short_reason,
        early_reason=row.early_reason,
        is_corrigible=is_corrigible(row, now),
    )
