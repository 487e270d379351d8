"""What changed in the chats, in order, for phones and pages that follow them."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.signals import Signal

KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Event:
    """One change; `kind` is message, edit, delete, notice, action or chat."""

    seq: int
    kind: str
    chat_id: int
    message_id: int | None
    details: dict[str, Any] | None


class Events:
    """A bounded record of changes, numbered from 1."""

    def __init__(self) -> None:
        self.seq = 0
        self.changed = Signal()
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

    def since(self, seq: int) -> Iterator[Event]:
        """Events after that number, oldest first; those no longer kept are missing."""
        if not self._kept:
            return
        first = max(0, seq + 1 - self._kept[0].seq)
        for index in range(first, len(self._kept)):
            yield self._kept[index]
