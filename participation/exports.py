"""Exports: the submitted answers of a consultation as a file, whole or not at all."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from forms.form import Form
from forms.interview import Interview
from forms.spreadsheets import (
    CsvSpreadsheet,
    Spreadsheet,
    TooManyColumns,
    XlsxSpreadsheet,
    stream_rows,
)
from forms.tabulation import Cell, Column, Meta, cells, columns
from participation.errors import OperatorError
from participation.people import LANGUAGES
from storage.audit import AuditEntry
from storage.base import FormVersionId
from storage.consultations import Consultation
from storage.database import Database
from storage.questionnaires import FormVersion
from storage.snapshots import snapshot
from storage.submissions import Submission, SubmissionState

SEPARATORS = ("-", "/")
ROWS_AT_ONCE = 200
ACT = "export"


class ExportFormat(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


class UnknownConsultation(OperatorError):
    """There is no consultation of that name."""

    def __init__(self, slug: str, known: Sequence[str]) -> None:
        named = ", ".join(known) if known else "none yet; `musharaka load` brings them"
        super().__init__(f'There is no consultation "{slug}". There are: {named}.')
        self.known = tuple(known)


class ExportRefused(OperatorError):
    """The file cannot be written as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    out: Path
    rows: int
    columns: int


async def export(
    database: Database,
    slug: str,
    *,
    format: str,  # noqa: A002  (as the command line names it)
    separator: str = "-",
    labels: str | None = None,
    out: Path,
    now: datetime,
) -> Exported:
    """Write every submitted answer, in the order of random ids; drafts are nobody's business.

    Reads one moment of the database, row by row. The same rows give the same bytes. ``out``
    appears, or is replaced, only when everything is written and the act is in the audit.
    Raises UnknownConsultation and ExportRefused.
    """
    wanted = _checked(format, separator, labels)
    with _draft(out) as file:
        async with snapshot(database) as session:
            consultation = await _find(session, slug)
            forms = await _forms(session, consultation)
            table = columns(list(forms.values()), separator, labels=labels)
            rows = await _write(
                _spreadsheet(wanted, file, table), _rows(session, consultation, forms, table)
            )
        details = {"format": wanted, "separator": separator, "labels": labels, "rows": rows}
        async with database.unit_of_work() as session:
            session.add(AuditEntry(at=now, act=ACT, subject=slug, details=details))
    return Exported(out, rows, len(table))


def _checked(wanted: str, separator: str, labels: str | None) -> ExportFormat:
    if wanted not in list(ExportFormat):
        raise ExportRefused(f"The format is one of {', '.join(ExportFormat)}.")
    if separator not in SEPARATORS:
        raise ExportRefused(f"The separator is one of {' '.join(SEPARATORS)}")
    if labels is not None and labels not in LANGUAGES:
        raise ExportRefused(f"Labels are written in one of {', '.join(LANGUAGES)}.")
    return ExportFormat(wanted)


async def _find(session: AsyncSession, slug: str) -> Consultation:
    found = await session.scalar(select(Consultation).where(Consultation.slug == slug))
    if found is None:
        slugs = await session.scalars(select(Consultation.slug).order_by(Consultation.slug))
        raise UnknownConsultation(slug, slugs.all())
    return found


async def _forms(session: AsyncSession, consultation: Consultation) -> dict[FormVersionId, Form]:
    """Every version that somebody answered and the present one, oldest first."""
    answered = await session.scalars(
        select(Submission.form_version_id)
        .where(
            Submission.consultation_id == consultation.id,
            Submission.state == SubmissionState.SUBMITTED,
        )
        .distinct()
    )
    ids = {*answered, consultation.form_version_id}
    versions = await session.scalars(
        select(FormVersion).where(FormVersion.id.in_(ids)).order_by(FormVersion.id)
    )
    return {version.id: Form.from_json(version.compiled) for version in versions}


async def _rows(
    session: AsyncSession,
    consultation: Consultation,
    forms: Mapping[FormVersionId, Form],
    table: Sequence[Column],
) -> AsyncIterator[list[Cell]]:
    """Each submission's cells; only what its own version asks, and what was relevant."""
    found = await session.stream(
        select(
            Submission.id,
            Submission.form_version_id,
            Submission.language,
            Submission.answers,
            Submission.submitted_on,
        )
        .where(
            Submission.consultation_id == consultation.id,
            Submission.state == SubmissionState.SUBMITTED,
        )
        .order_by(Submission.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    async for submission_id, version_id, language, answers, submitted_on in found:
        day: date = submitted_on or consultation.closes_on
        form = forms[version_id]
        meta = Meta(form.version, str(submission_id), day, language)
        yield cells(table, meta, Interview(form, answers, today=day).record())


def _spreadsheet(wanted: ExportFormat, file: IO[bytes], table: Sequence[Column]) -> Spreadsheet:
    headers = [column.header for column in table]
    if wanted is ExportFormat.CSV:
        return CsvSpreadsheet(file, headers)
    try:
        return XlsxSpreadsheet(file, headers)
    except TooManyColumns:
        raise ExportRefused(
            f"{len(headers)} columns are more than an .xlsx sheet holds; export as csv."
        ) from None


async def _write(spreadsheet: Spreadsheet, rows: AsyncIterator[list[Cell]]) -> int:
    try:
        return await stream_rows(spreadsheet, rows)
    except BaseException:
        with suppress(Exception):  # the first error is the one to tell; this frees its files
            spreadsheet.close()
        raise


@contextmanager
def _draft(out: Path) -> Iterator[IO[bytes]]:
    """A file beside ``out`` that takes its place when all is well, and goes when it is not.

    Only its owner can read it: it holds what people said.
    """
    _ensure_place(out)
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(out.parent, error) from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
        _sync_folder(out.parent)
    finally:
        draft.unlink(missing_ok=True)


def _ensure_place(out: Path) -> None:
    if out.is_dir():
        raise ExportRefused(f"{out} is a folder. Name a file in it.")
    if out.exists() and not out.is_file():
        raise ExportRefused(f"{out} is not a file that can be replaced. Name another one.")
    if not out.parent.is_dir():
        raise ExportRefused(f"There is no folder {out.parent}. Make it first.")
    if not os.access(out.parent, os.W_OK):
        raise _unwritable(out.parent, None)


def _unwritable(folder: Path, error: OSError | None) -> ExportRefused:
    why = f" ({error.strerror})" if error is not None else ""
    return ExportRefused(f"Nothing can be written into {folder}{why}. Choose another folder.")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
