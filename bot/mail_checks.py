"""What ``musharaka doctor`` says of mail: what waits, what was refused, what is uncertain."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.place import NAME
from bot.findings import Finding, ok, warning
from storage.announcements import DeliveryState
from storage.deliveries import EXPIRED, FRESH, count_recent, is_any_due
from storage.leases import is_held

DAYS = FRESH.days
_ADVICE = {
    "400": "400: the text or its buttons are wrong, announce it again corrected",
    EXPIRED: "expired: it could not leave for a week, because nothing sent mail",
    "no words": "no words: the announcement has no text in any language",
}


async def look(session: AsyncSession, now: datetime, *, running: bool) -> list[Finding]:
    """A finding each; ``running``: whether ``musharaka run`` is at work on a SQLite file."""
    counts = await count_recent(session, now)
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    somebody_sends = running if is_sqlite else await is_held(session, NAME, now)
    stuck = not somebody_sends and await is_any_due(session, now)
    return [_waiting(counts, stuck=stuck), _failed(counts), _uncertain(counts)]


def _waiting(counts: Mapping[tuple[DeliveryState, str], int], *, stuck: bool) -> Finding:
    waiting = _sum(counts, DeliveryState.WAITING, DeliveryState.CLAIMED)
    if stuck:
        sentence = (
            f"{waiting} messages wait and no process sends mail. Start `musharaka run`, or "
            "`musharaka run --role mail` beside the others."
        )
        return warning("mail", sentence)
    gone = _sum(counts, DeliveryState.UNREACHABLE)
    return ok("mail", f"{waiting} messages wait; {gone} found nobody in the last {DAYS} days.")


def _failed(counts: Mapping[tuple[DeliveryState, str], int]) -> Finding:
    failed = _sum(counts, DeliveryState.FAILED, DeliveryState.MOVED)
    if not failed:
        return ok("mail refused", f"No message was given up in the last {DAYS} days.")
    states = (DeliveryState.FAILED, DeliveryState.MOVED)
    reasons = sorted({why for (state, why), _ in counts.items() if state in states})
    advice = "; ".join(_ADVICE.get(why, f"{why}: report it") for why in reasons)
    sentence = f"{failed} messages of the last {DAYS} days were given up ({advice})."
    return warning("mail refused", sentence)


def _uncertain(counts: Mapping[tuple[DeliveryState, str], int]) -> Finding:
    uncertain = _sum(counts, DeliveryState.UNCERTAIN)
    if not uncertain:
        return ok("mail uncertain", f"No message is uncertain in the last {DAYS} days.")
    sentence = (
        f"{uncertain} messages of the last {DAYS} days may not have arrived: Telegram did not "
        "answer in time. They are not sent again. If there are many, look at the network."
    )
    return warning("mail uncertain", sentence)


def _sum(counts: Mapping[tuple[DeliveryState, str], int], *states: DeliveryState) -> int:
    return sum(count for (state, _), count in counts.items() if state in states)
