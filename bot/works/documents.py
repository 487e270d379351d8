"""The clerk fetches a file that staff sent, and makes it a draft's document if it is harmless."""

from collections.abc import Mapping
from typing import Any

from bot.telegram import FileRefused
from bot.works.office import Office
from participation import file_kinds
from participation.documents import take
from participation.file_kinds import NotTaken
from participation.tables import LARGEST_FILE
from storage.base import ConsultationId, PersonId


async def take_document(office: Office, payload: Mapping[str, Any]) -> None:
    """Fetch, check and keep the file that the job names; the worker asks what it is called."""
    consultation_id = ConsultationId(payload["consultation"])
    try:
        content = await office.telegram.download(payload["file"], LARGEST_FILE)
    except FileRefused:
        await _refuse(office, payload, NotTaken.OUT_OF_REACH)
        return
    try:
        async with office.database.unit_of_work() as session:
            document_id = await take(
                session,
                consultation_id,
                PersonId(payload["person"]),
                payload["name"],
                content,
                office.clock(),
            )
            await office.tell(session, payload["chat"], "document.taken", document=document_id)
    except file_kinds.FileRefused as refused:
        await _refuse(office, payload, refused.why)


async def _refuse(office: Office, payload: Mapping[str, Any], why: NotTaken) -> None:
    await office.tell_now(
        payload["chat"],
        "document.refused",
        consultation=payload["consultation"],
        why=why.value,
    )
