"""The bot as a process: told to stop under load, started twice, started too early."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from simulator.phone import Phone
from simulator.town import Town
from storage.inbox import InboxState
from tests.conversations.commune import Commune
from tests.conversations.conftest import EXAMPLE

HOUSE = Path(__file__).parents[2]
RUN = ("-m", "bot", "run")


async def musharaka(*words: str, env: Mapping[str, str]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        cwd=HOUSE,
        env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


async def hears(process: asyncio.subprocess.Process, word: str) -> None:
    assert process.stdout is not None
    async with asyncio.timeout(30):
        async for line in process.stdout:
            if word in line.decode():
                return
    raise AssertionError(f"the process ended without a word of {word!r}")


@pytest.fixture
async def process(apart: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    started = await musharaka(*RUN, env=apart)
    await hears(started, "running")
    yield started
    if started.returncode is None:
        started.kill()
    await started.wait()


async def test_told_to_stop_under_load_it_ends_in_time_and_nothing_is_lost(
    process: asyncio.subprocess.Process, apart: dict[str, str], town: Town
) -> None:
    people = [await town.phone(f"Voisine {number}", "fr") for number in range(25)]
    await town.fault("latency", "*", seconds=0.3)

    for person in people:
        await person.sends("/start")
        await person.sends("/help")
    await town.requests(method="sendMessage", wait=5)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    code = await process.wait()
    took = time.monotonic() - began

    assert code == 0
    assert took < 10
    await town.clear_faults()
    commune = Commune(apart["DATABASE_URL"], Path(apart["KEY_FILE"]), town)
    await commune.start()
    try:
        for person in people:
            await person.waits_for("service automatique", after=0)
        await commune.settled()
        assert await commune.inbox() == {InboxState.DONE: 50}
    finally:
        await commune.end()
    assert [await count(person) for person in people] == [2] * 25


async def count(person: Phone) -> int:
    return sum(message.sender == "bot" for message in await person.chat())


async def test_a_second_bot_on_the_same_database_is_refused_with_one_sentence(
    process: asyncio.subprocess.Process, apart: dict[str, str]
) -> None:
    second = await musharaka(*RUN, env=apart)
    said, _ = await second.communicate()

    assert second.returncode == 1
    assert b"Traceback" not in said
    assert b"musharaka run" in said
    assert said.strip().count(b"\n") == 0
    assert process.returncode is None


async def test_a_database_that_was_never_migrated_names_the_command(
    empty_database_url: str, apart: dict[str, str]
) -> None:
    early = await musharaka(*RUN, env={**apart, "DATABASE_URL": empty_database_url})
    said, _ = await early.communicate()

    assert early.returncode == 1
    assert b"musharaka migrate" in said
    assert b"Traceback" not in said


async def test_a_database_that_cannot_be_opened_is_one_sentence_every_time(
    apart: dict[str, str], tmp_path: Path
) -> None:
    """The driver's thread may outlive the command, and is not heard of."""
    env = {**apart, "DATABASE_URL": f"sqlite:///{tmp_path}"}  # no database there

    listings = [await musharaka("-m", "bot", "consultation", "list", env=env) for _ in range(4)]
    said = [(await one.communicate())[0].decode() for one in listings]

    assert {one.returncode for one in listings} == {1}
    assert [one.count("\n") for one in said] == [1] * 4
    assert "The database cannot be used" in said[0]


async def test_a_missing_key_file_is_one_sentence(apart: dict[str, str], tmp_path: Path) -> None:
    without = await musharaka(*RUN, env={**apart, "KEY_FILE": str(tmp_path / "none")})
    said, _ = await without.communicate()

    assert without.returncode == 1
    assert b"key" in said
    assert b"Traceback" not in said


async def test_a_load_beside_another_key_file_is_refused_before_it_makes_one(
    apart: dict[str, str], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "none"

    without = await musharaka(
        "-m", "bot", "load", str(EXAMPLE), env={**apart, "KEY_FILE": str(elsewhere)}
    )
    said, _ = await without.communicate()

    assert without.returncode == 1
    assert b"The key file" in said
    assert b"Traceback" not in said
    assert not elsewhere.exists()
