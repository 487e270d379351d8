"""Mail as processes of its own: light, killed at work, two of them beside each other."""

import asyncio
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
from tests.conversations.conftest import Loaded
from tests.conversations.newsroom import WORDS, Newsroom, received
from tests.conversations.test_processes import musharaka

RUN = ("-m", "bot", "run", "--role", "mail")
TAKEN = "this process sends the mail"
TAKE_OVER_SECONDS = 10


@pytest.fixture
async def newsroom(
    example_url: str, loaded_example: Loaded, tmp_path: Path, town: Town
) -> AsyncIterator[Newsroom]:
    """The bot without mail, which other processes send."""
    keys = tmp_path / "keys"
    shutil.copyfile(loaded_example.keys, keys)
    commune = Commune(example_url, keys, town, roles=ALL - {Role.MAIL})
    await commune.start()
    yield Newsroom(commune)
    await commune.end()


class Mailer:
    """One ``musharaka run --role mail``; what it logs is kept."""

    def __init__(self, newsroom: Newsroom) -> None:
        commune = newsroom.commune
        self._env = {
            "BOT_TOKEN": commune.town.token,
            "BOT_API_BASE": commune.town.base_url,
            "DATABASE_URL": commune.database_url,
            "KEY_FILE": str(commune.key_file),
        }
        self.said = ""
        self._heard = asyncio.Event()

    async def start(self, *options: str) -> None:
        self._process = await musharaka(*options, *RUN, env=self._env)
        self._listening = asyncio.create_task(self._listen())
        await self.says("running")

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.said += line.decode()
            self._heard.set()

    async def says(self, words: str, seconds: float = 30) -> str:
        """Wait for a line with these words."""
        async with asyncio.timeout(seconds):
            while True:
                self._heard.clear()
                found = [line for line in self.said.splitlines() if words in line]
                if found:
                    return found[-1]
                await self._heard.wait()

    def kill(self) -> None:
        self._process.kill()

    async def stop(self) -> int:
        """As an operator would; the exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            code = await self._process.wait()
        await self._listening
        return code

    def megabytes(self) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


@pytest.fixture
async def mailers(newsroom: Newsroom) -> AsyncIterator[list[Mailer]]:
    """Two that are ended with the test."""
    made = [Mailer(newsroom), Mailer(newsroom)]
    yield made
    for one in made:
        if hasattr(one, "_process"):
            if one._process.returncode is None:
                one.kill()
            await one.stop()


async def test_a_process_for_mail_is_light_and_does_without_aiogram(
    newsroom: Newsroom, mailers: list[Mailer], amina: Phone
) -> None:
    mailer = mailers[0]
    await mailer.start("-X", "importtime")
    await newsroom.subscribe(amina)

    await newsroom.announces()
    await newsroom.until_none_waits()
    megabytes = mailer.megabytes()
    code = await mailer.stop()

    imported = set(re.findall(r"\|\s+(\S+)$", mailer.said, re.MULTILINE))
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
    mailers[0].kill()
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

    first.kill()
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

    os.kill(first._process.pid, signal.SIGSTOP)
    await second.start()
    await second.says(TAKEN)
    os.kill(first._process.pid, signal.SIGCONT)
    await first.says("sends no mail any more")
    await newsroom.until_none_waits()

    times = [await received(one, WORDS["fr"]) for one in readers]
    assert min(times) == 1
    assert sum(times) - len(readers) <= IN_FLIGHT
    assert TAKEN in second.said
