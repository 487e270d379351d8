"""What carries mail (announcements, reminders) to a person; part three brings the first one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from storage.announcements import DeliveryState


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one delivery."""

    state: DeliveryState
    message_id: int | None = None
    retry_at: datetime | None = None
    """Set where it was held back (429) and waits."""
    error: str = ""
    moved_to: int | None = None
    """The chat's new id, where a group was migrated."""


class Carrier(Protocol):
    """One way for mail to leave: paced through python-telegram-bot, or a paid broadcast."""

    async def carry(self, chat_id: int, method: str, params: dict[str, Any]) -> Carried:
        """Send one request; raises nothing that Telegram or the network can cause."""
        ...
