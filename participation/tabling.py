"""A consultation's answers as one table: which columns, which rows, the summary before them."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from sqlalchemy.ext.asyncio import AsyncSession

from forms.form import Form, QuestionType
from forms.identifying import identifying_questions
from forms.interview import Interview
from forms.spreadsheets import (
    CsvSpreadsheet,
    Names,
    Spreadsheet,
    TooManyColumns,
    XlsxSpreadsheet,
    stream_rows,
)
from forms.summing import Summing
from forms.tabulation import META, PERSON, PSEUDONYM, Cell, Column, Meta, cells, columns, said
from participation.clock import local, today
from participation.files import ExportRefused
from participation.ordering import ExportFormat, Wanted, Words
from participation.people import LANGUAGES
from participation.summaries import Facts, lines
from storage.base import FormVersionId
from storage.consultations import Consultation, Mode
from storage.running import counted
from storage.tabulated import (
    Taken,
    answered_versions,
    count_begun,
    count_submitted,
    stream_submitted,
)

SEPARATORS = ("-", "/")


@dataclass(frozen=True, slots=True)
class Table:
    """What was written; ``identified``: something in it says who answered."""

    rows: int
    columns: int
    identified: bool


Progress = Callable[[int, int], None]
"""Told how many of how many rows are written."""


class Tabling:
    """One table being written, from a session on one moment of the database."""

    def __init__(
        self,
        session: AsyncSession,
        consultation: Consultation,
        wanted: Wanted,
        words: Mapping[str, Words],
        day: date,
    ) -> None:
        self._session = session
        self._consultation = consultation
        self._wanted = wanted
        self._words = words
        self._day = day
        self._forms: dict[FormVersionId, Form] = {}
        self._left_out: dict[str, str] = {}

    async def write(
        self, file: IO[bytes], progress: Progress | None = None, folder: Path | None = None
    ) -> Table:
        """Write everything; raises ExportRefused for more columns than the format holds."""
        self._forms = await self._versions()
        forms = list(self._forms.values())
        self._left_out = self._identifying(forms)
        table = self._columns(forms)
        edition = self._edition(forms[-1])
        summing = Summing(forms, edition, self._left_out)
        spreadsheet = self._spreadsheet(file, table, edition, folder)
        try:
            rows = await stream_rows(spreadsheet, self._rows(table, summing, progress))
            if isinstance(spreadsheet, XlsxSpreadsheet):
                facts = await self._facts(edition)
                spreadsheet.summarise(lines(facts, summing, self._words[edition]))
        except BaseException:
            with suppress(Exception):  # the first error is the one to tell; this frees its files
                spreadsheet.close()
            raise
        spreadsheet.close()
        return Table(rows, len(table), self._names_people)

    @property
    def _names_people(self) -> bool:
        """Whether anything in the table says who answered."""
        return self._wanted.identified and self._consultation.mode is Mode.IDENTIFIED

    def _edition(self, form: Form) -> str:
        wanted = self._wanted.labels or form.default_language
        return wanted if wanted in self._words else LANGUAGES[0]

    async def _versions(self) -> dict[FormVersionId, Form]:
        """Every version that somebody answered and the present one, oldest first."""
        one = self._consultation
        versions = await answered_versions(self._session, one.id, one.form_version_id)
        return {version.id: Form.from_json(version.compiled) for version in versions}

    def _identifying(self, forms: Sequence[Form]) -> dict[str, str]:
        """What is left out because it says who answered: the label by path."""
        if self._names_people:
            return {}
        return {
            found.question.path: said(found.question.label, self._edition(form), form)
            or found.question.name
            for form in forms
            for found in identifying_questions(form)
        }

    def _columns(self, forms: Sequence[Form]) -> tuple[Column, ...]:
        meta = list(META)
        if self._consultation.mode is not Mode.ANONYMOUS:
            meta.append(PSEUDONYM)
        if self._names_people:
            meta.append(PERSON)
        if self._consultation.mode is Mode.IDENTIFIED:
            meta.remove(PSEUDONYM)
        wanted = self._wanted
        return columns(
            forms, wanted.separator, labels=wanted.labels, meta=meta, without=self._left_out
        )

    def _spreadsheet(
        self, file: IO[bytes], table: Sequence[Column], edition: str, folder: Path | None
    ) -> Spreadsheet:
        headers = [column.header for column in table]
        if self._wanted.format is ExportFormat.CSV:
            return CsvSpreadsheet(file, headers)
        words = self._words[edition]
        try:
            return XlsxSpreadsheet(
                file,
                headers,
                Names(words.answers, words.summary),
                texts=frozenset(
                    place
                    for place, column in enumerate(table)
                    if column.type is QuestionType.TEXT or column.meta == "_uuid"
                ),
                right_to_left=words.right_to_left,
                folder=folder,
            )
        except TooManyColumns:
            raise ExportRefused(
                f"{len(headers)} columns are more than an .xlsx sheet holds; export as csv."
            ) from None

    async def _rows(
        self, table: Sequence[Column], summing: Summing, progress: Progress | None
    ) -> AsyncIterator[list[Cell]]:
        """Each submission's cells; only what its own version asks, and what was relevant."""
        total = await count_submitted(self._session, self._consultation.id)
        done = 0
        async for some in stream_submitted(self._session, self._consultation.id):
            for row in some:
                meta, form, day = self._meta(row)
                record = Interview(form, row.answers, today=day).record()
                summing.add(row.language, record, shared=meta.shared)
                yield cells(table, meta, record)
            done += len(some)
            if progress is not None:
                progress(done, total)

    def _meta(self, row: Taken) -> tuple[Meta, Form, date]:
        """What is known of a submission; a day and no instant where nobody is to be known."""
        form = self._forms[row.form_version_id]
        at = row.submitted_at
        day = row.submitted_on or (today(at) if at else self._consultation.closes_on)
        is_dated = at is None or self._consultation.mode is Mode.ANONYMOUS
        meta = Meta(
            form.version,
            str(row.id),
            day if is_dated else local(at).replace(tzinfo=None, microsecond=0),
            row.language,
            row.seat > 0,
            row.pseudonym,
            _person(row),
        )
        return meta, form, day

    async def _facts(self, edition: str) -> Facts:
        one, words = self._consultation, self._words[edition]
        rows, shared = await count_begun(self._session, one.id)
        note = words.names_nobody if one.mode is Mode.ANONYMOUS else words.pseudonyms
        return Facts(
            title=one.title.get(edition) or next(iter(one.title.values())),
            day=self._day,
            opens_on=one.opens_on,
            closes_on=one.closes_on,
            started=max(rows, await counted(self._session, "consultation", one.id, "started")),
            shared_started=shared,
            note=words.names_people if self._names_people else note,
            names_people=self._names_people,
            left_out=tuple(self._left_out.values()),
        )


def _person(row: Taken) -> str | None:
    """The account's number; of whoever else answered on its phone, ``_2`` to ``_6`` behind it."""
    if row.person_id is None or not row.seat:
        return None if row.person_id is None else str(row.person_id)
    return f"{row.person_id}_{row.seat + 1}"
