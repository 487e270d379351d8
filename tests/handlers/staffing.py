"""Somebody at the desk is given a role."""

from sqlalchemy import select, update

from storage.people import Person, Role, RoleGrant
from tests.handlers.desk import Desk, Visitor


async def person_of(desk: Desk, visitor: Visitor) -> Person:
    """The row behind a visitor who has said something."""
    async with desk.database.reading() as session:
        found = await session.scalars(select(Person).where(Person.channel_id == visitor.number))
        return found.one()


async def becomes(desk: Desk, visitor: Visitor, role: Role = Role.OFFICER) -> Visitor:
    """The visitor says hello and holds the role from now on."""
    await visitor.sends("/start")
    person = await person_of(desk, visitor)
    async with desk.database.unit_of_work() as session:
        session.add(
            RoleGrant(person_id=person.id, role=role, name=visitor.name, granted_at=desk.now)
        )
    return visitor


async def loses_the_role(desk: Desk, visitor: Visitor) -> None:
    """Somebody withdraws it."""
    person = await person_of(desk, visitor)
    async with desk.database.unit_of_work() as session:
        await session.execute(
            update(RoleGrant).where(RoleGrant.person_id == person.id).values(withdrawn_at=desk.now)
        )
