"""Publishing a report back: whole or not at all, told to those who wished it, corrected openly."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from participation.announcing import announce
from participation.errors import ParticipationError
from participation.reporting import closed_consultation, sketch_kind
from participation.reports import Report
from participation.staff import Staff
from storage.announcements import AnnouncementKind
from storage.audiences import Audience, audience_size
from storage.consultations import Consultation
from storage.deliveries import replace_outcome
from storage.reports import ReportBack, ReportFile, ThemeRow, clear_themes, files_of
from storage.running import post_job

KEEP_FILE = "keep_report_file"
"""The kind of the clerk's job that keeps the content of a file."""


class NothingToPublish(ParticipationError):
    """Nothing is written, or it was published already."""


class ReportUnfinished(ParticipationError):
    """A theme lacks its words, its verdict or a reason that the verdict needs."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class NoteMissing(ParticipationError):
    """A correction says what it changes."""


class ReportedMeanwhile(ParticipationError):
    """Somebody else has published a version that this one does not know."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and how many are told of it."""

    report: Report
    count: int


class ReportPublication:
    """What staff do with a report that is written."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def ready(self, consultation_id: int) -> tuple[Report, int]:
        """A report that can be published, and how many wish to hear of it.

        Raises NothingToPublish, ReportUnfinished, NoteMissing, ReportedMeanwhile.
        """
        row = await closed_consultation(self._staff, consultation_id)
        report = await self._whole(row)
        session = self._staff.session
        return report, await audience_size(session, Audience.WISHERS, row.id)

    async def publish(
        self,
        consultation_id: int,
        requests: Callable[[Report], dict[str, dict[str, Any]]] | None,
    ) -> Published:
        """Let everybody read it; ``requests`` tell those who wished it, None tells nobody."""
        row = await closed_consultation(self._staff, consultation_id, change=True)
        report = await self._whole(row)
        await self._write(report)
        await self._staff.discard(sketch_kind(row.id))
        self._staff.known.shelf.forget()
        count = await self._tell(row, requests(report)) if requests else 0
        self._staff.note(
            "report.correct" if report.version else "report.publish",
            f"consultation:{row.id}",
            version=report.version + 1,
            themes=len(report.themes),
            files=len(report.files),
            told=count,
        )
        return Published(report, count)

    async def _whole(self, row: Consultation) -> Report:
        sketch = await self._staff.sketch(sketch_kind(row.id))
        if sketch is None:
            raise NothingToPublish
        report = Report.from_document(row.id, row.title, sketch)
        standing = await self._staff.session.get(ReportBack, row.id, populate_existing=True)
        if report.version != (standing.version if standing else 0):
            raise ReportedMeanwhile
        if not report.themes and not report.files:
            raise NothingToPublish
        for number, theme in enumerate(report.themes, start=1):
            if not theme.is_whole:
                raise ReportUnfinished(number)
        if report.version and not any(report.note.values()):
            raise NoteMissing
        return report

    async def _write(self, report: Report) -> None:
        session, now = self._staff.session, self._staff.known.now
        standing = await session.get(ReportBack, report.consultation_id)
        if standing is None:
            session.add(
                ReportBack(
                    consultation_id=report.consultation_id,
                    version=1,
                    written_by=self._staff.person.id,
                    published_at=now,
                )
            )
        else:
            standing.version += 1
            standing.written_by, standing.corrected_at = self._staff.person.id, now
            standing.note = dict(report.note)
        await clear_themes(session, report.consultation_id)
        session.add_all(
            ThemeRow(
                consultation_id=report.consultation_id,
                position=position,
                heard=dict(theme.heard),
                verdict=theme.verdict,
                reason=dict(theme.reason),
            )
            for position, theme in enumerate(report.themes)
        )
        await self._write_files(report)

    async def _write_files(self, report: Report) -> None:
        """Keep the files that have not changed; a job fetches the content of new ones."""
        session = self._staff.session
        for row in await files_of(session, report.consultation_id):
            kept = report.files.get(row.language)
            if kept is None or kept.file_id != row.file_id:
                await session.delete(row)
        await session.flush()
        held = {one.language for one in await files_of(session, report.consultation_id)}
        for language, one in report.files.items():
            if language not in held:
                row = ReportFile(
                    consultation_id=report.consultation_id,
                    language=language,
                    kind=one.kind,
                    file_id=one.file_id,
                    bot_id=one.bot_id,
                    file_name=one.name,
                    media_type=one.media_type,
                )
                session.add(row)
                await session.flush()
                await post_job(session, KEEP_FILE, {"file": row.id}, self._staff.known.now)

    async def _tell(self, row: Consultation, requests: dict[str, dict[str, Any]]) -> int:
        session = self._staff.session
        announced = await announce(
            session,
            AnnouncementKind.OUTCOME,
            requests,
            Audience.WISHERS,
            consultation_id=row.id,
            created_by=self._staff.person.id,
            now=self._staff.known.now,
        )
        await replace_outcome(session, row.id, announced.announcement_id)
        return announced.count
