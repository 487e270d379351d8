"""Giving and taking roles: the rows, what the batch knows of them, and who hears of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from participation.known import Known
from participation.places import CITIZENS, NOWHERE
from participation.staff import Staff
from storage.base import PersonId
from storage.database import one_at_a_time
from storage.people import Person, Role, RoleGrant, held_grants
from storage.running import post_job

TELL_ROLE = "tell_role"
"""The job that lets a person know which role they hold now."""

_TEAM = 0x7465616D
"""The lock under which the team changes (PostgreSQL)."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody else who is told: their chat, and their language where it is known."""

    chat_id: int
    language: str | None


async def addressee(session: AsyncSession, person_id: PersonId) -> Addressee:
    person = await session.get_one(Person, person_id)
    return Addressee(person.channel_id, person.language)


async def hold_team(session: AsyncSession) -> Mapping[PersonId, RoleGrant]:
    """Everybody's role as it is now; nobody else changes one until the caller has committed."""
    await one_at_a_time(session, _TEAM)
    return {grant.person_id: grant for grant in await held_grants(session)}


def administrators(grants: Mapping[PersonId, RoleGrant]) -> Sequence[RoleGrant]:
    return [one for one in grants.values() if one.role is Role.ADMINISTRATOR]


async def grant(
    staff: Staff,
    person_id: PersonId,
    role: Role,
    name: str,
    *,
    granted_by: PersonId | None,
    **details: Any,
) -> None:
    """Give a role. It is written at once: the batch's next acts count on it."""
    known = staff.known
    known.session.add(
        RoleGrant(
            person_id=person_id,
            role=role,
            name=name,
            granted_at=known.now,
            granted_by=granted_by,
        )
    )
    known.roles[person_id] = role
    staff.note("role.grant", f"person:{person_id}", role=role.value, **details)
    await known.session.flush()


async def end(staff: Staff, held: RoleGrant) -> None:
    """Take a role back; from here on the person's open buttons do nothing."""
    known = staff.known
    held.withdrawn_at, held.withdrawn_by = known.now, staff.person.id
    known.roles.pop(held.person_id, None)
    staff.note("role.withdraw", f"person:{held.person_id}", role=held.role.value, grant=held.id)
    await known.session.flush()


async def have_told(known: Known, person_id: PersonId) -> None:
    """Have the clerk see to it that the person hears which role they hold now.

    Where somebody stands is written by the worker that owns them: it learns of this by an event.
    """
    await post_job(known.session, TELL_ROLE, {"person_id": person_id}, known.now)


def put_down(known: Known, person: Person) -> None:
    """Leave a step of staff's: what is typed from now on is no part of their work."""
    step = known.place_of(person).step
    if step is not None and step not in CITIZENS:
        known.move(person, NOWHERE)
