"""The clerk keeps the content of what a report encloses."""

from collections.abc import Mapping
from typing import Any

from bot.works.office import Office
from participation.tables import LARGEST_FILE
from storage.reports import ReportFile, report_file


async def keep_report_file(office: Office, payload: Mapping[str, Any]) -> None:
    """Fetch a file that the report names, unless it was taken out or is kept already."""
    number = payload["file"]
    async with office.database.reading() as session:
        row = await report_file(session, number)
        wanted = row.file_id if row is not None and row.content is None else None
    if wanted is None:
        return
    content = await office.telegram.download(wanted, LARGEST_FILE)
    async with office.database.unit_of_work() as session:
        kept = await session.get(ReportFile, number)
        if kept is not None:
            kept.content = content
