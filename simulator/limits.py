"""How fast a bot may send: Telegram's documented figures, answered with 429 and `retry_after`."""

import math
from collections import deque

from simulator.clock import Clock
from simulator.refusals import too_many_requests
from simulator.settings import Settings

MINUTE = 60.0


class Limits:
    """Counts messages as they are accepted; a refused message does not count.

    The 30 a second concern bulk notifications only: messages to people who have not written or
    tapped within `solicited_seconds`. Once refused, bulk messages stay refused until `retry_after`
    has passed.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._bulk: deque[float] = deque()
        self._bulk_closed_until = 0.0
        self._chats: dict[int, tuple[float, float]] = {}  # tokens left, when counted
        self._groups: dict[int, deque[float]] = {}

    def admit(
        self,
        settings: Settings,
        chat_id: int,
        *,
        spoken_at: float | None,
        paid: bool,
        count: int = 1,
    ) -> None:
        """Let `count` messages to a chat through, or refuse them all (429)."""
        now = self._clock.steady()
        waits = [self._group_wait(settings, chat_id, now, count)]
        tokens = self._tokens(settings, chat_id, now)
        if chat_id > 0 and settings.chat_per_second and tokens < count:
            waits.append((count - tokens) / settings.chat_per_second)
        bulk = spoken_at is None or now - spoken_at > settings.solicited_seconds
        rate = settings.paid_per_second if paid else settings.bulk_per_second
        if bulk and chat_id > 0 and rate:
            waits.append(self._bulk_wait(rate, now, count))
        if max(waits) > 0:
            raise too_many_requests(max(1, math.ceil(max(waits))))
        self._chats[chat_id] = (tokens - count, now)
        if chat_id < 0 and settings.group_per_minute:
            self._groups[chat_id].extend([now] * count)
        if bulk and chat_id > 0 and rate:
            self._bulk.extend([now] * count)

    def _tokens(self, settings: Settings, chat_id: int, now: float) -> float:
        left, counted_at = self._chats.get(chat_id, (float(settings.chat_burst), now))
        return min(settings.chat_burst, left + (now - counted_at) * settings.chat_per_second)

    def _group_wait(self, settings: Settings, chat_id: int, now: float, count: int) -> float:
        if chat_id > 0 or not settings.group_per_minute:
            return 0.0
        sent = self._groups.setdefault(chat_id, deque())
        while sent and sent[0] <= now - MINUTE:
            sent.popleft()
        over = len(sent) + count - settings.group_per_minute
        return sent[min(over, len(sent)) - 1] + MINUTE - now if over > 0 and sent else 0.0

    def _bulk_wait(self, rate: int, now: float, count: int) -> float:
        if now < self._bulk_closed_until:
            return self._bulk_closed_until - now
        while self._bulk and self._bulk[0] <= now - 1.0:
            self._bulk.popleft()
        if len(self._bulk) + count <= rate:
            return 0.0
        self._bulk_closed_until = now + 1.0
        return 1.0
