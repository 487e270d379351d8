"""Staff of a commune under test: appointed in rows, from beside the running bot."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from simulator.phone import Phone
from storage.base import PersonId
from storage.database import Database
from storage.people import Person, Role, RoleGrant
from tests.conversations.commune import Commune


async def employs(commune: Commune, phone: Phone, role: Role = Role.OFFICER) -> PersonId:
    """Somebody who has spoken with the bot holds the role from now on."""
    now = datetime.now(UTC) + commune.settings.get("clock_offset", timedelta(0))
    database = Database(commune.database_url)
    try:
        async with database.unit_of_work() as session:
            found = await session.scalars(select(Person).where(Person.channel_id == phone.id))
            person = found.one()
            session.add(RoleGrant(person_id=person.id, role=role, name=phone.name, granted_at=now))
            return person.id
    finally:
        await database.close()


async def arrives_as(commune: Commune, phone: Phone, role: Role = Role.OFFICER) -> Phone:
    """Somebody greets the bot and holds the role from now on."""
    await phone.sends("/start")
    await phone.waits_for()
    await commune.settled()
    await employs(commune, phone, role)
    return phone
