"""What an operator does about staff: the first administrator, links that admit, the audit."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from bot.readiness import check_schema
from bot.settings import Settings
from bot.telegram import Telegram
from participation.clock import Clock, system_clock
from participation.errors import OperatorError
from participation.invitations import (
    CODE_LASTS,
    OPERATORS_LINK_LASTS,
    STAFF_LINK,
    first_code,
    operators_token,
)
from storage.audit import AuditEntry, verify
from storage.database import Database
from storage.people import Role


async def start_up_sentence(database: Database, clock: Clock) -> str | None:
    """The line that lets the first administrator in; None where nobody needs it.

    It is the only place where the code stands: the database has its hash, the log nothing.
    """
    async with database.unit_of_work() as session:
        code = await first_code(session, clock())
    if code is None:
        return None
    hours = int(CODE_LASTS.total_seconds()) // 3600
    return (
        f"There is no administrator yet. Whoever sends this code to the bot within {hours} hours "
        f"becomes one: {code}"
    )


async def invite(settings: Settings, role: str) -> str:
    """A single-use link that admits at once; raises OperatorError."""
    if role not in set(Role):
        raise OperatorError(f"There is no such role. The roles are: {', '.join(Role)}.")
    username = await _username(settings)
    database = Database(settings.database_url)
    try:
        await check_schema(database)
        async with database.unit_of_work() as session:
            now = system_clock(settings.clock_offset)()
            token = await operators_token(session, Role(role), now)
    finally:
        await database.close()
    days = OPERATORS_LINK_LASTS.days
    return (
        f"Whoever opens this link first becomes {role}; it works once, for {days} days:\n"
        f"https://t.me/{username}?start={STAFF_LINK}{token}"
    )


async def _username(settings: Settings) -> str:
    telegram = Telegram(settings.bot_api_base, settings.bot_token.get_secret_value())
    try:
        answer = await telegram.call("getMe")
    finally:
        await telegram.close()
    username = answer.result.get("username") if isinstance(answer.result, dict) else None
    if not answer.ok or not username:
        raise OperatorError("Telegram does not know this bot. Check BOT_TOKEN.")
    return str(username)


@dataclass(frozen=True)
class Audit:
    """The newest entries, oldest first, and whether the chain holds."""

    lines: Sequence[str]
    broken: int | None
    """The id of the first entry that does not follow from the one before."""


async def audit(settings: Settings, last: int) -> Audit:
    """Read the register of what staff and operators did."""
    database = Database(settings.database_url)
    try:
        async with database.reading() as session:
            newest = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(last)
            entries = list(await session.scalars(newest))
            return Audit([_line(one) for one in reversed(entries)], await verify(session))
    finally:
        await database.close()


def _line(entry: AuditEntry) -> str:
    who = "operator" if entry.person_id is None else f"person:{entry.person_id}"
    about = " ".join(f"{name}={value}" for name, value in entry.details.items())
    at = entry.at.isoformat(timespec="seconds")
    return f"{entry.id} {at} {entry.act} {entry.subject or '-'} {who} {about}".rstrip()
