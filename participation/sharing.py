"""Handing out a consultation: its link, and what the clerk makes of it."""

from participation.roles import Act
from participation.staff import Staff
from storage.base import ConsultationId
from storage.running import post_job

LEAFLETS = "leaflets"
"""The kind of the clerk's job."""
PARAMETER = "c_"
"""What a start parameter begins with that leads to a consultation: ``c_`` and its slug."""


def link_to(slug: str, bot_username: str) -> str:
    """The address by which a consultation opens in a chat with the bot."""
    return f"https://t.me/{bot_username}?start={PARAMETER}{slug}"


async def share(staff: Staff, consultation_id: ConsultationId) -> None:
    """Have link, code and poster made for this member of staff; raises NotAllowed."""
    staff.ensure(Act.PUBLISH)
    payload = {"consultation": consultation_id, "chat": staff.person.channel_id}
    await post_job(staff.session, LEAFLETS, payload, staff.known.now)
    staff.note("consultation.share", f"consultation:{consultation_id}")
