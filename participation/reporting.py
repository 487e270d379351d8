"""Writing the report back: kept after every word, published whole, corrected openly."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from forms.typed import says_something, without_controls
from participation.announcing import Audience, announce, audience_size
from participation.clock import today
from participation.consultations import Phase, phase_of
from participation.errors import ParticipationError
from participation.people import LANGUAGES
from participation.reports import (
    LONGEST_HEARD,
    LONGEST_NOTE,
    LONGEST_REASON,
    MOST_THEMES,
    Enclosed,
    Report,
    Theme,
    contributions,
    published,
)
from participation.roles import Act
from participation.staff import Staff
from participation.wording import ensure_short
from storage.announcements import AnnouncementKind
from storage.consultations import Consultation
from storage.deliveries import replace_outcome
from storage.reports import ReportBack, ReportFile, ThemeRow, Verdict, clear_themes, files_of
from storage.running import post_job

KEEP_FILE = "keep_report_file"
"""The kind of the clerk's job that keeps the content of a file."""

NOTE = 90
"""Stands where the number of a theme stands, for the note on a correction."""


class StillAnswered(ParticipationError):
    """A report is written once nobody can answer any more."""


class TooManyThemes(ParticipationError):
    """There is no room for another theme."""


class NoSuchTheme(ParticipationError):
    """The theme was taken out meanwhile."""


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
class Field:
    """One text of a report in one language: the words or the reason of a theme, or the note."""

    theme: int
    is_reason: bool
    language: str

    @property
    def number(self) -> int:
        """All of it in one number, for a button or a place."""
        return self.theme * 4 + self.is_reason * 2 + LANGUAGES.index(self.language)

    @classmethod
    def numbered(cls, number: int) -> "Field":
        theme, rest = divmod(number, 4)
        return cls(theme, rest >= 2, LANGUAGES[rest % 2])

    @property
    def is_note(self) -> bool:
        return self.theme == NOTE

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        if self.is_note:
            return LONGEST_NOTE
        return LONGEST_REASON if self.is_reason else LONGEST_HEARD


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and how many are told of it."""

    report: Report
    count: int


class Reporting:
    """What staff do with a consultation's report."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def written(self, consultation_id: int) -> Report:
        """What this person has written so far, else what is published, else nothing.

        Raises NotAllowed, NoSuchConsultation, StillAnswered, as everything here does.
        """
        row = await self._consultation(consultation_id)
        sketch = await self._staff.sketch(_kind(row))
        if sketch is not None:
            report = Report.from_document(row.id, row.title, sketch)
            return replace(report, contributions=await contributions(self._staff.known, row.id))
        return await self._begun(row)

    async def _begun(self, row: Consultation) -> Report:
        """What writing begins with: what is published, else nothing."""
        standing = await published(self._staff.known, row.id, row.title)
        if standing is not None:
            return replace(standing, note={}, published_on=None, corrected_on=None)
        return Report(row.id, row.title)

    async def foreseen(self, consultation_id: int) -> Report:
        """What has been written, as people would read it if it were published now."""
        report = await self.written(consultation_id)
        day, row = today(self._staff.known.now), await self._standing(report)
        if row is None:
            return replace(report, published_on=day)
        return replace(report, published_on=today(row.published_at), corrected_on=day)

    async def _standing(self, report: Report) -> ReportBack | None:
        return await self._staff.session.get(ReportBack, report.consultation_id)

    async def text(self, consultation_id: int, field: Field) -> tuple[Report, str]:
        """The report, and what the field holds now; raises NoSuchTheme, TooManyThemes."""
        report = await self.written(consultation_id)
        if field.is_reason and not field.is_note and field.theme >= len(report.themes):
            raise NoSuchTheme
        texts = report.note if field.is_note else _texts(_theme(report, field.theme), field)
        return report, texts.get(field.language, "")

    async def write(self, consultation_id: int, field: Field, words: str) -> Report:
        """Keep a text; an empty one says that there is none in this language."""
        report = await self.written(consultation_id)
        words = without_controls(words).strip() if says_something(words) else ""
        ensure_short(words, field.longest)
        said = {field.language: words}
        if field.is_note:
            return await self._keep(replace(report, note={**report.note, **said}))
        theme = _theme(report, field.theme)
        texts = {**_texts(theme, field), **said}
        changed = replace(theme, reason=texts) if field.is_reason else replace(theme, heard=texts)
        return await self._keep(report.with_theme(field.theme, changed))

    async def decide(self, consultation_id: int, place: int, verdict: Verdict) -> Report:
        """Choose the verdict on a theme."""
        report = await self.written(consultation_id)
        theme = _theme(report, place)
        return await self._keep(report.with_theme(place, replace(theme, verdict=verdict)))

    async def remove(self, consultation_id: int, place: int, count: int) -> Report:
        """Take a theme out of so many; raises NoSuchTheme where there are not as many now."""
        report = await self.written(consultation_id)
        if count != len(report.themes) or not 0 <= place < count:
            raise NoSuchTheme
        themes = (*report.themes[:place], *report.themes[place + 1 :])
        return await self._keep(replace(report, themes=themes))

    async def enclose(
        self, consultation_id: int, language: str, enclosed: Enclosed | None
    ) -> Report:
        """Add the file of a language in place of the one before; None takes it out."""
        report = await self.written(consultation_id)
        files = {name: one for name, one in report.files.items() if name != language}
        if enclosed is not None:
            files[language] = enclosed
        return await self._keep(replace(report, files=files))

    async def give_up(self, consultation_id: int) -> Report:
        """Forget what was not published; what writing would begin with anew."""
        row = await self._consultation(consultation_id)
        await self._staff.discard(_kind(row))
        return await self._begun(row)

    async def ready(self, consultation_id: int) -> tuple[Report, int]:
        """A report that can be published, and how many wish to hear of it.

        Raises NothingToPublish, ReportUnfinished, NoteMissing, ReportedMeanwhile.
        """
        row = await self._consultation(consultation_id)
        report = await self._whole(row)
        session = self._staff.session
        return report, await audience_size(session, Audience.WISHERS, row.id)

    async def publish(
        self,
        consultation_id: int,
        requests: Callable[[Report], dict[str, dict[str, Any]]] | None,
    ) -> Published:
        """Let everybody read it; ``requests`` tell those who wished it, None tells nobody."""
        row = await self._consultation(consultation_id, change=True)
        report = await self._whole(row)
        await self._write(report)
        await self._staff.discard(_kind(row))
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

    async def _consultation(self, consultation_id: int, *, change: bool = False) -> Consultation:
        row = await self._staff.consultation(Act.REPORT, consultation_id, change=change)
        if phase_of(row, self._staff.known.now) is not Phase.CLOSED:
            raise StillAnswered
        return row

    async def _keep(self, report: Report) -> Report:
        await self._staff.keep(f"report:{report.consultation_id}", report.to_document())
        return report

    async def _whole(self, row: Consultation) -> Report:
        sketch = await self._staff.sketch(_kind(row))
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


def next_field(report: Report, place: int, first: str) -> Field | None:
    """The text of a theme that nobody has been asked for yet; the language ``first`` first."""
    theme = report.themes[place] if place < len(report.themes) else Theme()
    order = sorted(LANGUAGES, key=lambda language: language != first)
    for is_reason, texts in ((False, theme.heard), (True, theme.reason)):
        for language in order:
            if language not in texts:
                return Field(place, is_reason, language)
    return None


def next_note(report: Report, first: str) -> Field | None:
    """The language in which the note has not been asked for yet."""
    order = sorted(LANGUAGES, key=lambda language: language != first)
    missing = next((one for one in order if one not in report.note), None)
    return None if missing is None else Field(NOTE, is_reason=False, language=missing)


def _kind(row: Consultation) -> str:
    return f"report:{row.id}"


def _theme(report: Report, place: int) -> Theme:
    if place == len(report.themes):
        if place >= MOST_THEMES:
            raise TooManyThemes
        return Theme()
    if not 0 <= place < len(report.themes):
        raise NoSuchTheme
    return report.themes[place]


def _texts(theme: Theme, field: Field) -> dict[str, str]:
    return dict(theme.reason if field.is_reason else theme.heard)
