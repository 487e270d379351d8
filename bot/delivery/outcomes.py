"""Writes what became of replies, every few milliseconds, many in one commit."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from bot.stopping import Hint, Stop, until_the_database_is_back
from participation.clock import Clock
from storage.attachments import detach
from storage.database import Database, is_database_trouble, upsert
from storage.documents import DocumentFile
from storage.inbox import Received, post_events
from storage.outbox import OutboxState, forget, set_aside, show
from storage.people import mark_unreachable
from storage.traces import keep_traces

EVERY_SECONDS = 0.02

log = structlog.get_logger()


@dataclass
class Outcomes:
    """What is known and not written yet."""

    arrived: list[int] = field(default_factory=list)
    """Replies that Telegram took, or that will not be sent."""
    failed: list[tuple[int, OutboxState, str]] = field(default_factory=list)
    shown: list[tuple[int, str, bytes]] = field(default_factory=list)
    unreachable: dict[int, datetime] = field(default_factory=dict)
    """By chat, when the first thing was said that did not arrive."""
    files: list[tuple[int, int, str]] = field(default_factory=list)
    """``(document, bot, file_id)`` of uploaded documents."""
    attached: list[int] = field(default_factory=list)
    """Files made for one message, whose message has left or was refused."""
    traces: list[dict[str, Any]] = field(default_factory=list)
    """Where questions and answers stand, to be hidden at a person's wish."""
    events: list[Received] = field(default_factory=list)

    def ids(self) -> list[int]:
        return [*self.arrived, *(number for number, _, _ in self.failed)]


class OutcomeWriter:
    """Collects outcomes and commits them together; ``settled`` hears of each that is stored."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        settled: Callable[[list[int]], None],
        on_event: Hint,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settled = settled
        self._on_event = on_event
        self._some = asyncio.Event()
        self.pending = Outcomes()

    def note(self) -> None:
        """Something was added to ``pending``."""
        self._some.set()

    async def run(self) -> None:
        """Write until cancelled; what is pending is written as long as the database takes it."""
        while True:
            await self._some.wait()
            await asyncio.sleep(EVERY_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Commit what is pending, waiting out the database's trouble."""
        self._some.clear()
        outcomes, self.pending = self.pending, Outcomes()
        backoff = until_the_database_is_back(Stop())
        while True:
            try:
                await self._commit(outcomes)
            except Exception as error:
                if not is_database_trouble(error):
                    raise
                log.warning("the database cannot take outcomes; waiting", error=error)
                await backoff.wait()
            else:
                break
        if outcomes.events:
            self._on_event.give()
        self._settled(outcomes.ids())

    async def _commit(self, outcomes: Outcomes) -> None:
        async with self._database.unit_of_work() as session:
            await forget(session, outcomes.arrived)
            await set_aside(session, outcomes.failed)
            await show(session, outcomes.shown)
            if outcomes.unreachable:
                await mark_unreachable(session, outcomes.unreachable)
            if outcomes.files:
                await session.execute(
                    upsert(session, DocumentFile, ("document_id", "bot_id"), ("file_id",)),
                    [
                        {"document_id": document, "bot_id": bot, "file_id": file_id}
                        for document, bot, file_id in outcomes.files
                    ],
                )
            await detach(session, outcomes.attached)
            await keep_traces(session, outcomes.traces)
            await post_events(session, outcomes.events, self._clock())
