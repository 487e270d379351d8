"""Staff at the desk: appointed in rows, and every row there is, to be compared."""

from typing import Any

from sqlalchemy import select, update

from handlers.team import ROLE_NOW
from participation.granting import TELL_ROLE
from storage.base import Base
from storage.database import Database
from storage.people import Person, Role, RoleGrant
from storage.running import Job
from tests.handlers.desk import Desk, Visitor

ANSWERS = {"outbox"}
"""The tables of what is said: a refusal is said too."""


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


async def appointed(
    desk: Desk, name: str, number: int, role: Role | None, language: str = "fr"
) -> Visitor:
    """Somebody who has begun a chat and holds this role; None: a citizen."""
    visitor = desk.visitor(name, number, language)
    if role is None:
        await visitor.sends("/start")
        return visitor
    return await becomes(desk, visitor, role)


async def role_of(desk: Desk, visitor: Visitor) -> Role | None:
    """The role that somebody holds now."""
    async with desk.database.reading() as session:
        role: Role | None = await session.scalar(
            select(RoleGrant.role)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(Person.channel_id == visitor.number, RoleGrant.withdrawn_at.is_(None))
        )
        return role


async def grant_of(desk: Desk, visitor: Visitor) -> int:
    """The number of the role that somebody holds."""
    async with desk.database.reading() as session:
        number = await session.scalar(
            select(RoleGrant.id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(Person.channel_id == visitor.number, RoleGrant.withdrawn_at.is_(None))
        )
        assert number is not None
        return int(number)


async def clerk_tells(desk: Desk) -> None:
    """What the clerk does with the jobs that tell people of their roles."""
    async with desk.database.unit_of_work() as session:
        jobs = (await session.scalars(select(Job).where(Job.kind == TELL_ROLE))).all()
        told = [await session.get_one(Person, job.payload["person_id"]) for job in jobs]
        for job in jobs:
            await session.delete(job)
    for person in told:
        event = {"event": ROLE_NOW, "chat_id": person.channel_id, "data": {}}
        desk.show(await desk.feed(event), desk.visitors[person.channel_id])


async def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of every table, but what is said."""
    async with database.reading() as session:
        return {
            table.name: sorted(repr(row) for row in await session.execute(select(table)))
            for table in Base.metadata.sorted_tables
            if table.name not in ANSWERS
        }


async def loses_the_role(desk: Desk, visitor: Visitor) -> None:
    """Somebody withdraws it."""
    person = await person_of(desk, visitor)
    async with desk.database.unit_of_work() as session:
        await session.execute(
            update(RoleGrant).where(RoleGrant.person_id == person.id).values(withdrawn_at=desk.now)
        )
