"""The clerk lets people know which role they hold now."""

from collections.abc import Mapping
from typing import Any

from bot.works.office import Office
from handlers.team import ROLE_NOW
from storage.base import PersonId
from storage.people import Person


async def tell_role(office: Office, payload: Mapping[str, Any]) -> None:
    """Have the worker that owns the person tell them, and put down what they wrote for staff."""
    async with office.database.reading() as session:
        person = await session.get_one(Person, PersonId(payload["person_id"]))
    await office.tell_now(person.channel_id, ROLE_NOW)
