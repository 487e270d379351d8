"""What the clerk's works have at hand, and how they speak: through the inbox."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.intake import event_for
from bot.stopping import Hint
from bot.telegram import Telegram
from participation.clock import Clock
from storage.database import Database
from storage.inbox import post_events
from storage.keys import Keyring


@dataclass(frozen=True)
class Office:
    """Rows, keys, Telegram for files, and the worker's ear."""

    database: Database
    keyring: Keyring
    telegram: Telegram
    clock: Clock
    bot_id: int
    on_event: Hint

    async def tell(self, session: AsyncSession, chat_id: int, name: str, **data: Any) -> None:
        """Have the worker say something (``handlers/events.py``) once the caller commits.

        ``data`` are sealed like every update.
        """
        event = event_for(self.keyring, self.bot_id, chat_id, name, data)
        await post_events(session, [event], self.clock())

    async def tell_now(self, chat_id: int, name: str, **data: Any) -> None:
        """The same in a unit of work of its own: for progress."""
        async with self.database.unit_of_work() as session:
            await self.tell(session, chat_id, name, **data)
        self.on_event.give()


JOB = "job"
"""The key under which a work finds the number of its job beside its payload."""

Work = Callable[[Office, Mapping[str, Any]], Awaitable[None]]
"""Does one job, given its payload. It may be repeated after a kill, so it must bear that."""
