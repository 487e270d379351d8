"""Sends replies at once: one queue per chat, one request in flight in it, many chats together."""

import asyncio
import contextlib
import json
import time
from collections import OrderedDict, deque
from collections.abc import Coroutine, Sequence
from datetime import timedelta

import structlog
from cryptography.exceptions import InvalidTag

from bot.batch import CHAT, OUTBOX
from bot.delivery.outcomes import OutcomeWriter
from bot.delivery.posting import Kind, Outcome, Postman, without_message
from bot.intake import event_for
from bot.logs import describe
from bot.stopping import Backoff, Hint, Stop, until_the_database_is_back
from handlers.events import PRESENT
from participation.clock import Clock
from participation.traces import Spoken, Wrote
from storage.database import Database, is_database_trouble
from storage.keys import Keyring
from storage.outbox import OutboxState, Reply, shown_in, waiting_replies

SHOWN = "shown"
"""The context under which message numbers are sealed."""

UNITS = 256
"""Requests that are in flight or whose outcome is not stored: what a kill can repeat."""
LARGEST_QUEUE = 20_000
BUSY = 500
"""While so many are in hand, rows that nobody handed over can wait."""
TOO_OLD = timedelta(minutes=15)
POLL_SECONDS = 1.0
REMEMBERED_SLOTS = 50_000

log = structlog.get_logger()


