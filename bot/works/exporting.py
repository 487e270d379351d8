"""The clerk makes a table of answers and hands it to the member of staff who asked for it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from bot.works.office import JOB, Office
from handlers.summaries import in_each_language
from participation.clock import today
from participation.exporting import still_allowed
from participation.ordering import ExportFormat, Wanted
from participation.tabling_child import Made, TableFailed, TooLarge, TooWide, table_in_child
from storage.attachments import attach
from storage.base import ConsultationId, PersonId
from storage.consultations import Consultation
from storage.running import JobState, waiting_job
from storage.snapshots import private_folder, working_place

TELL_SECONDS = 2.0
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What a job's payload says."""

    job: int
    consultation_id: ConsultationId
    person_id: PersonId
    chat_id: int
    wanted: Wanted
    edition: str

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        edition = payload["edition"]
        return cls(
            payload[JOB],
            ConsultationId(payload["consultation_id"]),
            PersonId(payload["person_id"]),
            payload["chat_id"],
            Wanted(
                ExportFormat(payload["format"]), labels=edition, identified=payload["identified"]
            ),
            edition,
        )


async def make_table(office: Office, payload: Mapping[str, Any]) -> None:
    """Make the table that the job names; a kill repeats it, and one file arrives all the same."""
    order = Order.of(payload)
    consultation = await _permitted(office, order)
    if consultation is None:
        await _refuse(office, order, "role")
        return
    with private_folder(working_place(office.database)) as folder:
        out = folder / f"{consultation.slug}-{order.edition}.{order.wanted.format}"
        try:
            made = await _made(office, order, out)
        except TooLarge:
            await _refuse(office, order, "large")
        except TooWide:
            await _refuse(office, order, "wide")
        except TableFailed:
            await office.tell_now(order.chat_id, "export.failed", job=order.job)
            raise
        else:
            await _hand_over(office, order, made)


async def _permitted(office: Office, order: Order) -> Consultation | None:
    """The consultation, if the person may have this table now."""
    identified = order.wanted.identified
    async with office.database.reading() as session:
        row = await session.get(Consultation, order.consultation_id)
        if row is None or not await still_allowed(
            session, order.person_id, row, identified=identified
        ):
            return None
        return row


async def _made(office: Office, order: Order, out: Path) -> Made:
    told = time.monotonic()

    async def progress(rows: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            await office.tell_now(
                order.chat_id, "export.progress", job=order.job, rows=rows, of=of
            )

    return await table_in_child(
        office.database,
        order.consultation_id,
        order.wanted,
        in_each_language(),
        out,
        today(office.clock()),
        progress,
    )


async def _hand_over(office: Office, order: Order, made: Made) -> None:
    """File, event and the end of the job in one transaction: all of it once."""
    if not made.rows:
        await _refuse(office, order, "empty")
        return
    content = made.path.read_bytes()
    async with office.database.unit_of_work() as session:
        job = await waiting_job(session, order.job)
        if job is None:
            return
        media_type = MEDIA_TYPES[made.path.suffix]
        number = await attach(session, made.path.name, media_type, content, office.clock())
        await office.tell(
            session,
            order.chat_id,
            "export.done",
            job=order.job,
            consultation=order.consultation_id,
            attachment=number,
            format=order.wanted.format.value,
            edition=order.edition,
            rows=made.rows,
            identified=made.identified,
        )
        job.state = JobState.DONE


async def _refuse(office: Office, order: Order, why: str) -> None:
    await office.tell_now(order.chat_id, "export.refused", job=order.job, why=why)
