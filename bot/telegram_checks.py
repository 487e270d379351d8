"""What ``musharaka doctor`` asks Telegram: token, other receivers, and what time it is there."""

import asyncio
import time
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.findings import Finding, State, fault, ok, warning
from bot.settings import Settings
from bot.telegram import Answer, NotSent, OutcomeUnknown, Telegram

CLOCK_SECONDS = 30
RECENT_SECONDS = 600
MOST_PENDING = 1_000


async def look(settings: Settings, *, running: bool, listening: float) -> list[Finding]:
    """Everything that Telegram can tell; one finding alone where it cannot be asked."""
    token = settings.bot_token.get_secret_value()
    if settings.token_lacks:
        return [fault("token", settings.token_lacks)]
    telegram = Telegram(settings.bot_api_base, token, connections=2)
    try:
        about = await _token(telegram, settings)
        findings = [about]
        if about.state is State.OK:
            findings += await _receivers(telegram, settings, running, listening)
    finally:
        await telegram.close()
    findings.append(await _clock(settings))
    return findings


async def _token(telegram: Telegram, settings: Settings) -> Finding:
    answer = await _ask(telegram, "getMe")
    host = urlsplit(settings.bot_api_base).netloc
    if answer is None:
        sentence = f"Telegram cannot be reached at {host}. Check the network and BOT_API_BASE."
        return fault("token", sentence)
    if answer.status in (401, 404):
        return fault(
            "token",
            "Telegram does not know this BOT_TOKEN: it is wrong or was revoked. Ask BotFather "
            "for the present one and put it into .env.",
        )
    if not answer.ok or not isinstance(answer.result, dict):
        sentence = f"{host} answers {answer.status} instead of Telegram's answer. Try again later."
        return fault("token", sentence)
    return ok("token", f"The bot is @{answer.result.get('username', '?')}.")


async def _receivers(
    telegram: Telegram, settings: Settings, running: bool, listening: float
) -> list[Finding]:
    answer = await _ask(telegram, "getWebhookInfo")
    if answer is None or not answer.ok or not isinstance(answer.result, dict):
        return [warning("receiver", "Telegram did not say whether there is a webhook.")]
    hook = answer.result
    if settings.webhook_url:
        return [_webhook(settings.webhook_url, hook, running)]
    if hook.get("url"):
        return [
            fault(
                "receiver",
                f"Updates go to a webhook at {_host(hook['url'])}, and these settings poll: "
                "Telegram answers 409. Stop the program there and run `musharaka webhook "
                "--remove`, or set WEBHOOK_URL.",
            )
        ]
    if running:
        return [ok("receiver", "`musharaka run` receives by polling; it was left in peace.")]
    return [await _rival(telegram, listening)]


def _webhook(wanted: str, hook: dict[str, Any], running: bool) -> Finding:
    found = hook.get("url") or ""
    if not found:
        sentence = "Telegram has no webhook yet: `musharaka run` tells it WEBHOOK_URL."
        return fault("receiver", sentence) if running else ok("receiver", sentence)
    if found != wanted:
        return fault(
            "receiver",
            f"Updates go to another webhook, at {_host(found)}. Stop the program there; "
            "`musharaka run` then tells Telegram WEBHOOK_URL.",
        )
    if time.time() - int(hook.get("last_error_date") or 0) < RECENT_SECONDS:
        return warning(
            "receiver",
            f"Telegram could not post to {_host(found)} in the last ten minutes: "
            f"{hook.get('last_error_message', 'no reason given')}. Check the web server "
            "before it.",
        )
    pending = int(hook.get("pending_update_count") or 0)
    if pending > MOST_PENDING:
        return warning("receiver", f"{pending} updates wait at Telegram. Is the bot running?")
    return ok("receiver", f"Telegram posts to {_host(found)}.")


async def _rival(telegram: Telegram, listening: float) -> Finding:
    """Ask for updates for a while, confirming none: another receiver makes Telegram answer 409."""
    until = time.monotonic() + listening
    while (left := until - time.monotonic()) > 0:
        params = {"timeout": round(left), "limit": 1}
        answer = await _ask(telegram, "getUpdates", params, within=left + 10)
        if answer is not None and answer.status == 409:
            return fault(
                "receiver",
                "Another program receives this bot's updates (409), on another machine or on "
                "another database. Stop it before `musharaka run`.",
            )
        await asyncio.sleep(min(1.0, max(0.0, until - time.monotonic())))
    return ok("receiver", "Nobody else receives this bot's updates.")


async def _clock(settings: Settings) -> Finding:
    away = await seconds_away(settings.bot_api_base)
    if away is None:
        return warning("clock", "The clock could not be compared: no time came from Telegram.")
    if abs(away) > CLOCK_SECONDS:
        return fault(
            "clock",
            f"This machine's clock is {abs(away):.0f} s {'ahead' if away > 0 else 'behind'}: "
            "consultations would open and close at the wrong time. Switch time "
            "synchronisation (NTP) on.",
        )
    return ok("clock", "This machine's clock agrees with Telegram's.")


async def seconds_away(base: str) -> float | None:
    """The machine's clock less the Date header's; no token is in this request."""
    limit = aiohttp.ClientTimeout(total=10)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit) as http,
            http.head(base, allow_redirects=False) as response,
        ):
            there = parsedate_to_datetime(response.headers["Date"]).timestamp()
    except (aiohttp.ClientError, TimeoutError, OSError, KeyError, ValueError):
        return None
    return time.time() - there


async def _ask(
    telegram: Telegram, method: str, params: Any = None, *, within: float = 10
) -> Answer | None:
    try:
        return await telegram.call(method, params, within=within)
    except (NotSent, OutcomeUnknown):
        return None


def _host(url: str) -> str:
    """Where a webhook is; its path may be a secret."""
    return urlsplit(url).netloc or "an unreadable address"
