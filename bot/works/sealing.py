"""The clerk cuts what ties answers to people."""

from collections.abc import Mapping
from typing import Any

from bot.works.office import Office
from participation.sealing import seal
from storage.base import ConsultationId


async def seal_consultation(office: Office, payload: Mapping[str, Any]) -> None:
    """Seal the consultation that the job names."""
    consultation_id = ConsultationId(payload["consultation_id"])
    await seal(office.database, office.keyring, consultation_id, office.clock)
