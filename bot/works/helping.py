"""The clerk tells staff that messages wait for an answer."""

from collections.abc import Mapping
from typing import Any

from bot.works.office import Office
from participation.roles import RULES, Act
from storage.helping import count_waiting
from storage.people import chats_of


async def tell_of_help(office: Office, payload: Mapping[str, Any]) -> None:
    """Have everybody told who may answer, unless somebody has answered meanwhile."""
    async with office.database.unit_of_work() as session:
        count, _oldest = await count_waiting(session)
        if count:
            for chat_id in await chats_of(session, RULES[Act.HELP].roles):
                await office.tell(session, chat_id, "help.waiting")
    office.on_event.give()
