"""A simulated Telegram in this process, without limits, with latency, and with an ear on it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from simulator.chats import Chat, Person
from simulator.events import Event
from simulator.people import People
from simulator.server import start
from simulator.settings import UNLIMITED, Settings
from simulator.signals import Signal
from simulator.world import World

KEPT_REQUESTS = 100_000
START_SECONDS = 60.0


class Ear(Signal):
    """Hears of changes in the chats once a turn of the loop, without a task that waits."""

    def __init__(self, heard: Callable[[], None]) -> None:
        super().__init__()
        self._heard = heard
        self._is_due = False

    def notify(self) -> None:
        super().notify()
        if not self._is_due:
            self._is_due = True
            asyncio.get_running_loop().call_soon(self._hear)

    def _hear(self) -> None:
        self._is_due = False
        self._heard()


@dataclass
class Telegram:
    """One bot's server. ``on_change`` hears what the bot has said or changed in the chats."""

    base: str
    token: str
    world: World
    on_change: Callable[[Event], None] | None = None

    def __post_init__(self) -> None:
        self.people = People(self.world)
        self._seen = self.world.events.seq
        self._born = 0
        self.world.events.changed = Ear(self._listen)

    def _listen(self) -> None:
        events, seen = self.world.events, self._seen
        self._seen = events.seq
        if self.on_change is None:
            return
        for event in list(events.since(seen)):  # what is heard causes further ones
            if event.kind == "edit" or (event.kind == "message" and self._is_ours(event)):
                self.on_change(event)

    def _is_ours(self, event: Event) -> bool:
        message = self.world.chats.all[event.chat_id].messages.get(event.message_id or 0)
        return message is not None and message["from"] is self.world.bot

    def newcomer(self) -> tuple[Person, Chat]:
        """A person who reads French and has never written; found in constant time."""
        self._born += 1
        number = 7_100_000_000 + self._born
        name = {"first_name": f"Person {self._born}"}
        person = Person({"id": number, "is_bot": False, **name, "language_code": "fr"})
        chat = Chat({"id": number, "type": "private", **name}, {number})
        self.world.chats.people[number] = person
        self.world.chats.all[number] = chat
        return person, chat

    def delay(self, milliseconds: float, jitter: float = 0.0) -> None:
        """Answer every request so much later, ``getUpdates`` too."""
        self.world.faults.clear()
        if milliseconds:
            self.world.faults.add(
                {"kind": "latency", "seconds": milliseconds / 1000, "jitter": jitter / 1000}
            )

    async def first_poll(self) -> float:
        """When the bot asked for updates for the first time (Unix time)."""
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while True:
            for entry in self.world.record.since(0):
                if entry.method == "getUpdates":
                    return entry.time
            left = deadline - asyncio.get_running_loop().time()
            if not await self.world.record.changed.wait(left):
                raise TimeoutError("the bot did not ask for updates")

    async def quiet(self, seconds: float) -> None:
        """Until nothing waits for the bot and it has made no request for a while."""
        record = self.world.record
        while True:
            before = record.last_at
            await asyncio.sleep(seconds)
            idle = not record.in_flight and record.last_at == before
            if idle and not self.world.updates.pending:
                return

    def message(self, chat: Chat, message_id: int) -> dict[str, Any]:
        return chat.messages[message_id]


@asynccontextmanager
async def telegram(token: str, *, validate: bool = False) -> AsyncIterator[Telegram]:
    """Serve one bot on a free port. JSON requests are believed unless ``validate``."""
    settings = Settings(validate=validate, kept_requests=KEPT_REQUESTS).changed(UNLIMITED)
    async with start(token=token, settings=settings) as running:
        yield Telegram(running.base_url, running.token, running.world)
