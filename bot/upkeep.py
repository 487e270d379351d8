"""What ``musharaka doctor`` reads in the rows: queues, jobs, alarms, backups, who can work."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.findings import Finding, fault, ok, warning
from bot.settings import Settings
from participation.legal import missing_legal_fields
from storage import alarms, inbox, outbox
from storage.backup_keys import NotABackupKey, is_private, read_recipient
from storage.inbox import InboxState
from storage.outbox import OutboxState
from storage.people import count_administrators
from storage.profiles import profile
from storage.running import BACKUP_MADE, failed_jobs, remembered

MOST_WAITING = 1_000
RECENT = timedelta(hours=48)
_LAST_BACKUP = "The last backup was made on {0:%Y-%m-%d} at {0:%H:%M} UTC."


async def look_at_rows(session: AsyncSession, settings: Settings, now: datetime) -> list[Finding]:
    """One finding each; the schema is this release's."""
    loaded = await profile(session)
    return [
        _updates(await inbox.count_by_state(session)),
        _replies(await outbox.count_by_state(session)),
        _jobs(await failed_jobs(session, now - RECENT)),
        _alarms([one.name for one in await alarms.standing(session)]),
        _backup(settings, await remembered(session, BACKUP_MADE), now),
        _administrators(await count_administrators(session)),
        _legal(loaded.document if loaded else {}),
    ]


def _legal(document: Mapping[str, Any]) -> Finding:
    """What the law asks the commune to tell people: all that is missing, in one sentence."""
    missing = missing_legal_fields(document)
    if not missing:
        return ok("legal", "The commune has supplied and confirmed what the notice must say.")
    sentence = (
        f"[personal_data] in the profile misses: {', '.join(missing)}. People are told that it is "
        "not yet supplied. Fill it in with the commune, set confirmed = true, and load it again."
    )
    return warning("legal", sentence)


def _updates(count: dict[InboxState, int]) -> Finding:
    parked, waiting = count.get(InboxState.PARKED, 0), count.get(InboxState.WAITING, 0)
    if parked:
        sentence = (
            f"{parked} updates are parked: each person was told a reference. The log names the "
            "cause beside it; report it, they are erased after 48 hours."
        )
        return warning("updates", sentence)
    if waiting > MOST_WAITING:
        sentence = f"{waiting} updates wait to be handled. Is `musharaka run` running?"
        return warning("updates", sentence)
    return ok("updates", f"{waiting} updates wait, none is parked.")


def _replies(count: dict[OutboxState, int]) -> Finding:
    failed, uncertain = count.get(OutboxState.FAILED, 0), count.get(OutboxState.UNCERTAIN, 0)
    waiting = count.get(OutboxState.WAITING, 0)
    if failed or uncertain:
        sentence = (
            f"{failed} replies were refused by Telegram and {uncertain} may not have arrived in "
            "the last 48 hours. The log names their errors; people can press /start."
        )
        return warning("replies", sentence)
    return ok("replies", f"{waiting} replies wait, none has failed.")


def _jobs(failed: int) -> Finding:
    if failed:
        return warning(
            "jobs",
            f"{failed} jobs were given up after five tries in the last 48 hours. The log names "
            "the cause of each; whoever asked for a file asks again once it is mended.",
        )
    return ok("jobs", "No job was given up.")


def _alarms(names: list[str]) -> Finding:
    if names:
        sentence = f"Administrators were told, and it lasts: {', '.join(names)}. See alarms.md."
        return warning("alarms", sentence)
    return ok("alarms", "No alarm stands.")


def _backup(settings: Settings, made: datetime | None, now: datetime) -> Finding:
    for path in (settings.backup_key, settings.backup_key.with_suffix("")):
        if is_private(path):
            return fault(
                "backup",
                f"{path} is the private half of the backup key: whoever takes this machine opens "
                "every backup. Take it away; BACKUP_KEY names the public half.",
            )
    if settings.backup_days:
        return _nightly_backup(settings, made, now)
    if made is None:
        return ok("backup", "No backup was made yet. See backup.md before people answer.")
    return ok("backup", _LAST_BACKUP.format(made))


def _nightly_backup(settings: Settings, made: datetime | None, now: datetime) -> Finding:
    try:
        read_recipient(settings.backup_key)
    except NotABackupKey as error:
        return warning("backup", f"The next backup cannot be made. {error}")
    if made is None:
        return warning(
            "backup",
            "No backup was made yet. Run `musharaka backup`, and see that the timer is on.",
        )
    if now - made > timedelta(days=settings.backup_days):
        return warning(
            "backup",
            f"No backup was made for more than {settings.backup_days} days (BACKUP_DAYS). Run "
            "`musharaka backup`, and look why the timer does not.",
        )
    return ok("backup", _LAST_BACKUP.format(made))


def _administrators(count: int) -> Finding:
    if not count:
        return warning(
            "administrators",
            "There is no administrator: nobody can work, and nobody is told what goes wrong. "
            "`musharaka run` prints a start-up code; send it to the bot from your own account.",
        )
    return ok("administrators", f"{count} administrators are told what goes wrong.")
