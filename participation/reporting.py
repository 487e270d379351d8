"""Writing the report back: kept after every word, until it is published or given up."""

from dataclasses import replace

from forms.typed import says_something, without_controls
from participation.clock import today
from participation.consultations import Phase, phase_of
from participation.errors import ParticipationError
from participation.outcomes import contributions, published
from participation.report_fields import Field
from participation.reports import MOST_THEMES, Enclosed, Report, Theme
from participation.roles import Act
from participation.staff import Staff
from participation.wording import ensure_language, ensure_short
from storage.base import ConsultationId
from storage.consultations import Consultation
from storage.reports import ReportBack, Verdict


class StillAnswered(ParticipationError):
    """A report is written once nobody can answer any more."""


class TooManyThemes(ParticipationError):
    """There is no room for another theme."""


class NoSuchTheme(ParticipationError):
    """The theme was taken out meanwhile."""


class Reporting:
    """What staff do with a consultation's report."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def written(self, consultation_id: int) -> Report:
        """What this person has written so far, else what is published, else nothing.

        Raises NotAllowed, NoSuchConsultation, StillAnswered, as everything here does.
        """
        row = await closed_consultation(self._staff, consultation_id)
        sketch = await self._staff.sketch(sketch_kind(row.id))
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
        """Keep a text; an empty one says that there is none in this language.

        Raises WordsTooLong, InTheOtherLanguage.
        """
        report = await self.written(consultation_id)
        words = without_controls(words).strip() if says_something(words) else ""
        ensure_short(words, field.longest)
        ensure_language(words, field.language)
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
        row = await closed_consultation(self._staff, consultation_id)
        await self._staff.discard(sketch_kind(row.id))
        return await self._begun(row)

    async def _keep(self, report: Report) -> Report:
        await self._staff.keep(sketch_kind(report.consultation_id), report.to_document())
        return report


async def closed_consultation(
    staff: Staff, consultation_id: int, *, change: bool = False
) -> Consultation:
    """One that can be reported on; raises NotAllowed, NoSuchConsultation, StillAnswered."""
    row = await staff.consultation(Act.REPORT, consultation_id, change=change)
    if phase_of(row, staff.known.now) is not Phase.CLOSED:
        raise StillAnswered
    return row


def sketch_kind(consultation_id: ConsultationId) -> str:
    """Under which name a person's draft of this report is kept."""
    return f"report:{consultation_id}"


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
