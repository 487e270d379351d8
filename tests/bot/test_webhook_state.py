"""What Telegram says of a webhook: the truth, or one sentence for the operator."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.refusals import sentence_for
from bot.telegram import NotSent, Telegram
from bot.webhook import WebhookRefused, announced, withdraw
from simulator.server import start

TOKEN = "1000001:simulated-token"  # noqa: S105  (opens nothing but the simulator)
ADDRESS = "http://127.0.0.1:9/ours"


@pytest.fixture
async def base() -> AsyncIterator[str]:
    async with start() as running:
        yield running.base_url


async def test_a_webhook_is_named_until_it_is_withdrawn(base: str) -> None:
    telegram = Telegram(base, TOKEN)
    await telegram.call("setWebhook", {"url": ADDRESS})

    before = await announced(telegram)
    await withdraw(telegram)
    after = await announced(telegram)

    await telegram.close()
    assert (before, after) == (ADDRESS, "")


@pytest.mark.parametrize("ask", [announced, withdraw])
async def test_a_refused_token_is_not_taken_for_an_absent_webhook(
    base: str, ask: Callable[[Telegram], Awaitable[object]]
) -> None:
    telegram = Telegram(base, "1000001:wrong")

    with pytest.raises(WebhookRefused, match="BOT_TOKEN") as refusal:
        await ask(telegram)

    await telegram.close()
    assert sentence_for(refusal.value) == str(refusal.value)


async def test_a_telegram_out_of_reach_is_one_sentence() -> None:
    telegram = Telegram("http://127.0.0.1:9", TOKEN)

    with pytest.raises(NotSent) as trouble:
        await announced(telegram)

    await telegram.close()
    assert "BOT_API_BASE" in (sentence_for(trouble.value) or "")
