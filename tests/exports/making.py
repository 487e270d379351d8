"""A clerk with tables to make, and what its office told whom."""

import asyncio
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.clerk import Clerk
from bot.stopping import Hint, Stop
from bot.telegram import Telegram
from bot.works import WORKS, Office
from storage.attachments import Attachment, attachment
from storage.base import PersonId
from storage.consultations import Consultation
from storage.database import Database
from storage.inbox import Inbox
from storage.keys import Keyring
from storage.people import Channel, Person, Role, RoleGrant
from storage.running import Job, post_job
from tests.exports.answers import NOW

NAIMA = PersonId(77)
CHAT = 501


def children(of: int | None = None) -> list[int]:
    """The processes that write a table for one, or else for this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"participation.export_process" in command and parent == (of or os.getpid()):
            found.append(int(folder.name))
    return found


async def the_child() -> int:
    """The process that writes a table, as soon as there is one."""
    while not (found := children()):  # noqa: ASYNC110  (nobody tells)
        await asyncio.sleep(0.01)
    return found[0]


@dataclass
class House:
    """Rows, keys, and the clerk among them; nobody works through its inbox."""

    database: Database
    keyring: Keyring
    telegram: Telegram = field(default_factory=lambda: Telegram("http://127.0.0.1:9", "1:x"))

    @property
    def office(self) -> Office:
        return Office(self.database, self.keyring, self.telegram, lambda: NOW, 1, Hint())

    @property
    def clerk(self) -> Clerk:
        return Clerk(self.office, WORKS, Hint(), Stop())

    async def appoints(self, role: Role = Role.OFFICER) -> None:
        """Naima holds this role from now on."""
        async with self.database.unit_of_work() as session:
            person = Person(
                id=NAIMA,
                channel=Channel.TELEGRAM,
                channel_id=CHAT,
                language="fr",
                subscribed=False,
            )
            session.add(person)
            await session.flush()
            session.add(RoleGrant(person_id=NAIMA, role=role, name="Naima", granted_at=NOW))

    async def changes(self, role: Role | None) -> None:
        """Naima holds another role from now on, or none."""
        async with self.database.unit_of_work() as session:
            for grant in await session.scalars(select(RoleGrant)):
                grant.withdrawn_at = NOW
            await session.flush()
            if role is not None:
                session.add(RoleGrant(person_id=NAIMA, role=role, name="Naima", granted_at=NOW))

    async def orders(self, **other: Any) -> int:
        """A job as ``Exporting.order`` posts it; its number."""
        async with self.database.unit_of_work() as session:
            consultation = (await session.scalars(select(Consultation))).one()
            payload = {
                "consultation_id": consultation.id,
                "format": "xlsx",
                "edition": "ar",
                "identified": False,
                "person_id": NAIMA,
                "chat_id": CHAT,
                **other,
            }
            return await post_job(session, "export", payload, NOW)

    async def job(self, number: int) -> Job:
        async with self.database.reading() as session:
            return await session.get_one(Job, number)

    async def told(self) -> list[tuple[str, dict[str, Any]]]:
        """The events that wait for the worker, in order."""
        async with self.database.reading() as session:
            rows = (await session.scalars(select(Inbox).order_by(Inbox.seq))).all()
        documents = [json.loads(self.keyring.open(row.payload or b"", "inbox")) for row in rows]
        return [(one["event"], one["data"]) for one in documents]

    async def files(self) -> list[Attachment]:
        """The files that wait to be sent, with their content."""
        async with self.database.reading() as session:
            numbers = (await session.scalars(select(Attachment.id).order_by(Attachment.id))).all()
            found = [await attachment(session, number) for number in numbers]
            return [one for one in found if one is not None]
