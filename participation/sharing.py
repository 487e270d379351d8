"""Handing out a consultation: its link, and what the clerk makes of it."""

from participation.consultations import ConsultationClosed, Phase, phase_of
from participation.managing import Managed, managed
from participation.publishing import NotOpenYet
from participation.roles import Act
from participation.staff import Staff
from storage.consultations import ConsultationState
from storage.running import post_job

LEAFLETS = "leaflets"
"""The kind of the clerk's job."""
PARAMETER = "c_"
"""What a start parameter begins with that leads to a consultation: ``c_`` and its slug."""


def link_to(slug: str, bot_username: str) -> str:
    """The address by which a consultation opens in a chat with the bot."""
    return f"https://t.me/{bot_username}?start={PARAMETER}{slug}"


async def shared(staff: Staff, consultation_id: int) -> Managed:
    """One whose link may be handed out; raises NotOpenYet, ConsultationClosed, NotAllowed."""
    row = await staff.consultation(Act.PUBLISH, consultation_id)
    if row.state is ConsultationState.DRAFT:
        raise NotOpenYet
    if phase_of(row, staff.known.now) is not Phase.OPEN:
        raise ConsultationClosed(row.title, row.closes_on)
    return managed(row, staff.known.now)


async def share(staff: Staff, consultation_id: int) -> None:
    """Have link, code and poster made for this member of staff; raises as ``shared`` does."""
    one = await shared(staff, consultation_id)
    payload = {"consultation": one.consultation_id, "chat": staff.person.channel_id}
    await post_job(staff.session, LEAFLETS, payload, staff.known.now)
    staff.note("consultation.share", f"consultation:{one.consultation_id}")
