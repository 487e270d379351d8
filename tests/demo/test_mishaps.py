"""What goes wrong behind the stage is shown there, and the demo goes on."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.demo.backstage import PLAY, Backstage
from bot.demo.children import DidNotStart
from bot.demo.folder import leave
from bot.demo.house import House
from bot.demo.running_bot import BotState, RunningBot
from simulator.control_client import ControlClient
from simulator.server import start


async def test_a_bot_whose_folder_was_cleaned_away_has_failed_and_may_be_started_again(
    tmp_path: Path,
) -> None:
    bot = RunningBot(tmp_path / "cleaned away")

    for _attempt in range(2):
        with pytest.raises(DidNotStart, match="did not start"):
            await bot.start({})

    assert bot.state is BotState.FAILED
    assert bot.sentence == "The bot did not start: No such file or directory."


@pytest.mark.parametrize("keep", [True, False])
def test_a_folder_that_was_cleaned_away_is_left_without_a_word(
    tmp_path: Path, *, keep: bool
) -> None:
    leave(tmp_path / "cleaned away", keep=keep)


async def test_a_day_that_is_asked_for_twice_at_once_is_played_once(tmp_path: Path) -> None:
    bot, played = RunningBot(tmp_path), asyncio.Semaphore(0)
    bot.state = BotState.RUNNING

    async def play(_take_part: Callable[[Sequence[int]], None]) -> str:
        played.release()
        await asyncio.sleep(0)
        return "answers.xlsx"

    async with start() as running, ClientSession() as session:
        control = ControlClient(running.base_url, session)
        await control.put("/backstage", {"acts": [PLAY]})
        for _tap in range(2):
            await control.post("/backstage/acts", {"act": PLAY})
        house = House(tmp_path, running.base_url, running.token, bot)
        task = asyncio.create_task(Backstage(house, play).run())
        await played.acquire()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(played.acquire(), 0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
