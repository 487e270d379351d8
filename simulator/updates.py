"""The queue of updates: numbered, kept until confirmed, handed to one poller at a time."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from itertools import islice
from typing import Any

from simulator.clock import Clock
from simulator.refusals import OTHER_POLLER, WEBHOOK_IS_SET, bad_request, conflict
from simulator.settings import Settings
from simulator.signals import Signal

Update = dict[str, Any]
FIRST_UPDATE_ID = 700_000_001
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
POLL_LIMIT = 50.0  # seconds; Telegram does not wait longer


class Updates:
    """`pending` holds what is not confirmed yet, oldest first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = FIRST_UPDATE_ID
        self._poll: asyncio.Future[None] | None = None
        self._kept_at: dict[int, float] = {}
        self._confirmed: OrderedDict[int, tuple[int, Update]] = OrderedDict()
        self._message_of: dict[int, int] = {}  # update id → the message it brings
        self.pending: OrderedDict[int, tuple[int, Update]] = OrderedDict()  # chat id and update
        self.unread: set[int] = set()  # messages whose update the bot has not confirmed
        self.allowed: frozenset[str] | None = None
        self._again: set[int] = set()  # to be delivered once more, not handed out yet
        self._repeated: set[int] = set()
        self.webhook_is_set = False
        self.changed = Signal()
        self.pushed: Callable[[int, int], None] = lambda update_id, chat_id: (
            None
        )  # the webhook's ear
        self.repeats: Callable[[], bool] = lambda: False  # a fault may deliver an update twice
        self.was_read: Callable[[int, int], None] = lambda chat_id, message_id: None
        self.was_counted: Callable[[int], None] = lambda pending: None

    def add(self, kind: str, payload: Any, chat_id: int) -> int | None:
        """Queue an update; its id, or None when the bot did not ask for this kind."""
        allowed = self.allowed
        wanted = kind not in NOT_BY_DEFAULT if allowed is None else kind in allowed
        if not wanted:
            return None
        update_id = self.push({"update_id": self._next_id, kind: payload}, chat_id)
        if kind == "message":
            self._message_of[update_id] = payload["message_id"]
            self.unread.add(payload["message_id"])
        return update_id

    def push(self, update: Update, chat_id: int = 0) -> int:
        """Queue a raw update as it is, well formed or not; a missing `update_id` is given."""
        update_id = int(update.setdefault("update_id", self._next_id))
        self._next_id = max(self._next_id, update_id + 1)
        self.pending[update_id] = (chat_id, update)
        self._kept_at[update_id] = self._clock.steady()
        self.pushed(update_id, chat_id)
        self._moved()
        return update_id

    def allow(self, kinds: list[str] | None) -> None:
        """What the bot wants from now on; nothing said leaves the last wish, [] the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) if kinds else None

    def confirm(self, update_id: int) -> None:
        """Forget an update that the bot has taken, unless a fault delivers it once more."""
        self._confirm(update_id)
        self._moved()

    def _confirm(self, update_id: int) -> None:
        chat_id, update = self.pending.pop(update_id)
        self._confirmed[update_id] = (chat_id, update)
        if len(self._confirmed) > 1000:
            self._confirmed.popitem(last=False)
        self._kept_at.pop(update_id, None)
        message_id = self._message_of.pop(update_id, None)
        if message_id is not None:
            self.unread.discard(message_id)
            self.was_read(chat_id, message_id)
        if update_id not in self._repeated and self.repeats():
            self.repeat([update_id])

    def _moved(self) -> None:
        """Tell who waits for the queue, and who watches its length."""
        self.changed.notify()
        self.was_counted(len(self.pending))

    def repeat(self, update_ids: list[int] | None = None, *, last: int = 0) -> list[int]:
        """Queue confirmed updates again, under the ids they had: the chosen ones or the last."""
        chosen = update_ids if update_ids is not None else [*self._confirmed][-last:]
        for update_id in chosen:
            self.pending[update_id] = self._confirmed[update_id]
            self._kept_at[update_id] = self._clock.steady()
        self._again.update(chosen)
        self._repeated.update(chosen)
        for update_id in chosen:
            self.pushed(update_id, self.pending[update_id][0])
        self._moved()
        return chosen

    def forget_all(self) -> None:
        self.pending.clear()
        self._kept_at.clear()
        self._message_of.clear()
        self._moved()

    async def poll(
        self,
        settings: Settings,
        *,
        offset: int,
        limit: int,
        timeout: float,  # noqa: ASYNC109
    ) -> list[Update]:
        """What `getUpdates` returns; refuses (409) the older of two, and any beside a webhook."""
        if self.webhook_is_set:
            raise conflict(WEBHOOK_IS_SET)
        if not 1 <= limit <= 100:
            limit = 100
        if timeout < 0:
            raise bad_request("timeout must be non-negative")
        self.stop_poll(OTHER_POLLER)
        self._move_to(offset)
        self.drop_old(settings.update_hours * 3600)
        mine = self._poll = asyncio.get_running_loop().create_future()
        deadline = asyncio.get_running_loop().time() + min(timeout, POLL_LIMIT)
        try:
            while not self.pending and not mine.done():
                left = deadline - asyncio.get_running_loop().time()
                if not await self.changed.wait(left):
                    break
            if mine.done():
                mine.result()
            taken = [update for _, update in islice(self.pending.values(), limit)]
            if self._again:
                self._again.difference_update(update["update_id"] for update in taken)
            return taken
        finally:
            if self._poll is mine:
                self._poll = None

    def stop_poll(self, words: str) -> None:
        """End the poll that waits (409), because something else begins."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(words))
            self._poll.exception()  # read, so that nobody complains when its client has gone
            self.changed.notify()

    def release(self) -> None:
        """Let the waiting poll return empty: the server is stopping."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
            self.changed.notify()

    def _move_to(self, offset: int) -> None:
        confirmed = []
        if offset > 0:
            for update_id in self.pending:
                if update_id < offset and update_id not in self._again:
                    confirmed.append(update_id)
                elif not self._again:
                    break
        elif offset < 0:
            confirmed = list(self.pending)[: max(0, len(self.pending) + offset)]
        for update_id in confirmed:
            self._confirm(update_id)
        if confirmed:
            self._moved()

    def drop_old(self, seconds: float) -> None:
        """Forget updates that nobody has fetched for so long."""
        oldest = self._clock.steady() - seconds
        while self.pending:
            first = next(iter(self.pending))
            if self._kept_at.get(first, oldest) >= oldest:
                break
            self.pending.popitem(last=False)
            self._kept_at.pop(first, None)
            self._message_of.pop(first, None)
