"""The commune has something to tell: who is told, and what became of each delivery."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from handlers.announcing import in_each_language
from handlers.language import language_now
from handlers.views.view import View
from participation.announcing import Announced, announce
from simulator.phone import Phone
from simulator.town import Request
from storage.announcements import AnnouncementKind, Delivery, DeliveryState
from storage.audiences import Audience
from storage.audit import AuditEntry
from storage.base import PersonId
from storage.database import Database
from storage.people import Person
from tests.conversations.commune import Commune
from tests.conversations.staffing import employs

STOP = {"fr": "Arrêter les annonces", "ar": "إيقاف الإعلانات"}
WORDS = {"fr": "Une consultation ouvre", "ar": "افتتاح تشاور"}


@dataclass
class Newsroom:
    """Writes rows beside the running bot, as an officer's tap would have the worker do."""

    commune: Commune

    @property
    def now(self) -> datetime:
        offset: timedelta = self.commune.settings.get("clock_offset", timedelta(0))
        return datetime.now(UTC) + offset

    async def readers(self, count: int) -> list[Phone]:
        """So many people who have spoken with the bot and subscribed."""
        town = self.commune.town
        people = [await town.phone(f"Voisine {number}", "fr") for number in range(count)]
        await self.subscribe(*people)
        return people

    async def subscribe(self, *people: Phone) -> None:
        """They have greeted the bot, and are subscribed."""
        for one in people:
            await one.sends("/start")
        await self.commune.settled()
        ids = [one.id for one in people]
        await self._write(update(Person).where(Person.channel_id.in_(ids)).values(subscribed=True))

    async def appoint(self, phone: Phone) -> PersonId:
        """Make somebody an officer who has spoken with the bot."""
        return await employs(self.commune, phone)

    async def announces(
        self,
        words: dict[str, str] = WORDS,
        *,
        kind: AnnouncementKind = AnnouncementKind.OPENING,
        created_by: PersonId | None = None,
    ) -> Announced:
        """Announce it to every subscriber."""
        consultation = await self.commune.consultation()
        database = Database(self.commune.database_url)
        async with database.unit_of_work() as session:
            announced = await announce(
                session,
                kind,
                in_each_language(lambda: View(words[language_now()])),
                Audience.SUBSCRIBERS,
                consultation_id=consultation.id,
                created_by=created_by,
                now=self.now,
            )
        await database.close()
        return announced

    async def states(self) -> Counter[DeliveryState]:
        """How many deliveries are in each state."""

        async def ask(session: Any) -> Sequence[DeliveryState]:
            return list(await session.scalars(select(Delivery.state)))

        return Counter(await self.commune.read(ask))

    async def until_none_waits(self, seconds: float = 20) -> Counter[DeliveryState]:
        """Wait until nothing can be sent any more; the states."""

        async def done() -> bool:
            states = await self.states()
            return not states[DeliveryState.WAITING] and not states[DeliveryState.CLAIMED]

        await self.commune.until(done, seconds)
        return await self.states()

    async def person(self, phone: Phone) -> Person:
        found = [one for one in await self.commune.people() if one.channel_id == phone.id]
        return found[0]

    async def audited(self, act: str) -> list[AuditEntry]:
        """What the audit says of an act."""

        async def ask(session: Any) -> list[AuditEntry]:
            found = await session.scalars(select(AuditEntry).where(AuditEntry.act == act))
            return list(found)

        return await self.commune.read(ask)

    async def mailed(self, since: int = 0, text: str = "") -> list[Request]:
        """The requests by which mail left: known by their button."""
        sent = await self.commune.town.requests(since, method="sendMessage")
        return [
            one
            for one in sent
            if "StopAnnouncements" in str(one.params) and text in str(one.params.get("text"))
        ]

    async def mails(self, count: int, seconds: float = 20) -> list[Request]:
        """Wait until so many have arrived at Telegram."""

        async def arrived() -> bool:
            return len(await self.mailed()) >= count

        await self.commune.until(arrived, seconds)
        return await self.mailed()

    async def _write(self, statement: Any) -> None:
        database = Database(self.commune.database_url)
        async with database.unit_of_work() as session:
            await session.execute(statement)
        await database.close()


async def received(phone: Phone, text: str) -> int:
    """How often a person has received a text."""
    return sum(one.sender == "bot" and text in one.text for one in await phone.chat())


def most_in_a_second(requests: Sequence[Request]) -> int:
    """The greatest number of requests in any second of the simulator's clock."""
    times = sorted(one.at for one in requests)
    return max(sum(at <= other < at + 1 for other in times) for at in times)
