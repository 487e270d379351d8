"""Mail as processes of its own: light, killed at work, two of them beside each other."""

import os
import re
import shutil
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.mail import IN_FLIGHT
from bot.roles import Role
from simulator.phone import Phone
from simulator.town import Town
from storage.announcements import DeliveryState
from tests.conversations.commune import ALL, Commune
from tests.conversations.newsroom import WORDS, Newsroom, received
from tests.processes.fixtures import Musharaka
from tests.templates import Filled

RUN = ("run", "--role", "mail")
TAKEN = "this process sends the mail"
TAKE_OVER_SECONDS = 10


@pytest.fixture
async def newsroom(
    example_url: str, loaded_example: Filled, tmp_path: Path, town: Town
) -> AsyncIterator[Newsroom]:
    """The bot without mail, which other processes send."""
    keys = tmp_path / "keys"
    shutil.copyfile(loaded_example.keys, keys)
    commune = Commune(example_url, keys, town, roles=ALL - {Role.MAIL})
    await commune.start()
    yield Newsroom(commune)
    await commune.end()


class Mailer:
    """One ``musharaka run --role mail``."""

    def __init__(self, newsroom: Newsroom, musharaka: Musharaka) -> None:
        commune = newsroom.commune
        self._musharaka = musharaka
        self._env = {
            "BOT_TOKEN": commune.town.token,
            "BOT_API_BASE": commune.town.base_url,
            "DATABASE_URL": commune.database_url,
            "KEY_FILE": str(commune.key_file),
        }

    async def start(self) -> None:
        self.process = self._musharaka(*RUN, env=self._env)
        await self.says("running")

    async def start_fresh(self) -> None:
        """As a new interpreter, which tells what it imports."""
        options = ("-X", "importtime")
        self.process = self._musharaka.fresh(*RUN, env=self._env, options=options)
        await self.says("running")

    async def says(self, words: str, seconds: float = 30) -> str:
        """Wait for a line with these words."""
        return await self.process.says(words, seconds)

    async def kill(self) -> None:
        await self.process.killed()

    async def stop(self) -> int:
        """As an operator would; the exit code."""
        self.process.send(signal.SIGTERM)
        return await self.process.ends(20)

    def megabytes(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


@pytest.fixture
def mailers(newsroom: Newsroom, musharaka: Musharaka) -> list[Mailer]:
    """Two that are ended with the test."""
    return [Mailer(newsroom, musharaka), Mailer(newsroom, musharaka)]


async def test_a_process_for_mail_is_light_and_does_without_aiogram(
    newsroom: Newsroom, mailers: list[Mailer], amina: Phone
) -> None:
    mailer = mailers[0]
    await mailer.start_fresh()
    await newsroom.subscribe(amina)

    await newsroom.announces()
    await newsroom.until_none_waits()
    megabytes = mailer.megabytes()
    code = await mailer.stop()

    imported = set(re.findall(r"\|\s+(\S+)$", mailer.process.printed, re.MULTILINE))
    assert {"bot.delivery.mail", "telegram.ext"} <= imported
    assert {"aiogram", "aiohttp", "alembic", "pyxform"} & imported == set()
    assert megabytes < 115
    assert code == 0
    assert await received(amina, WORDS["fr"]) == 1


async def test_a_kill_while_mail_leaves_misses_nobody_and_repeats_a_handful(
    newsroom: Newsroom, mailers: list[Mailer]
) -> None:
    readers = await newsroom.readers(40)
    await newsroom.commune.town.fault("latency", "sendMessage", seconds=0.15)
    await newsroom.announces()

    await mailers[0].start()
    await newsroom.mails(12)
    await mailers[0].kill()
    await mailers[1].start()
    states = await newsroom.until_none_waits(seconds=30)

    times = [await received(one, WORDS["fr"]) for one in readers]
    again = await mailers[1].says("perhaps_twice")
    assert min(times) == 1
    assert max(times) <= 2
    assert sum(times) - len(readers) <= IN_FLIGHT
    assert 0 < int(again.split("perhaps_twice=")[1].split()[0]) <= IN_FLIGHT
    assert states == {DeliveryState.SENT: 40}


async def test_told_to_stop_it_repeats_nothing(newsroom: Newsroom, mailers: list[Mailer]) -> None:
    readers = await newsroom.readers(20)
    await newsroom.commune.town.fault("latency", "sendMessage", seconds=0.15)
    await newsroom.announces()

    await mailers[0].start()
    await newsroom.mails(6)
    code = await mailers[0].stop()
    left = (await newsroom.states())[DeliveryState.WAITING]
    await mailers[1].start()
    await newsroom.until_none_waits()

    assert code == 0
    assert left > 0
    assert [await received(one, WORDS["fr"]) for one in readers] == [1] * 20


@pytest.mark.only("postgresql", reason="one process to a SQLite file")
async def test_one_of_two_sends_and_the_other_takes_over_within_ten_seconds(
    newsroom: Newsroom, mailers: list[Mailer]
) -> None:
    readers = await newsroom.readers(60)
    first, second = mailers
    await first.start()
    await first.says(TAKEN)
    await second.start()
    await newsroom.announces()
    await newsroom.mails(10)

    await first.kill()
    killed = time.monotonic()
    await second.says(TAKEN, TAKE_OVER_SECONDS)
    sent = len(await newsroom.mailed())
    await newsroom.mails(sent + 1)
    took = time.monotonic() - killed
    await newsroom.until_none_waits()

    times = [await received(one, WORDS["fr"]) for one in readers]
    assert took < TAKE_OVER_SECONDS
    assert min(times) == 1
    assert sum(times) - len(readers) <= IN_FLIGHT


@pytest.mark.only("postgresql", reason="one process to a SQLite file")
async def test_one_that_was_away_sends_nothing_when_another_has_taken_its_place(
    newsroom: Newsroom, mailers: list[Mailer]
) -> None:
    readers = await newsroom.readers(30)
    first, second = mailers
    await first.start()
    await first.says(TAKEN)
    await newsroom.announces()
    await newsroom.mails(5)

    os.kill(first.process.pid, signal.SIGSTOP)
    await second.start()
    await second.says(TAKEN)
    os.kill(first.process.pid, signal.SIGCONT)
    await first.says("sends no mail any more")
    await newsroom.until_none_waits()

    times = [await received(one, WORDS["fr"]) for one in readers]
    assert min(times) == 1
    assert sum(times) - len(readers) <= IN_FLIGHT
    assert TAKEN in second.process.printed
