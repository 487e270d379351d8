"""Takes updates that Telegram posts: checked, stored, and answered only then."""

import asyncio
import hmac
import json
from typing import Any

import structlog
from aiohttp import web

from bot.intake import Intake
from bot.stopping import Stop
from bot.telegram import Answer, Telegram
from bot.updates import KNOWN

LARGEST_BODY = 1_000_000
HEADER = "X-Telegram-Bot-Api-Secret-Token"

log = structlog.get_logger()


class WebhookRefused(Exception):
    """Telegram refused what was asked about the webhook; the message quotes its reason."""


class Webhook:
    """The HTTP endpoint. Calls that come together share one commit."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._storing: asyncio.Task[None] | None = None

    async def serve(self, host: str, port: int, path: str, stop: Stop) -> None:
        """Listen until the end."""
        site = web.Application(client_max_size=LARGEST_BODY)
        site.router.add_post(path or "/", self.receive)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            await stop.wait()
        finally:
            await runner.cleanup()

    async def receive(self, request: web.Request) -> web.Response:
        """401 without the secret (the body is not read), 413, 400; 503 while nothing is stored."""
        given = request.headers.get(HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=413)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        try:
            await self._store(update)
        except Exception as error:
            log.warning("the database cannot take updates; Telegram keeps them", error=error)
            return web.Response(status=503)
        return web.Response()

    async def _store(self, update: Any) -> None:
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((update, stored))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._commit_together())
        await stored

    async def _commit_together(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:100], self._waiting[100:]
            try:
                await self._intake.store([update for update, _ in batch])
            except Exception as error:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_exception(error)
            else:
                for _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)


async def announce(telegram: Telegram, url: str, secret: str) -> None:
    """Tell Telegram where to post; raises WebhookRefused."""
    params = {"url": url, "secret_token": secret, "allowed_updates": KNOWN, "max_connections": 40}
    answer = await telegram.call("setWebhook", params)
    if not answer.ok:
        raise WebhookRefused(f"Telegram refused WEBHOOK_URL: {answer.description}")


async def withdraw(telegram: Telegram) -> None:
    """Take back a webhook, so that polling is allowed; waiting updates are kept."""
    _accepted(await telegram.call("deleteWebhook", {"drop_pending_updates": False}))


async def announced(telegram: Telegram) -> str:
    """Where Telegram posts; empty where it does not. Raises WebhookRefused."""
    answer = _accepted(await telegram.call("getWebhookInfo"))
    return str(answer.result.get("url", "")) if isinstance(answer.result, dict) else ""


def _accepted(answer: Answer) -> Answer:
    if not answer.ok:
        raise WebhookRefused(f"Telegram refused: {answer.description}. Check BOT_TOKEN.")
    return answer
