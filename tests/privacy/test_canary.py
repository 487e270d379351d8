"""Names, answers, phone numbers and the token come out nowhere, whatever goes wrong."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.house.project import ROOT
from tests.privacy import leaks
from tests.privacy.copies import backed_up
from tests.privacy.leaks import CANARIES, HEADING, PATHS, TOKEN
from tests.processes.fixtures import Musharaka

LEAKS = "tests.privacy.leaks"
BARE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


def canaries_in(said: str) -> list[str]:
    return [one for one in CANARIES if one in said]


@pytest.fixture
async def walked(database_url: str, tmp_path: Path, musharaka: Musharaka) -> dict[str, str]:
    """What every path said, by its name."""
    walking = musharaka(database_url, str(tmp_path / "keys"), env=BARE, bare=True, module=LEAKS)
    await walking.ends()
    assert walking.out == ""
    sections = walking.err.split(HEADING)
    return dict(one.split("\n", 1) for one in sections if one)


async def test_no_error_path_says_what_nobody_may_read(
    walked: dict[str, str], database_url: str
) -> None:
    planted = walked.pop("planted")
    assert canaries_in(planted) == list(CANARIES)
    assert list(walked) == [*(path.__name__ for path in PATHS), "crash"]
    assert [name for name, said in walked.items() if not said.strip()] == []

    assert {name: canaries_in(said) for name, said in walked.items() if canaries_in(said)} == {}

    database = Database(database_url)
    lines = await backed_up(database)
    async with database.reading() as session:
        parked = (
            await session.execute(text("SELECT error, reference FROM inbox WHERE error <> ''"))
        ).all()
        failed = (await session.execute(text("SELECT error FROM outbox WHERE error <> ''"))).all()
        jobs = (await session.execute(text("SELECT error FROM job WHERE error <> ''"))).all()
    await database.close()
    assert len(parked) == 4
    assert failed
    assert jobs
    assert canaries_in("\n".join(lines)) == []
    assert walked["crash"].startswith("CRITICAL crashed ValueError leaks.py:_raise:")


@pytest.mark.parametrize(
    "wrong",
    [
        {"WEBHOOK_PORT": "canary"},
        {"CLOCK_OFFSET": "P1D"},
        {"WEBHOOK_URL": "https://example.org/x", "WEBHOOK_SECRET": ""},
        {"DATABASE_URL": f"nonsense://{TOKEN}@x/y"},
        {"BOT_API_BASE": "http://127.0.0.1:9", "LOG_LEVEL": "DEBUG"},
        {"BOT_API_BASE": "nonsense", "LOG_LEVEL": "everything"},
    ],
)
@pytest.mark.parametrize("command", ["doctor", "run"])
async def test_wrong_settings_are_explained_without_their_secrets(
    musharaka: Musharaka, tmp_path: Path, wrong: dict[str, str], command: str
) -> None:
    assert leaks.NUMBER
    env = {**BARE, "HOME": str(tmp_path), "BOT_TOKEN": TOKEN} | wrong

    ended = musharaka(command, env=env, bare=True, folder=tmp_path)

    assert await ended.ends() != 0
    assert ended.printed.strip()
    assert canaries_in(ended.printed) == []
