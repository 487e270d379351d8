"""Every request the bot made, kept for inspection: a bounded ring, served as JSON lines."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from simulator.signals import Signal
from simulator.uploads import Upload


@dataclass(slots=True)
class Entry:
    """One request; `status` is None until it is answered, `delivered` until the answer has left.

    `delivered` is True when the answer was written to a connection that was still open.
    """

    n: int
    time: float
    method: str
    via: str  # "http", or "webhook" for a method in the answer to a webhook call
    params: dict[str, Any]
    chat_id: int | None = None
    effect: bool = False  # whether the chat, the queue or the profile was changed
    status: int | None = None
    outcome: Any = None  # the message id, the description of a refusal, or a short result
    delivered: bool | None = None
    seconds: float | None = None

    def to_json(self) -> dict[str, Any]:
        described = {name: getattr(self, name) for name in self.__slots__}
        described["params"] = {name: plain(value) for name, value in self.params.items()}
        return described


def plain(value: Any) -> Any:
    if isinstance(value, Upload):
        return {"file": value.name, "mime_type": value.mime_type, "size": len(value.content)}
    return value


class Record:
    def __init__(self, kept: int) -> None:
        self._kept: deque[Entry] = deque(maxlen=kept)
        self.count = 0
        self.in_flight = 0  # requests that have no answer yet, long polls apart
        self.last_at = 0.0
        self.changed = Signal()

    def begin(self, method: str, now: float, via: str = "http") -> Entry:
        self.count += 1
        entry = Entry(self.count, now, method, via, {})
        self._kept.append(entry)
        if method != "getUpdates":
            self.in_flight += 1
            self.last_at = now
        self.changed.notify()
        return entry

    def took_effect(self, entry: Entry) -> None:
        entry.effect = True
        self.changed.notify()

    def finish(self, entry: Entry, now: float, *, delivered: bool) -> None:
        entry.delivered = delivered
        entry.seconds = round(now - entry.time, 6)
        if entry.method != "getUpdates":
            self.in_flight -= 1
            self.last_at = now
        self.changed.notify()

    def since(self, n: int) -> Iterator[Entry]:
        """Entries after that number, oldest first."""
        if self._kept:
            for index in range(max(0, n + 1 - self._kept[0].n), len(self._kept)):
                yield self._kept[index]

    def resize(self, kept: int) -> None:
        self._kept = deque(self._kept, maxlen=kept)

    def forget(self) -> None:
        self._kept.clear()
