"""Exports by the operator: the submitted answers of a consultation as a file on the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from participation.clock import today
from participation.errors import OperatorError
from participation.files import ExportRefused, whole_file
from participation.ordering import ExportFormat, Wanted, Words
from participation.people import LANGUAGES
from participation.tabling import SEPARATORS, Tabling
from storage.audit import append
from storage.consultations import Consultation, all_slugs, consultation_named
from storage.database import Database
from storage.snapshots import snapshot

__all__ = ["ExportFormat", "ExportRefused"]

ACT = "export"
IDENTIFIED = "export_identified"


class UnknownConsultation(OperatorError):
    """There is no consultation of that name."""

    def __init__(self, slug: str, known: Sequence[str]) -> None:
        named = ", ".join(known) if known else "none yet; `musharaka load` brings them"
        super().__init__(f'There is no consultation "{slug}". There are: {named}.')
        self.known = tuple(known)


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
    identified: bool = False,
    words: Mapping[str, Words],
    out: Path,
    now: datetime,
) -> Exported:
    """Write every submitted answer, in the order of random ids; drafts are nobody's business.

    Reads one moment of the database, row by row. The same rows give the same bytes on one day.
    ``out`` appears, or is replaced, only when everything is written and the act is in the audit.
    Raises UnknownConsultation and ExportRefused.
    """
    wanted = _checked(format, separator, labels, identified=identified)
    with whole_file(out) as file:
        async with snapshot(database) as session:
            consultation = await _find(session, slug)
            tabling = Tabling(session, consultation, wanted, words, today(now))
            table = await tabling.write(file)
        async with database.unit_of_work() as session:
            details = {
                "format": wanted.format.value,
                "separator": separator,
                "labels": labels,
                "rows": table.rows,
                "identified": table.identified,
            }
            act = IDENTIFIED if table.identified else ACT
            append(session, at=now, act=act, subject=slug, details=details)
    return Exported(out, table.rows, table.columns)


def _checked(format: str, separator: str, labels: str | None, *, identified: bool) -> Wanted:  # noqa: A002
    if format not in list(ExportFormat):
        raise ExportRefused(f"The format is one of {', '.join(ExportFormat)}.")
    if separator not in SEPARATORS:
        raise ExportRefused(f"The separator is one of {' '.join(SEPARATORS)}")
    if labels is not None and labels not in LANGUAGES:
        raise ExportRefused(f"Labels are written in one of {', '.join(LANGUAGES)}.")
    return Wanted(ExportFormat(format), separator, labels, identified)


async def _find(session: AsyncSession, slug: str) -> Consultation:
    found = await consultation_named(session, slug)
    if found is None:
        raise UnknownConsultation(slug, await all_slugs(session))
    return found
