"""Exports by staff, into their own chat: what is offered, ordered, and handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from participation.errors import ParticipationError
from participation.managing import Managed, Managing
from participation.ordering import ExportFormat
from participation.people import LANGUAGES, UnknownLanguage
from participation.roles import Act, may
from participation.staff import Staff
from storage.base import PersonId, Texts
from storage.consultations import Consultation, Mode
from storage.people import roles_of
from storage.running import is_waiting, post_job
from storage.tabulated import has_submitted

KIND = "export"
"""The kind of the clerk's job."""


class NothingToExport(ParticipationError):
    """Nobody has sent answers yet."""


class BeingExported(ParticipationError):
    """The same table is being made already."""


class UnknownFormat(ParticipationError):
    """An export is Excel or CSV."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A consultation that can be exported, and whether it may be said who answered."""

    managed: Managed
    may_identify: bool
    languages: Sequence[str] = LANGUAGES


@dataclass(frozen=True, slots=True)
class Ordered:
    """A table that the clerk will make."""

    job: int
    managed: Managed


class Exporting:
    """What one member of staff may have exported."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff

    async def list(self) -> Sequence[Managed]:
        """Everything that people were asked, the newest first; raises NotAllowed."""
        self._staff.ensure(Act.EXPORT)
        return [one for one in await Managing(self._staff).list() if not one.is_draft]

    async def offer(self, consultation_id: int, *, identified: bool = False) -> Offered:
        """What can be chosen. Raises NoSuchConsultation, NotAllowed, NothingToExport."""
        row = await self._staff.consultation(_act(identified=identified), consultation_id)
        if not await has_submitted(self._staff.session, row.id):
            raise NothingToExport
        stood = await Managing(self._staff).stands(row.id)
        may_identify = row.mode is Mode.IDENTIFIED and self._staff.may(Act.EXPORT_IDENTIFIED, row)
        return Offered(stood.managed, may_identify)

    async def order(
        self,
        consultation_id: int,
        format: str,  # noqa: A002
        edition: str,
        *,
        identified: bool = False,
    ) -> Ordered:
        """Have the clerk make a table; raises what ``offer`` raises, and BeingExported."""
        offered = await self.offer(consultation_id, identified=identified)
        if format not in list(ExportFormat):
            raise UnknownFormat
        if edition not in LANGUAGES:
            raise UnknownLanguage
        payload = {
            "consultation_id": offered.managed.consultation_id,
            "format": format,
            "edition": edition,
            "identified": identified and offered.may_identify,
            "person_id": self._staff.person.id,
            "chat_id": self._staff.person.channel_id,
        }
        if await is_waiting(self._staff.session, KIND, payload):
            raise BeingExported
        job = await post_job(self._staff.session, KIND, payload, self._staff.known.now)
        self._staff.note(
            "export.order",
            f"consultation:{offered.managed.consultation_id}",
            **{name: payload[name] for name in ("format", "edition", "identified")},
        )
        return Ordered(job, offered.managed)

    async def take(self, consultation_id: int, *, identified: bool, **details: Any) -> Texts:
        """Have a table that was made, and its audit entry; the title of what it is about.

        Raises NotAllowed: the role may have ended while it was made.
        """
        act = _act(identified=identified)
        row = await self._staff.consultation(act, consultation_id)
        self._staff.note(act, f"consultation:{row.id}", identified=identified, **details)
        return dict(row.title)


async def still_allowed(
    session: AsyncSession, person_id: PersonId, consultation: Consultation, *, identified: bool
) -> bool:
    """Whether the person's role goes so far now, and not only when the table was ordered."""
    role = (await roles_of(session, [person_id])).get(person_id)
    return may(role, _act(identified=identified), consultation)


def _act(*, identified: bool) -> Act:
    return Act.EXPORT_IDENTIFIED if identified else Act.EXPORT
