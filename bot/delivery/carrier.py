"""What carries mail (announcements, reminders) to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from storage.announcements import DeliveryState


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one delivery."""

    state: DeliveryState
    retry_at: datetime | None = None
    """Set where this one was held back (429) or could not be taken, and waits."""
    error: str = ""
    moved_to: int | None = None
    """The chat's new id, where a group was migrated."""


class Carrier(Protocol):
    """One way for mail to leave: paced through python-telegram-bot, or a paid broadcast."""

    async def carry(self, chat_id: int, method: str, params: Mapping[str, Any]) -> Carried:
        """Send one request; raises nothing that Telegram or the network can cause."""
        ...

    def closed_for(self) -> float:
        """For how many seconds nothing leaves, because Telegram said so or is not there."""
        ...

    def close_for(self, seconds: float) -> None:
        """Let nothing leave for so long."""
        ...

    async def end(self) -> None:
        """Close what is open."""
        ...
