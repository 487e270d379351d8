"""People, groups and what was said: the state that both the bot and the phones see."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from simulator.clock import Clock
from simulator.events import Events
from simulator.refusals import CHAT_NOT_FOUND, bad_request, forbidden

Message = dict[str, Any]
FIRST_PERSON_ID = 7_000_000_001  # beyond 32 bits, as many real ones are
FIRST_GROUP_ID = -4_000_000_001
FIRST_SUPERGROUP_ID = -1_002_000_000_001
NOTICES_KEPT = 2_000  # in each chat, as messages


@dataclass
class Person:
    user: dict[str, Any]  # the Bot API's User
    deactivated: bool = False

    @property
    def id(self) -> int:
        return int(self.user["id"])


@dataclass
class Chat:
    """A private chat with the bot (its id is the person's), or a group."""

    about: dict[str, Any]  # the Bot API's Chat
    members: set[int]
    messages: dict[int, Message] = field(default_factory=dict)
    changed_at: dict[int, int] = field(
        default_factory=dict
    )  # message id → number of its last event
    deleted: set[int] = field(default_factory=set)
    notices: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=NOTICES_KEPT))
    keyboard: list[list[dict[str, Any]]] | None = None  # the reply keyboard that is shown
    keyboard_options: dict[str, Any] | None = None  # its markup without the rows, or force_reply
    action: str | None = None
    started: bool = False
    blocked: bool = False
    acted: int = 0  # number of the last event that a person caused
    acted_message: int = 0  # the newest message id then
    spoken_at: float | None = None  # steady time of that act
    migrated_to: int | None = None
    creator_id: int | None = None  # of a group: its administrator

    @property
    def id(self) -> int:
        return int(self.about["id"])

    @property
    def is_private(self) -> bool:
        return bool(self.about["type"] == "private")


class Chats:
    """Everybody and everything said, with one counter of message ids as accounts have."""

    def __init__(self, clock: Clock, events: Events, bot: dict[str, Any]) -> None:
        self.clock = clock
        self.events = events
        self.bot = bot
        self.people: dict[int, Person] = {}
        self.all: dict[int, Chat] = {}
        self.kept_messages = 2_000
        self._last_message_id = 0

    def person(
        self, first_name: str, language: str | None, person_id: int | None = None, **more: Any
    ) -> Person:
        """The person of that name (or id), met now or known; a known one may change language."""
        for known in self.people.values():
            if known.id == person_id or (
                person_id is None and known.user["first_name"] == first_name
            ):
                if language is not None:
                    self.speaks(known, language)
                return known
        user: dict[str, Any] = {
            "id": person_id or self._next_person_id(),
            "is_bot": False,
        }
        user |= {"first_name": first_name, **more}
        if language is not None:
            user["language_code"] = language
        person = self.people[user["id"]] = Person(user)
        about = {"id": person.id, "type": "private", "first_name": first_name, **more}
        chat = self.all[person.id] = Chat(about, {person.id})
        self.events.add("chat", chat.id)
        self.events.add("person", person.id, details={"person": user})
        return person

    def speaks(self, person: Person, language: str) -> None:
        """The language of a person's app, from now on."""
        if person.user.get("language_code") != language:
            person.user["language_code"] = language
            self.events.add("person", person.id, details={"person": person.user})

    def _next_person_id(self) -> int:
        """Not taken, also where somebody came with a number of their own."""
        wanted = FIRST_PERSON_ID + len(self.people)
        while wanted in self.all:
            wanted += 1
        return wanted

    def group(
        self, title: str, members: set[int], kind: str, creator_id: int | None = None
    ) -> Chat:
        first = FIRST_GROUP_ID if kind == "group" else FIRST_SUPERGROUP_ID
        chat_id = first - sum(1 for chat in self.all.values() if chat.about["type"] == kind)
        chat = self.all[chat_id] = Chat(
            {"id": chat_id, "type": kind, "title": title}, set(members), creator_id=creator_id
        )
        self.change(chat, started=True)
        return chat

    def change(self, chat: Chat, **standing: Any) -> None:
        """Set what holds for the whole chat, and tell those who follow it if it is new."""
        if any(getattr(chat, name) != value for name, value in standing.items()):
            for name, value in standing.items():
                setattr(chat, name, value)
            self.events.add("chat", chat.id)

    def find(self, chat_id: Any) -> Chat:
        """The chat of that id; refuses (400) when there is none."""
        if isinstance(chat_id, str) and chat_id.removeprefix("-").isdigit():
            chat_id = int(chat_id)
        chat = self.all.get(chat_id)
        if chat is None:
            raise bad_request(CHAT_NOT_FOUND)
        return chat

    def writable(self, chat_id: Any) -> Chat:
        """The chat, if the bot may write there now."""
        chat = self.find(chat_id)
        if chat.migrated_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        if not chat.is_private:
            if chat.blocked:
                raise forbidden(f"bot was kicked from the {chat.about['type']} chat")
            return chat
        if self.people[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def add(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any]) -> Message:
        """Put a message into the chat and tell those who follow it."""
        self._last_message_id += 1
        message_id = self._last_message_id
        message = {
            "message_id": message_id,
            "from": sender,
            "chat": chat.about,
            "date": self.clock.unix(),
            **content,
        }
        chat.messages[message_id] = message
        if len(chat.messages) > self.kept_messages:
            oldest = next(iter(chat.messages))
            del chat.messages[oldest], chat.changed_at[oldest]
        chat.changed_at[message_id] = self.events.add("message", chat.id, message_id)
        return message

    def edit(self, chat: Chat, message_id: int, content: dict[str, Any]) -> Message:
        """Replace a message by a changed copy: whoever holds the old one keeps what they saw."""
        message = chat.messages[message_id] = content
        chat.changed_at[message_id] = self.events.add("edit", chat.id, message_id)
        return message

    def delete(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id], chat.changed_at[message_id]
        chat.deleted.add(message_id)
        self.events.add("delete", chat.id, message_id)

    def acts(self, chat: Chat) -> None:
        """A person has just done something here; messages from now on answer it."""
        chat.acted = self.events.seq
        chat.acted_message = self._last_message_id
        chat.spoken_at = self.clock.steady()
