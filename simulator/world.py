"""One simulated Telegram with one bot in it: all state, reachable from one place."""

from dataclasses import dataclass, field
from functools import cache
from secrets import token_hex
from typing import Any

from simulator.chats import Chats
from simulator.clock import Clock
from simulator.events import Events
from simulator.faults import Faults
from simulator.files import Files
from simulator.limits import Limits
from simulator.profile import Profile
from simulator.record import Record
from simulator.schema import bot_api
from simulator.settings import Settings
from simulator.signals import Signal
from simulator.updates import Updates
from simulator.validation import Schema

KEPT_QUERIES = 100_000


@cache
def checks() -> Schema:
    """Compiled once for all the worlds of a process."""
    return Schema(bot_api())


@dataclass
class Query:
    """A tap that waits for `answerCallbackQuery`."""

    id: str
    chat_id: int
    person_id: int
    asked_at: float  # steady time
    answer: dict[str, Any] | None = None


@dataclass
class Webhook:
    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class World:
    settings: Settings
    token: str
    username: str = "simulated_bot"
    name: str = "Simulated bot"
    queries: dict[str, Query] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)

    def __post_init__(self) -> None:
        self.bot: dict[str, Any] = {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }
        self.town = token_hex(8)  # another one after each start: what a page knew is then old
        self.clock = Clock()
        self.schema = checks()
        self.events = Events()
        self.chats = Chats(self.clock, self.events, self.bot)
        self.updates = Updates(self.clock)
        self.files = Files()
        self.profile = Profile(self.name)
        self.limits = Limits(self.clock)
        self.faults = Faults()
        self.updates.repeats = self.faults.repeats_update
        self.updates.was_read = lambda chat_id, message_id: self.events.mention(
            "read", chat_id, message_id
        )
        self.updates.was_counted = lambda pending: self.events.mention(
            "queue", 0, details={"pending": pending}
        )
        self.record = Record(self.settings.kept_requests)
        self.webhook_changed = Signal()
        self.chats.kept_messages = self.settings.kept_messages
        self.stopping = False
        self.wakes = [self.events.changed, self.record.changed, self.updates.changed]

    def keep_query(self, query: Query) -> None:
        """Remember a tap; the oldest are forgotten, long after they could be answered."""
        self.queries[query.id] = query
        if len(self.queries) > KEPT_QUERIES:
            del self.queries[next(iter(self.queries))]

    def stop(self) -> None:
        """Wake whoever waits: the server is going down."""
        self.stopping = True
        self.updates.release()
        for signal in self.wakes:
            signal.notify()

    def tell_queue(self) -> None:
        self.events.add("queue", 0, details={"pending": len(self.updates.pending)})

    def tell_faults(self) -> None:
        faults = [fault.to_json() for fault in self.faults.all()]
        self.events.add("faults", 0, details={"faults": faults})

    def change_settings(self, changes: dict[str, Any]) -> None:
        """Raises ValueError on what is no setting."""
        self.settings = self.settings.changed(changes)
        self.record.resize(self.settings.kept_requests)
        self.chats.kept_messages = self.settings.kept_messages
