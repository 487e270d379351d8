"""Mail through python-telegram-bot, whose limiter spaces it at Telegram's safe pace."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.warnings import PTBUserWarning

from bot.delivery.carrier import Carried
from bot.delivery.gate import Gate, HeldBack, NotNow
from bot.delivery.plain import BAD_MARKUP, plain
from bot.logs import describe
from participation.clock import Clock
from storage.announcements import DeliveryState

PER_SECOND = 28
"""Telegram documents 30; a second is not cut where its server's is."""
IN_A_GROUP, GROUP_SECONDS = 20, 60
TRY_AGAIN = timedelta(seconds=30)

_NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid")

log = structlog.get_logger()


class _Bot(ExtBot[int]):
    """Without the advice to call a method by its name: ours come from rows."""

    @classmethod
    def _warn(
        cls,
        message: str | PTBUserWarning,
        category: type[Warning] = PTBUserWarning,
        stacklevel: int = 0,
    ) -> None:
        if "do_api_request" not in str(message):
            super()._warn(message, category, stacklevel)


class Paced:
    """A Carrier: one request each 1/28 s, 20 a minute to a group, none during a ban."""

    def __init__(
        self, base: str, token: str, clock: Clock, may_leave: Callable[[], bool], connections: int
    ) -> None:
        """``may_leave`` is asked just before each request, after it has waited for its turn."""
        self._clock = clock
        self._gate = Gate(may_leave, connections)
        self._bot = _Bot(
            token,
            base_url=f"{base.rstrip('/')}/bot",
            request=self._gate,
            get_updates_request=self._gate,
            rate_limiter=AIORateLimiter(
                overall_max_rate=1,  # spaced: a rate of 28 in 1 s lets a burst of 28 through
                overall_time_period=1 / PER_SECOND,
                group_max_rate=IN_A_GROUP,
                group_time_period=GROUP_SECONDS,
                max_retries=0,
            ),
        )

    def closed_for(self) -> float:
        return self._gate.closed_for()

    def close_for(self, seconds: float) -> None:
        self._gate.close_for(seconds)

    async def end(self) -> None:
        await self._gate.shutdown()

    async def carry(self, chat_id: int, method: str, params: Mapping[str, Any]) -> Carried:
        """Send one request when its turn comes."""
        given = {name: value for name, value in params.items() if value is not None}
        try:
            await self._send(method, {**given, "chat_id": chat_id})
        except TelegramError as error:
            return self._refused(error)
        except Exception as error:  # an answer that is none: it may have had its effect
            log.warning("mail got a strange answer", error=error)
            return Carried(DeliveryState.UNCERTAIN, error=describe(error))
        return Carried(DeliveryState.SENT)

    async def _send(self, method: str, params: dict[str, Any]) -> None:
        """Words whose markup Telegram cannot parse arrive without it."""
        try:
            await self._bot.do_api_request(method, params)
        except BadRequest as error:
            if BAD_MARKUP not in error.message.lower():
                raise
            log.error("Telegram cannot parse the markup of mail")
            await self._bot.do_api_request(method, plain(params))

    def _refused(self, error: TelegramError) -> Carried:
        match error:
            case HeldBack(seconds=0.0):
                return Carried(DeliveryState.WAITING)
            case HeldBack(seconds=seconds):
                log.warning("Telegram wants mail to wait", seconds=seconds)
                later = self._clock() + timedelta(seconds=seconds)
                return Carried(DeliveryState.WAITING, retry_at=later, error="429")
            case NotNow():
                log.warning("mail does not reach Telegram", error=str(error))
                later = self._clock() + TRY_AGAIN
                return Carried(DeliveryState.WAITING, retry_at=later, error=str(error))
            case Forbidden():
                return Carried(DeliveryState.UNREACHABLE, error="403")
            case ChatMigrated(new_chat_id=moved_to):
                return Carried(DeliveryState.MOVED, error="400", moved_to=moved_to)
            case BadRequest():
                return _rejected(error.message)
            case _:
                return Carried(DeliveryState.UNCERTAIN, error=_class_of(error))


def _rejected(message: str) -> Carried:
    if any(one in message.lower() for one in _NOBODY):
        return Carried(DeliveryState.UNREACHABLE, error="400")
    return Carried(DeliveryState.FAILED, error="400")


def _class_of(error: TelegramError) -> str:
    """The network's own name for what happened, where there is one; never words."""
    return type(error.__cause__ or error).__name__
