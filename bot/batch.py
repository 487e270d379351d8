"""One unit of work: what a batch of updates changes, and what it says, in one transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, Message, Update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.requests import request_of
from bot.updates import EVENT, KNOWN, Envelope, envelope, lean
from handlers.events import answer_event
from handlers.helping import what_was_missed
from handlers.language import language_for, speaking
from handlers.present import present
from handlers.refusals import explain
from handlers.replies import Replies, Reply
from participation.consultations import Consultations
from participation.errors import ParticipationError
from participation.known import Known, load
from participation.people import People
from participation.shelf import Shelf
from participation.staff import Staff
from participation.submissions import Submissions
from storage.base import ConsultationId
from storage.inbox import PARTITIONS, InboxState, Waiting, close
from storage.keys import Keyring
from storage.outbox import OutboxState, put
from storage.outbox import Reply as StoredReply
from storage.people import Person

INBOX = "inbox"
OUTBOX = "outbox"
CHAT = "chat"
SPOKEN = ("message", "edited_message", "callback_query")
"""Update types by which a person says something."""


class UpdateFailed(Exception):
    """An update's handler raised; ``cause`` is what it raised."""

    def __init__(self, row: Waiting, person: int | None, cause: Exception) -> None:
        super().__init__(row.seq)
        self.row = row
        self.person = person
        self.cause = cause


class RefusalLeftATrace(Exception):
    """A use changed rows and then refused: a defect."""


