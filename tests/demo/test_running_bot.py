"""The demo's bot when it does not start, and the last it says."""

from pathlib import Path

import pytest

from bot.demo.children import DidNotStart
from bot.demo.running_bot import BotState, RunningBot, last_sentence


async def test_a_bot_that_cannot_start_has_failed_with_its_last_sentence(tmp_path: Path) -> None:
    bot = RunningBot(tmp_path)

    with pytest.raises(DidNotStart):
        await bot.start({"BOT_TOKEN": ""})
    await bot.stop()

    assert bot.state is BotState.FAILED
    assert (
        bot.sentence == "BOT_TOKEN is not set. BotFather on Telegram gives one; put it into .env."
    )


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ([], None),
        (["", "  "], None),
        (["one", "The disk is full.", ""], "The disk is full."),
        (["timestamp='x' level='error' event='it ended' n=1"], "it ended"),
        (["http://host/bot1000001:simulated-token/getMe"], "http://host/bot[token]/getMe"),
        (["x" * 500], "x" * 200),
    ],
)
def test_the_last_sentence_is_short_and_holds_no_token(
    printed: list[str], sentence: str | None
) -> None:
    assert last_sentence(printed) == sentence
