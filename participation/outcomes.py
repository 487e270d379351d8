"""What people read of what became of a consultation."""

from collections.abc import Sequence

from participation.clock import today
from participation.consultations import find_consultation
from participation.counts import counts_of
from participation.errors import ParticipationError
from participation.known import Known
from participation.reports import Enclosed, Report, Theme
from storage.base import ConsultationId, Texts
from storage.reports import ReportBack, ReportFile, files_of, report_file, themes_of


class NoOutcomeYet(ParticipationError):
    """Nothing has been published of what became of this consultation."""


class Outcomes:
    """What people read of what became of a consultation."""

    def __init__(self, known: Known) -> None:
        self._known = known

    async def read(self, consultation_id: int) -> Report:
        """The published report; raises NoSuchConsultation, NoOutcomeYet."""
        consultation = find_consultation(self._known, consultation_id)
        found = await published(self._known, consultation.id, consultation.title)
        if found is None:
            raise NoOutcomeYet
        return found

    async def file(self, consultation_id: int, language: str) -> ReportFile:
        """Its file in this language, else in another, with content; raises NoOutcomeYet."""
        consultation = find_consultation(self._known, consultation_id)
        files = {one.language: one for one in await self._files(consultation.id)}
        found = files.get(language) or next(iter(files.values()), None)
        whole = found and await report_file(self._known.session, found.id)
        if whole is None:
            raise NoOutcomeYet
        return whole

    async def _files(self, consultation_id: ConsultationId) -> Sequence[ReportFile]:
        return await files_of(self._known.session, consultation_id)


async def published(known: Known, consultation_id: ConsultationId, title: Texts) -> Report | None:
    """What stands published of a consultation."""
    row = await known.session.get(ReportBack, consultation_id)
    if row is None:
        return None
    return Report(
        consultation_id,
        title,
        tuple(
            Theme(one.heard, one.verdict, one.reason)
            for one in await themes_of(known.session, consultation_id)
        ),
        {
            one.language: Enclosed(
                one.kind, one.file_id, one.bot_id, one.file_name, one.media_type
            )
            for one in await files_of(known.session, consultation_id)
        },
        row.note or {},
        row.version,
        today(row.published_at),
        today(row.corrected_at) if row.corrected_at else None,
        await contributions(known, consultation_id),
    )


async def contributions(known: Known, consultation_id: ConsultationId) -> int:
    """How many answers were handed in, and not taken back."""
    return (await counts_of(known.session, consultation_id)).submitted