class Replies:
    """The replies loop. ``accept`` takes what the worker has just committed; rows are the truth.

    While more waits than memory should hold, nothing is accepted and rows are read in order.
    """

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        postman: Postman,
        clock: Clock,
        on_event: Hint,
        bot_id: int,
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._postman = postman
        self._clock = clock
        self._stop = Stop()
        self._bot_id = bot_id
        self._units = asyncio.Semaphore(UNITS)
        self._lanes: dict[int, deque[Reply]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._in_hand: set[int] = set()
        self._settled_while_reading: set[int] | None = None
        self._holding: set[int] = set()
        self._replaced: dict[int, float] = {}
        self._shown: OrderedDict[tuple[int, str], int] = OrderedDict()
        self._behind = True
        self.writer = OutcomeWriter(database, clock, self._settled, on_event)

    def accept(self, replies: Sequence[Reply]) -> None:
        """Send what is committed, unless older rows must be read first."""
        if self._behind or len(self._in_hand) > LARGEST_QUEUE:
            self._behind = True
            return
        self._enqueue(replies)

    async def run(self) -> None:
        """Send until the end; rows that nobody handed over are found by polling."""
        writing = asyncio.create_task(self.writer.run())
        backoff = until_the_database_is_back(self._stop)
        try:
            while not self._stop:
                try:
                    await self._read_rows()
                except Exception as error:
                    if not is_database_trouble(error):
                        raise
                    log.warning("the outbox cannot be read; waiting", error=error)
                    await backoff.wait()
                    continue
                backoff.reset()
                await self._stop.sleep(0.05 if self._behind else POLL_SECONDS)
                if writing.done():
                    await writing
        finally:
            writing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await writing

    async def drain(self, seconds: float) -> int:
        """Let what is in hand leave, for a while; how many replies stay in the outbox."""
        until = time.monotonic() + seconds
        while self._in_hand and time.monotonic() < until:
            await asyncio.sleep(0.02)
            await self.writer.write()
        while self._tasks:  # before the stop is set: a wait that ends just then is not cancelled
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        self._stop.set()
        return len(self._in_hand)

    async def _read_rows(self) -> None:
        if len(self._in_hand) > (LARGEST_QUEUE // 2 if self._behind else BUSY):
            return
        self._settled_while_reading = set()
        async with self._database.reading() as session:
            limit = LARGEST_QUEUE
            rows = await waiting_replies(session, 0, limit, self._chat_in)
        self._enqueue(rows)
        self._settled_while_reading = None
        self._behind = len(rows) >= limit

    def _chat_in(self, sealed: bytes) -> int | None:
        """A sealed chat; None where the key file does not open it: that reply is set aside."""
        try:
            return self._keyring.open_number(sealed, CHAT)
        except InvalidTag:
            return None

    def _enqueue(self, replies: Sequence[Reply]) -> None:
        for reply in replies:
            if reply.id in self._in_hand or reply.id in (self._settled_while_reading or ()):
                continue
            self._in_hand.add(reply.id)
            if reply.chat_id is None or reply.method == "answerCallbackQuery":
                self._start(self._send_alone(reply))
                continue
            lane = self._lanes.get(reply.chat_id)
            if lane is not None:
                lane.append(reply)
                continue
            self._lanes[reply.chat_id] = deque([reply])
            self._start(self._send_lane(reply.chat_id))

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a reply could not be worked on", error=error)

    async def _send_alone(self, reply: Reply) -> None:
        await self._send(reply)

    async def _send_lane(self, chat_id: int) -> None:
        """Send a chat's replies one after the other."""
        lane = self._lanes[chat_id]
        try:
            while lane:
                if await self._send(lane[0]):
                    lane.popleft()
                else:
                    self._drop_lane(chat_id, lane)
        finally:
            del self._lanes[chat_id]

    def _drop_lane(self, chat_id: int, lane: deque[Reply]) -> None:
        """Forget what waits for somebody who cannot be reached."""
        pending = self.writer.pending
        pending.unreachable.setdefault(chat_id, lane[0].created_at)
        pending.arrived.extend(reply.id for reply in lane)
        self.writer.note()
        lane.clear()

    async def _send(self, reply: Reply) -> bool:
        """Send until the outcome is known; False where the person cannot be reached."""
        backoff = Backoff(self._stop, 0.3, 20)
        unknown = 0
        while True:
            if self._is_too_old(reply):
                self._replace_by_present_question(reply)
                return True
            await self._units.acquire()
            outcome = await self._post(reply)
            if outcome.kind is Kind.UNREACHABLE:
                self._units.release()
                return self._cannot_reach(reply)
            if outcome.kind is Kind.UNKNOWN:
                unknown += 1
            if outcome.kind in (Kind.ARRIVED, Kind.REFUSED) or unknown > 1:
                self._finish(reply, outcome)
                return True
            self._units.release()
            if outcome.kind is Kind.HELD:
                await self._stop.sleep(outcome.after)
            else:
                await backoff.wait()

    async def _post(self, reply: Reply) -> Outcome:
        try:
            return await self._try_to_post(reply)
        except Exception as error:
            if is_database_trouble(error):
                return Outcome(Kind.LATER, error="database")
            return Outcome(Kind.REFUSED, error=describe(error))

    async def _try_to_post(self, reply: Reply) -> Outcome:
        payload = self._keyring.open(reply.payload, OUTBOX)
        method, message_id = reply.method, None
        if reply.edits is not None and reply.chat_id is not None:
            message_id = await self._message_in(reply.chat_id, reply.edits)
            if message_id is None:
                if method != "editMessageText":
                    return Outcome(Kind.ARRIVED)
                method, payload = "sendMessage", _as_json(payload)
        anew = not (reply.lasting and method == "editMessageText")
        return await self._postman.post(method, payload, message_id, anew=anew)

    async def _message_in(self, chat_id: int, slot: str) -> int | None:
        known = self._shown.get((chat_id, slot))
        if known is not None:
            return known
        async with self._database.reading() as session:
            sealed = await shown_in(session, chat_id, slot)
        return None if sealed is None else self._keyring.open_number(sealed, SHOWN)

    def _finish(self, reply: Reply, outcome: Outcome) -> None:
        """Note what became of a reply; its unit is free once that is stored."""
        pending = self.writer.pending
        if outcome.kind is Kind.ARRIVED:
            pending.arrived.append(reply.id)
        else:
            uncertain = outcome.kind is Kind.UNKNOWN
            state = OutboxState.UNCERTAIN if uncertain else OutboxState.FAILED
            pending.failed.append((reply.id, state, f"{reply.method} {outcome.error}"))
            log.warning("a reply failed", id=reply.id, method=reply.method, error=outcome.error)
        self._trace(reply, outcome)
        slot = reply.fills or reply.edits
        if slot and reply.chat_id is not None and outcome.message_id is not None:
            sealed = self._keyring.seal_number(outcome.message_id, SHOWN)
            pending.shown.append((reply.chat_id, slot, sealed))
            self._remember((reply.chat_id, slot), outcome.message_id)
        if outcome.file is not None:
            document, file_id = outcome.file
            pending.files.append((document, self._bot_id, file_id))
        if outcome.attached is not None:
            pending.attached.append(outcome.attached)
        self._holding.add(reply.id)
        self.writer.note()

    def _trace(self, reply: Reply, outcome: Outcome) -> None:
        """Note where a question or an answer stands, unless it was noted when it was asked."""
        chat_id, message_id = reply.chat_id, outcome.message_id
        if reply.about is None or chat_id is None or message_id is None:
            return
        if self._shown.get((chat_id, reply.fills or "")) == message_id:
            return
        spoken = Spoken(chat_id, message_id, Wrote.BOT, int(self._clock().timestamp()))
        self.writer.pending.traces.append(spoken.row(self._keyring, reply.about))

    def _remember(self, place: tuple[int, str], message_id: int) -> None:
        self._shown[place] = message_id
        self._shown.move_to_end(place)
        if len(self._shown) > REMEMBERED_SLOTS:
            self._shown.popitem(last=False)

    def _cannot_reach(self, reply: Reply) -> bool:
        if reply.chat_id is not None and reply.method != "answerCallbackQuery":
            return False
        self.writer.pending.arrived.append(reply.id)
        self.writer.note()
        return True

    def _is_too_old(self, reply: Reply) -> bool:
        return not reply.lasting and self._clock() - reply.created_at > TOO_OLD

    def _replace_by_present_question(self, reply: Reply) -> None:
        """What was said a quarter of an hour ago may confuse: show where the person stands."""
        pending = self.writer.pending
        pending.arrived.append(reply.id)
        now = time.monotonic()
        self._replaced = {chat: at for chat, at in self._replaced.items() if now - at < 60}
        if reply.chat_id is not None and reply.chat_id not in self._replaced:
            self._replaced[reply.chat_id] = now
            pending.events.append(event_for(self._keyring, self._bot_id, reply.chat_id, PRESENT))
        self.writer.note()

    def _settled(self, ids: list[int]) -> None:
        """Outcomes are stored: their units are free."""
        for number in ids:
            if number in self._holding:
                self._holding.discard(number)
                self._units.release()
        self._in_hand.difference_update(ids)
        if self._settled_while_reading is not None:
            self._settled_while_reading.update(ids)


def _as_json(payload: bytes) -> bytes:
    return json.dumps(without_message(payload)).encode()
