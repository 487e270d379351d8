"""What a run stands on: a simulator, a database with the example in it, and a key file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.demo.house import simulated
from forms.form import Form
from participation.clock import system_clock
from participation.loading import load_directory
from participation.sealing import seal
from simulator.settings import UNLIMITED
from simulator.town import Town
from storage.consultations import Consultation
from storage.database import Database
from storage.keys import Keyring
from storage.questionnaires import FormVersion
from storage.running import counted
from storage.sealing import due_for_sealing
from storage.submissions import Submission
from tests.conversations.commune import HOUSES

EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"
KEPT_REQUESTS = 1_000_000


@dataclass(frozen=True)
class Ground:
    """One database of a run's own, with the example's consultation open."""

    url: str
    key_file: Path
    folder: Path
    form: Form
    consultation_id: int
    key_id: str

    @classmethod
    async def lay(cls, url: str, folder: Path) -> "Ground":
        """Load the example into a migrated, empty database."""
        key_file = folder / "musharaka.keys"
        database = Database(url)
        try:
            keyring = Keyring.create(key_file)
            await load_directory(database, keyring, EXAMPLE, datetime.now(UTC))
            await _seal_what_is_over(database, keyring)
            async with database.reading() as session:
                row = await session.scalar(select(Consultation).where(Consultation.slug == HOUSES))
                assert row is not None
                version = await session.get_one(FormVersion, row.form_version_id)
                form = Form.from_json(version.compiled)
                return cls(url, key_file, folder, form, row.id, row.key_id)
        finally:
            await database.close()

    def env(self, town: Town) -> dict[str, str]:
        """The bot's settings."""
        return {
            "BOT_TOKEN": town.token,
            "BOT_API_BASE": town.base_url,
            "DATABASE_URL": self.url,
            "KEY_FILE": str(self.key_file),
            "WEBHOOK_URL": "",
            "WEBHOOK_SECRET": "",
            "CLOCK_OFFSET": "P0D",
            "LOG_LEVEL": "INFO",
        }

    async def submissions(self, people: dict[int, int]) -> tuple[list[dict[str, Any]], int]:
        """Everybody's answers, by the numbers of ``people`` (number → chat); how many more."""
        keyring = Keyring(self.key_file)
        owners = {keyring.respondent_key(self.key_id, chat): no for no, chat in people.items()}
        database = Database(self.url)
        try:
            async with database.reading() as session:
                rows = list(
                    await session.scalars(
                        select(Submission).where(
                            Submission.consultation_id == self.consultation_id
                        )
                    )
                )
        finally:
            await database.close()
        found = [
            {
                "person": owners.get(row.respondent_key, 0),
                "state": row.state.value,
                "answers": dict(row.answers),
            }
            for row in rows
        ]
        return found, sum(one["person"] == 0 for one in found)

    async def tallies(self) -> dict[str, int]:
        """What taps have counted."""
        database = Database(self.url)
        try:
            async with database.reading() as session:
                return {
                    what: await counted(session, "consultation", self.consultation_id, what)
                    for what in ("started", "submitted")
                }
        finally:
            await database.close()


async def _seal_what_is_over(database: Database, keyring: Keyring) -> None:
    """The example's closed consultation, so that the first bot has nothing else to do."""
    clock = system_clock(timedelta(0))
    async with database.reading() as session:
        due = await due_for_sealing(session, clock())
    for consultation_id in due:
        await seal(database, keyring, consultation_id, clock)


@asynccontextmanager
async def telegram(folder: Path) -> AsyncIterator[Town]:
    """A simulator as a process of its own, without limits; its record keeps everything."""
    async with simulated(folder, 0) as simulator, Town.open(simulator.base) as town:
        await town.settings(kept_requests=KEPT_REQUESTS, **UNLIMITED)
        yield town
