"""Stores raw updates durably, and only then lets them be confirmed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import structlog

from bot.stopping import Hint, Stop, until_the_database_is_back
from bot.updates import EVENT, envelope, update_id
from participation.clock import Clock
from storage.database import Database, is_database_trouble
from storage.inbox import PARTITIONS, Received, store
from storage.keys import Keyring

INBOX = "inbox"
"""The context under which payloads are sealed."""

log = structlog.get_logger()


class Intake:
    """The door to the inbox."""

    def __init__(
        self, database: Database, keyring: Keyring, clock: Clock, bot_id: int, hint: Hint
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._clock = clock
        self._bot_id = bot_id
        self._hint = hint

    async def store(self, updates: Sequence[Any]) -> None:
        """Commit updates in their order; raises what the database raises."""
        rows = [self._sealed(raw) for raw in updates]
        async with self._database.unit_of_work() as session:
            await store(session, rows, self._clock())
        self._database.ensure_in_place()  # else it is not confirmed, and comes again
        self._hint.give()

    async def store_patiently(self, updates: Sequence[Any], stop: Stop) -> bool:
        """Commit, waiting out the database's trouble; False when it ended before that."""
        backoff = until_the_database_is_back(stop)
        while not stop:
            try:
                await self.store(updates)
            except Exception as error:
                if not is_database_trouble(error):
                    raise
                log.warning("the database cannot take updates; waiting", error=error)
                await backoff.wait()
            else:
                return True
        return False

    def _sealed(self, raw: Any) -> Received:
        outside = envelope(raw)
        payload = json.dumps(raw, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return Received(
            self._bot_id,
            update_id(raw),
            self._keyring.partition(outside.person or outside.chat or 0, PARTITIONS),
            outside.kind,
            self._keyring.seal(payload, INBOX),
        )


def event_for(
    keyring: Keyring, bot_id: int, chat_id: int, name: str, data: Mapping[str, Any] | None = None
) -> Received:
    """An event that has the worker say something to a person; see ``handlers/events.py``."""
    payload = json.dumps({"event": name, "chat_id": chat_id, "data": data or {}}).encode()
    partition = keyring.partition(chat_id, PARTITIONS)
    return Received(bot_id, None, partition, EVENT, keyring.seal(payload, INBOX))
