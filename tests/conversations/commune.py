"""A commune under test: the real loops, a real database, and the people of a simulated town."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from bot.application import Application
from bot.roles import Role
from bot.settings import Settings
from forms.form import Form
from forms.interview import Interview
from simulator.town import Town
from storage.consultations import Consultation
from storage.database import Database
from storage.inbox import Inbox, InboxState
from storage.inbox import count_by_state as inbox_states
from storage.keys import Keyring
from storage.outbox import count_by_state as outbox_states
from storage.people import Person
from storage.questionnaires import FormVersion
from storage.submissions import Submission

Found = TypeVar("Found")
HOUSES = "neighbourhood-houses"
ALL = frozenset(Role)


@dataclass
class Commune:
    """The bot can be stopped and started; rows are read from beside it."""

    database_url: str
    key_file: Path
    town: Town
    roles: frozenset[Role] = ALL
    settings: dict[str, Any] = field(default_factory=dict)
    _running: "tuple[Application, Database, asyncio.Task[None]] | None" = None
    _rows: Database | None = None

    async def start(self) -> None:
        """The bot runs as one process would, in this one."""
        settings = Settings(
            _env_file=None,
            bot_token=self.town.token,
            bot_api_base=self.town.base_url,
            database_url=self.database_url,
            key_file=self.key_file,
            **self.settings,
        )
        database = Database(settings.database_url, pragmas=["synchronous=OFF"])  # no power cut
        application = Application(settings, database, Keyring(self.key_file))
        task = asyncio.create_task(application.run(self.roles))
        self._running = application, database, task

    async def stop(self) -> None:
        """As SIGTERM does; raises what a loop raised."""
        await self.looks_away()
        if self._running is None:
            return
        application, database, task = self._running
        self._running = None
        application.stop()
        try:
            await asyncio.wait_for(task, 60)  # cut short, its loops would outlive it
        finally:
            await database.close()

    async def ends(self) -> None:
        """Wait until the bot ends by itself; raises what a loop raised."""
        assert self._running is not None
        _, database, task = self._running
        self._running = None
        try:
            await asyncio.wait_for(task, 30)
        finally:
            await database.close()

    async def restart(self, **settings: Any) -> None:
        """Stop and start again, with other settings if any are given."""
        await self.stop()
        self.settings |= settings
        await self.start()

    async def passes(self, time: timedelta) -> None:
        """So much time goes by, for the bot and for Telegram; the bot is started again."""
        await self.stop()
        await self.town.advance_clock(time.total_seconds())
        self.settings["clock_offset"] = self.settings.get("clock_offset", timedelta(0)) + time
        await self.start()

    async def read(self, question: Callable[[Any], Awaitable[Found]]) -> Found:
        """Ask the rows, by a connection beside the bot's that is kept until it stops."""
        self._rows = self._rows or Database(self.database_url)
        async with self._rows.reading() as session:
            return await question(session)

    async def looks_away(self) -> None:
        """Close that connection; the next question opens another."""
        rows, self._rows = self._rows, None
        if rows is not None:
            await rows.close()

    async def people(self) -> list[Person]:
        async def ask(session: Any) -> list[Person]:
            return list(await session.scalars(select(Person).order_by(Person.id)))

        return await self.read(ask)

    async def submissions(self) -> list[Submission]:
        async def ask(session: Any) -> list[Submission]:
            return list(await session.scalars(select(Submission)))

        return await self.read(ask)

    async def submission(self) -> Submission:
        """The only one."""
        (only,) = await self.submissions()
        return only

    async def record(self) -> dict[str, Any]:
        """What an export shows of the only submission: the answers that count, calculations."""
        submission = await self.submission()

        async def ask(session: Any) -> Form:
            row = await session.get_one(FormVersion, submission.form_version_id)
            return Form.from_json(row.compiled)

        form = await self.read(ask)
        return dict(Interview(form, submission.answers, today=datetime.now(UTC).date()).record())

    async def consultation(self, slug: str = HOUSES) -> Consultation:
        async def ask(session: Any) -> Consultation:
            statement = select(Consultation).where(Consultation.slug == slug)
            found: Consultation | None = await session.scalar(statement)
            assert found is not None
            return found

        return await self.read(ask)

    async def inbox(self) -> dict[InboxState, int]:
        return await self.read(inbox_states)

    async def outbox(self) -> dict[Any, int]:
        return await self.read(outbox_states)

    async def parked(self) -> list[Inbox]:
        async def ask(session: Any) -> list[Inbox]:
            return list(
                await session.scalars(select(Inbox).where(Inbox.state == InboxState.PARKED))
            )

        return await self.read(ask)

    async def until(self, true: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
        """Wait until the rows are as they should be."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not await true():
            assert loop.time() < end, "the rows did not become so"
            await asyncio.sleep(0.05)

    async def settled(self) -> None:
        """Everything received is worked on, and everything said has left."""

        async def nothing_waits() -> bool:
            return not (await self.inbox()).get(InboxState.WAITING) and not await self.outbox()

        await self.town.quiet()
        await self.until(nothing_waits)

    async def end(self) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await self.stop()
