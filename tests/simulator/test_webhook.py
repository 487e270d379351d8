"""The bot's webhook, called as Telegram calls it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from simulator.phone import Phone
from simulator.refusals import WEBHOOK_IS_SET
from simulator.town import Town
from tests.simulator.asking import SCHEMA, Asking

Reply = Callable[[dict[str, Any]], web.Response]


class Webhook:
    """A bot's web server: it keeps what it is sent and answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.reply: Reply = lambda update: web.Response()
        self.url = ""
        self._came = asyncio.Condition()

    async def handle(self, request: web.Request) -> web.Response:
        update = await request.json()
        SCHEMA.check_object("Update", update)
        async with self._came:
            self.taken.append(update)
            self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
            self._came.notify_all()
        return self.reply(update)

    async def has(self, count: int) -> list[str]:
        """The texts taken, as soon as there are so many."""
        async with self._came, asyncio.timeout(5):
            await self._came.wait_for(lambda: len(self.taken) >= count)
        return [update["message"]["text"] for update in self.taken]


@pytest.fixture
async def webhook(bot: Asking, town: Town) -> AsyncIterator[Webhook]:
    webhook = Webhook()
    app = web.Application()
    app.router.add_post("/hook", webhook.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    webhook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await town.settings(webhook_backoff=0.02)
    yield webhook
    await runner.cleanup()


async def test_updates_come_by_call_with_the_secret(
    bot: Asking, amina: Phone, webhook: Webhook, town: Town
) -> None:
    await amina.sends("waiting already")
    await bot("setWebhook", url=webhook.url, secret_token="s3cret-token")  # noqa: S106

    await amina.sends("Salam")

    assert await webhook.has(2) == ["waiting already", "Salam"]
    assert webhook.secrets == ["s3cret-token"] * 2
    await town.quiet()
    assert await town.pending_updates() == 0


async def test_a_call_is_repeated_until_it_is_answered_with_2xx_and_order_is_kept(
    bot: Asking, amina: Phone, webhook: Webhook, town: Town
) -> None:
    statuses = iter([500, 503, 404])
    webhook.reply = lambda update: web.Response(status=next(statuses, 204))
    await bot("setWebhook", url=webhook.url)

    await amina.sends("one")
    await amina.sends("two")

    assert await webhook.has(5) == ["one", "one", "one", "one", "two"]
    about = await bot("getWebhookInfo")
    assert about["last_error_message"] == "Wrong response from the webhook: 404 Not Found"
    assert about["url"] == webhook.url


async def test_a_chat_that_fails_does_not_hold_up_the_others(
    bot: Asking, amina: Phone, webhook: Webhook, town: Town
) -> None:
    hassan = await town.phone("Hassan")
    failing = {"/start", "one"}
    webhook.reply = lambda update: web.Response(
        status=500 if update["message"]["text"] in failing else 200
    )
    await bot("setWebhook", url=webhook.url)
    await amina.sends("one")

    await hassan.sends("two")

    texts = await webhook.has(3)
    assert "two" in texts
    assert await town.pending_updates() == 1


async def test_a_method_in_the_answer_is_acted_out(
    bot: Asking, amina: Phone, webhook: Webhook, town: Town
) -> None:
    webhook.reply = lambda update: web.json_response(
        {"method": "sendMessage", "chat_id": update["message"]["chat"]["id"], "text": "Bonjour"}
    )
    await bot("setWebhook", url=webhook.url)

    await amina.sends("Salam")

    assert (await amina.waits_for("Bonjour")).sender == "bot"
    (recorded,) = await town.requests(method="sendMessage")
    assert (recorded.via, recorded.status) == ("webhook", 200)


async def test_a_webhook_that_cannot_be_reached_is_tried_again(
    bot: Asking, amina: Phone, webhook: Webhook, town: Town
) -> None:
    await bot("setWebhook", url="http://127.0.0.1:9/closed")
    await amina.sends("Salam")
    await asyncio.sleep(0.1)
    about = await bot("getWebhookInfo")

    await bot("setWebhook", url=webhook.url)

    assert about["pending_update_count"] == 1
    assert "last_error_message" in about
    assert await webhook.has(1) == ["Salam"]


async def test_polling_beside_a_webhook_is_a_conflict(
    bot: Asking, amina: Phone, webhook: Webhook
) -> None:
    poll = asyncio.create_task(bot.refused("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await bot("setWebhook", url=webhook.url)
    ended = await poll
    beside = await bot.refused("getUpdates")
    await bot("deleteWebhook")
    await amina.sends("by polling again")

    assert ended.description == "Conflict: terminated by setWebhook request"
    assert beside.description == f"Conflict: {WEBHOOK_IS_SET}"
    assert len(await bot.updates()) == 1


async def test_pending_updates_can_be_dropped(bot: Asking, amina: Phone) -> None:
    await amina.sends("Salam")

    await bot("deleteWebhook", drop_pending_updates=True)

    assert await bot.updates() == []


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"url": "https://taroudant.ma/hook"}, "this machine only"),
        ({"url": "ftp://127.0.0.1/hook"}, "HTTPS URL must be provided"),
        ({"url": "http://127.0.0.1:1", "secret_token": "é"}, "unallowed characters"),
        ({"url": "http://127.0.0.1:1", "max_connections": 101}, "max_connections"),
    ],
)
async def test_a_webhook_telegram_would_not_take_is_refused(
    bot: Asking, params: dict[str, Any], problem: str
) -> None:
    refused = await bot.refused("setWebhook", **params)

    assert problem in refused.description


async def test_updates_can_be_called_twice(
    bot: Asking, amina: Phone, webhook: Webhook, town: Town
) -> None:
    await town.fault("duplicate", count=1)
    await bot("setWebhook", url=webhook.url)

    await amina.sends("Salam")

    assert await webhook.has(2) == ["Salam", "Salam"]
    assert webhook.taken[0]["update_id"] == webhook.taken[1]["update_id"]
