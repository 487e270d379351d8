"""The bot as a process: told to stop under load, started twice, started too early."""

import signal
import time
from pathlib import Path

import pytest

from simulator.phone import Phone
from simulator.town import Town
from storage.inbox import InboxState
from tests.conversations.commune import Commune
from tests.conversations.conftest import EXAMPLE
from tests.processes.fixtures import Musharaka
from tests.processes.started import Started


@pytest.fixture
async def process(apart: dict[str, str], musharaka: Musharaka) -> Started:
    started = musharaka("run", env=apart)
    await started.says("running")
    return started


async def test_told_to_stop_under_load_it_ends_in_time_and_nothing_is_lost(
    process: Started, apart: dict[str, str], town: Town
) -> None:
    people = [await town.phone(f"Voisine {number}", "fr") for number in range(25)]
    await town.fault("latency", "*", seconds=0.3)

    for person in people:
        await person.sends("/start")
        await person.sends("/help")
    await town.requests(method="sendMessage", wait=5)
    began = time.monotonic()
    process.send(signal.SIGTERM)
    code = await process.ends()
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
    process: Started, apart: dict[str, str], musharaka: Musharaka
) -> None:
    second = musharaka.fresh("run", env=apart)

    assert await second.ends() == 1
    assert "Traceback" not in second.printed
    assert "musharaka run" in second.printed
    assert second.printed.count("\n") == 1
    assert process.code is None


async def test_a_database_that_was_never_migrated_names_the_command(
    empty_database_url: str, apart: dict[str, str], musharaka: Musharaka
) -> None:
    early = musharaka("run", env={**apart, "DATABASE_URL": empty_database_url})

    assert await early.ends() == 1
    assert "musharaka migrate" in early.printed
    assert "Traceback" not in early.printed


async def test_a_database_that_cannot_be_opened_is_one_sentence_every_time(
    musharaka: Musharaka, tmp_path: Path
) -> None:
    """The driver's thread may outlive the command, and is not heard of."""
    env = {"DATABASE_URL": f"sqlite:///{tmp_path}"}  # no database there

    listings = [musharaka("consultation", "list", env=env) for _ in range(4)]
    codes = [await one.ends() for one in listings]

    assert codes == [1] * 4
    assert [one.printed.count("\n") for one in listings] == [1] * 4
    assert f"The database {tmp_path} cannot be used" in listings[0].printed


async def test_a_missing_key_file_is_one_sentence(
    apart: dict[str, str], tmp_path: Path, musharaka: Musharaka
) -> None:
    without = musharaka("run", env={**apart, "KEY_FILE": str(tmp_path / "none")})

    assert await without.ends() == 1
    assert "key" in without.printed
    assert "Traceback" not in without.printed


async def test_a_load_beside_another_key_file_is_refused_before_it_makes_one(
    apart: dict[str, str], tmp_path: Path, musharaka: Musharaka
) -> None:
    elsewhere = tmp_path / "none"

    without = musharaka("load", str(EXAMPLE), env={**apart, "KEY_FILE": str(elsewhere)})

    assert await without.ends() == 1
    assert "The key file" in without.printed
    assert "Traceback" not in without.printed
    assert not elsewhere.exists()
