"""The bot is killed while it makes a table: one file comes all the same, and no copy is left."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.answered import fill
from simulator.phone import Phone
from simulator.server import start
from simulator.settings import UNLIMITED, Settings
from simulator.town import Town
from storage.attachments import Attachment
from storage.audit import AuditEntry
from storage.running import Job, JobState
from storage.snapshots import PREFIX
from tests.chaos.bot_process import BotProcess
from tests.chaos.ground import Ground
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.staffing import arrives_as
from tests.conversations.walking import taps
from tests.exports.making import children
from tests.processes.starter import Starter

ROWS = 2000
FILE = "contributions envoyées"


@dataclass
class Place:
    """A bot that can be killed, its rows, and the folders in which it works on files."""

    bot: BotProcess
    commune: Commune
    folder: Path

    def copies(self) -> list[Path]:
        """What lies on disk for a table that is being made."""
        return [path for path in self.folder.rglob("*") if PREFIX in str(path)]

    async def writes(self) -> None:
        """Wait until rows are being written."""
        async with asyncio.timeout(60):
            while not any(path.suffix == ".xlsx" for path in self.copies()):  # noqa: ASYNC110
                await asyncio.sleep(0.005)  # nobody tells

    async def is_clean(self) -> bool:
        return not self.copies()


@pytest.fixture
async def place(database_url: str, tmp_path: Path, starter: Starter) -> AsyncIterator[Place]:
    ground = await Ground.lay(database_url, tmp_path)
    (tmp_path / "tmp").mkdir()
    async with (
        start(settings=Settings().changed(UNLIMITED)) as running,
        Town.open(running.base_url) as town,
    ):
        env = {**ground.env(town), "TMPDIR": str(tmp_path / "tmp")}
        bot = BotProcess(tmp_path, env, starter)
        await bot.start()
        commune = Commune(ground.url, ground.key_file, town)
        yield Place(bot, commune, tmp_path)
        await commune.end()
        await bot.close()


async def test_a_bot_that_is_killed_in_mid_table_makes_one_file_and_leaves_no_copy(
    place: Place,
) -> None:
    bot, commune = place.bot, place.commune
    naima = await arrives_as(commune, await commune.town.phone("Naima", "fr"))
    await fill(commune.database_url, HOUSES, 0, ROWS)
    await naima.sends("/export")
    for label in ("Maisons de quartier", "Excel · Français"):
        await taps(naima, label)
    await place.writes()

    (writer,) = children(of=bot.pid)
    await bot.kill()
    at_the_kill = place.copies()
    await bot.start()
    await naima.waits_for(FILE, timeout=60)
    await commune.settled()

    await commune.until(place.is_clean)
    assert at_the_kill
    assert has_ended(writer)
    assert await files(naima) == 1
    assert await rows(commune) == [JobState.DONE, "export"]


def has_ended(pid: int) -> bool:
    """Whether the process is gone, or only its number is left."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] in "ZX"


async def files(phone: Phone) -> int:
    return sum(message.file is not None for message in await phone.chat())


async def rows(commune: Commune) -> list[str]:
    """The state of each export, its acts in the audit, the files that wait to be sent."""

    async def ask(session: object) -> list[str]:
        found: list[str] = []
        for statement in (
            select(Job.state).where(Job.kind == "export"),
            select(AuditEntry.act).where(AuditEntry.act == "export"),
            select(Attachment.file_name),
        ):
            found += await session.scalars(statement)  # type: ignore[attr-defined]
        return found

    return await commune.read(ask)
