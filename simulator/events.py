"""What changed in the town, in order, for phones and pages that follow it."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from simulator.signals import Signal

KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Event:
    """One change; `kind` is one of those in the table of `docs/developers/simulator.md`."""

    seq: int
    kind: str
    chat_id: int  # 0 for what concerns no chat
    message_id: int | None
    details: dict[str, Any] | None


class Events:
    """A bounded record of changes, numbered from 1."""

    def __init__(self) -> None:
        self.seq = 0
        self.changed = Signal()
        self.unsaid_at = -1  # the newest number when something was passed over in silence
        self._followers = 0
        self._kept: deque[Event] = deque(maxlen=KEPT)

    def add(
        self,
        kind: str,
        chat_id: int,
        message_id: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> int:
        self.seq += 1
        self._kept.append(Event(self.seq, kind, chat_id, message_id, details))
        self.changed.notify()
        return self.seq

    def mention(
        self,
        kind: str,
        chat_id: int,
        message_id: int | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        """What is worth an event only while a stream follows; else it costs next to nothing."""
        if self._followers:
            self.add(kind, chat_id, message_id, details)
        else:
            self.unsaid_at = self.seq

    @contextmanager
    def followed(self) -> Iterator[None]:
        """While a stream follows."""
        self._followers += 1
        try:
            yield
        finally:
            self._followers -= 1

    @property
    def is_followed(self) -> bool:
        return self._followers > 0

    def reaches(self, seq: int) -> bool:
        """Whether that number has been given, and everything after it is still kept."""
        oldest = self._kept[0].seq if self._kept else 1
        return oldest - 1 <= seq <= self.seq

    def since(self, seq: int, most: int = KEPT) -> list[Event]:
        """Events after that number, oldest first; those no longer kept are missing."""
        if not self._kept:
            return []
        first = max(0, seq + 1 - self._kept[0].seq)
        last = min(len(self._kept), first + most)
        return [self._kept[index] for index in range(first, last)]