class NotAReply(TypeError):
    """A handler returned something that is no Bot API method."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request of this batch, not stored yet."""

    chat_id: int | None
    method: str
    params: dict[str, Any]
    edits: str | None
    fills: str | None
    lasting: bool = False
    about: ConsultationId | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An inbox row with its payload readable."""

    row: Waiting
    raw: Any
    outside: Envelope


class Batches:
    """Runs batches; everything that lasts longer than one batch is kept here."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, keyring: Keyring, shelf: Shelf) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._keyring = keyring
        self._shelf = shelf

    def open(self, row: Waiting) -> Opened:
        """Unseal a row; an event of our own is addressed like an update of its chat."""
        raw = json.loads(self._keyring.open(row.payload, INBOX).decode("utf-8", "surrogatepass"))
        if row.kind == EVENT:
            chat = raw["chat_id"]
            return Opened(row, raw, Envelope(EVENT, chat, chat, private=True, language=None))
        return Opened(row, raw, envelope(raw))

    async def run(
        self, session: AsyncSession, batch: Sequence[Opened], now: datetime
    ) -> list[StoredReply]:
        """Feed updates in order and write what follows; the caller commits.

        Raises UpdateFailed for an update whose handler raised; what the flush raises names nobody.
        """
        wanted = [one for one in batch if _is_wanted(one)]
        ids = {one.outside.person for one in wanted if one.outside.person is not None}
        known = await load(session, self._keyring, self._shelf, ids, now)
        outgoing: list[Outgoing] = []
        for one in wanted:
            outgoing += await self._feed(one, known)
        known.write_tallies()
        await known.write_traces()
        await session.flush()
        replies = await self.write(session, outgoing, now)
        await self._close(session, batch, wanted)
        return replies

    async def _close(
        self, session: AsyncSession, batch: Sequence[Opened], wanted: Sequence[Opened]
    ) -> None:
        done = {one.row.seq for one in wanted}
        unknown = {
            one.row.seq for one in batch if one.outside.kind not in KNOWN and one.row.kind != EVENT
        }
        rest = {one.row.seq for one in batch} - unknown
        await close(session, done | rest, InboxState.DONE)
        await close(session, unknown, InboxState.UNKNOWN)

    async def _feed(self, one: Opened, known: Known) -> list[Outgoing]:
        person = known.people.get(one.outside.person or 0)
        chat = one.outside.chat
        if person is None or chat is None:
            return []
        try:
            with speaking(person.language or language_for(one.outside.language)):
                away_since = person.unreachable_at
                replies = await self._replies(one, person, known)
                if away_since is not None and person.unreachable_at is None:
                    replies = [*replies, *await what_was_missed(person, known, away_since)]
                return [outgoing_of(reply, chat) for reply in replies]
        except Exception as error:
            raise UpdateFailed(one.row, one.outside.person, error) from error

    async def _replies(self, one: Opened, person: Person, known: Known) -> Replies:
        if one.row.kind == EVENT:
            return await answer_event(person, known, one.raw)
        update = Update.model_validate(lean(one.raw), context={"bot": self._bot})
        if one.outside.kind in SPOKEN:
            People(known, person).come_back()  # whoever speaks can be reached
        before = _changes(known.session)
        try:
            return await self._handle(update, person, known)
        except ParticipationError as refusal:
            if _changes(known.session) != before:
                raise RefusalLeftATrace(type(refusal).__name__) from refusal
            return explain(refusal, _event(update), person, known)

    async def _handle(self, update: Update, person: Person, known: Known) -> Replies:
        place = known.place_of(person)
        replies = await self._dispatcher.propagate_event(
            update.event_type,  # straight to the handlers: all around them is the worker's
            update.event,
            person=person,
            known=known,
            now=known.now,
            place=place,
            raw_state=place.step,
            consultations=Consultations(known, person),
            submissions=Submissions(known, person),
            people=People(known, person),
            staff=Staff(known, person),
        )
        if replies is UNHANDLED or replies is None:
            return present(person, known, _event(update))
        if not isinstance(replies, list):
            raise NotAReply(type(replies).__name__)
        return replies

    async def write(
        self, session: AsyncSession, outgoing: Sequence[Outgoing], now: datetime
    ) -> list[StoredReply]:
        """Insert requests into the outbox, in order."""
        if not outgoing:
            return []
        chats = {one.chat_id or 0 for one in outgoing}
        partitions = {chat: self._keyring.partition(chat, PARTITIONS) for chat in chats}
        rows = [
            {
                "chat": self._sealed_chat(one.chat_id),
                "partition": partitions[one.chat_id or 0],
                "method": one.method,
                "payload": self.seal(one.params),
                "edits": one.edits,
                "fills": one.fills,
                "lasting": one.lasting,
                "about": one.about,
                "state": OutboxState.WAITING,
                "created_at": now,
            }
            for one in outgoing
        ]
        ids = await put(session, rows)
        return [
            StoredReply(
                number,
                one.chat_id,
                one.method,
                row["payload"],  # type: ignore[arg-type]
                one.edits,
                one.fills,
                now,
                one.lasting,
                one.about,
            )
            for number, one, row in zip(ids, outgoing, rows, strict=True)
        ]

    def _sealed_chat(self, chat_id: int | None) -> bytes | None:
        return None if chat_id is None else self._keyring.seal_number(chat_id, CHAT)

    def seal(self, params: dict[str, Any]) -> bytes:
        """Parameters as they will be posted, sealed."""
        return self._keyring.seal(json.dumps(params).encode(), OUTBOX)


def _is_wanted(one: Opened) -> bool:
    return one.outside.private and (one.outside.kind in KNOWN or one.row.kind == EVENT)


def outgoing_of(reply: TelegramMethod[Any] | Reply, chat: int) -> Outgoing:
    """The request that a handler's reply stands for; raises NotAReply."""
    slotted = reply if isinstance(reply, Reply) else Reply(reply)
    if not isinstance(slotted.method, TelegramMethod):
        raise NotAReply(type(slotted.method).__name__)
    method, params = request_of(slotted.method)
    addressed = params.get("chat_id") or params.get("scope", {}).get("chat_id", chat)
    return Outgoing(
        addressed, method, params, slotted.edits, slotted.fills, slotted.lasting, slotted.about
    )


def _event(update: Update) -> Message | CallbackQuery | None:
    event = update.event
    return event if isinstance(event, Message | CallbackQuery) else None


def _changes(session: AsyncSession) -> tuple[int, int, int]:
    return len(session.new), len(session.dirty), len(session.deleted)
