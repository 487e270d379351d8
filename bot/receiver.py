"""Asks Telegram for updates, stores them, and confirms them only then."""

import time
from typing import Any

import structlog

from bot.heard import Heard
from bot.intake import Intake
from bot.stopping import Backoff, Stop
from bot.telegram import NotSent, OutcomeUnknown, Telegram
from bot.updates import KNOWN, update_id
from storage.alarms import AlarmKind

POLL_SECONDS = 25
PATIENCE_WITH_A_RIVAL = 4
"""409s in a row before the second receiver is believed: a poll that has just died counts too."""

log = structlog.get_logger()


class StoppedByTelegram(Exception):
    """Telegram will not serve this receiver; the message says what an operator does."""

    def __init__(self, kind: AlarmKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class Receiver:
    """Long polling. A start polls without an offset: what was not confirmed comes again."""

    def __init__(self, telegram: Telegram, intake: Intake, stop: Stop, heard: Heard) -> None:
        self._telegram = telegram
        self._intake = intake
        self._stop = stop
        self._heard = heard
        self._rivals = 0
        self.polled_at = time.monotonic()
        """When Telegram last answered a poll, on the monotonic clock."""

    async def run(self) -> None:
        """Receive until the end or until cancelled; raises StoppedByTelegram.

        What was stored and not confirmed comes again at the next start, and is ignored then.
        """
        offset: int | None = None
        backoff = Backoff(self._stop, 0.5, 15)
        while not self._stop:
            updates = await self._poll(offset)
            numbered = [raw for raw in updates or () if update_id(raw) is not None]
            if updates is None or len(numbered) < len(updates):
                await backoff.wait()
            else:
                backoff.reset()
            if numbered and await self._intake.store_patiently(numbered, self._stop):
                offset = max(update_id(raw) or 0 for raw in numbered) + 1
            if updates is not None:
                await self._heard.note()

    async def _poll(self, offset: int | None) -> list[Any] | None:
        """One request; None where it failed and is tried again."""
        params = {"timeout": POLL_SECONDS, "limit": 100, "allowed_updates": KNOWN}
        if offset is not None:
            params["offset"] = offset
        try:
            answer = await self._telegram.call("getUpdates", params, within=POLL_SECONDS + 10)
        except (NotSent, OutcomeUnknown) as error:
            log.warning("Telegram is out of reach", error=error)
            return None
        if answer.ok and isinstance(answer.result, list):
            self._rivals = 0
            self.polled_at = time.monotonic()
            return answer.result
        await self._consider(answer.status, answer.retry_after)
        return None

    async def _consider(self, status: int, retry_after: float | None) -> None:
        if status in (401, 404):
            raise StoppedByTelegram(
                AlarmKind.TOKEN,
                "Telegram does not know this BOT_TOKEN: it is wrong or was revoked. "
                "Ask BotFather for the present one and put it into BOT_TOKEN.",
            )
        if status == 409:
            self._rivals += 1
            if self._rivals >= PATIENCE_WITH_A_RIVAL:
                raise StoppedByTelegram(
                    AlarmKind.SECOND_RECEIVER,
                    "Another program receives this bot's updates (409), by polling or by a "
                    "webhook. Stop it, or run `musharaka doctor` to see which.",
                )
        log.warning("Telegram refused a poll", status=status)
        if retry_after:
            await self._stop.sleep(retry_after)
