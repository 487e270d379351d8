"""What ``musharaka doctor`` looks at. It changes nothing, and says what to do in one sentence."""

import asyncio
import platform
import re
from collections.abc import Awaitable, Callable, Iterator
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot import instance, mail_checks, telegram_checks
from bot.disks import LEAST_DISK, free_space
from bot.findings import Finding, State, fault, ok, warning
from bot.readiness import (
    DATABASE_SECONDS,
    NOT_AN_ADDRESS,
    NotReady,
    address,
    check_before_start,
    check_clock_offset,
    check_keys,
    check_schema,
    check_zones,
    reason,
    trying,
)
from bot.settings import Settings
from bot.surroundings import is_open_to_others, look_around
from bot.upkeep import look_at_rows
from participation.clock import system_clock
from storage.database import Database

__all__ = ["Finding", "NotReady", "State", "check_before_start", "examine"]

LARGEST_LOG = 200_000_000
_NAME = re.compile(r"^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=", re.MULTILINE)


async def examine(settings: Settings, *, listening: float = 4.0) -> list[Finding]:
    """Look at everything; a fault in one place does not keep the others from being looked at.

    ``listening`` is how many seconds Telegram is asked for updates, to notice another receiver;
    nothing is asked while the bot runs here, because that would disturb it.
    """
    findings = [
        _python(),
        _zones(),
        _clock_offset(settings),
        *_unknown_settings(),
        _disk(settings),
    ]
    try:
        database = Database(settings.database_url)
    except (ArgumentError, SQLAlchemyError, ImportError):
        findings.append(fault("database", NOT_AN_ADDRESS))
        running = False
    else:
        try:
            running = await _is_running(database)
            findings += await _database(settings, database, running)
        finally:
            await database.close()
    findings += look_around(settings, running=running)
    findings += await telegram_checks.look(settings, running=running, listening=listening)
    return findings


def _python() -> Finding:
    found = f"Python {platform.python_version()}"
    return ok("python", f"{found} on {platform.system()}.")


def _zones() -> Finding:
    try:
        check_zones()
    except NotReady as error:
        return fault("time zones", str(error))
    found = f"Morocco keeps UTC+0 since 20 September 2026 (tzdata {version('tzdata')})."
    return ok("time zones", found)


def _clock_offset(settings: Settings) -> Finding:
    try:
        check_clock_offset(settings)
    except NotReady as error:
        return fault("clock offset", str(error))
    if settings.clock_offset:
        sentence = f"CLOCK_OFFSET moves the clock by {settings.clock_offset}: for a demo only."
        return warning("clock offset", sentence)
    return ok("clock offset", "The clock is not moved.")


def _unknown_settings() -> Iterator[Finding]:
    """Names in the ``.env`` file that mean nothing here: a misspelt one is passed over."""
    file = Path(str(Settings.model_config.get("env_file") or ""))
    if not file.is_file():
        return
    known = [name.upper() for name in Settings.model_fields]
    for name in _NAME.findall(file.read_text(encoding="utf-8", errors="replace")):
        if name.upper() in known:
            continue
        near = get_close_matches(name.upper(), known, n=1)
        advice = f" Did you mean {near[0]}?" if near else " Take it out, or see .env.example."
        sentence = f"{name} in {file} is not a setting of ours.{advice}"
        yield warning("settings", sentence)


def _disk(settings: Settings) -> Finding:
    folder, free = free_space(settings)
    said = f"{free / 1e9:.1f} GB are free in {folder}"
    if free < LEAST_DISK:
        sentence = f"{said}: too little. Make room before the disk is full."
        return warning("disk", sentence)
    return ok("disk", f"{said}.")


async def _is_running(database: Database) -> bool:
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            return await instance.is_running(database)
    except (SQLAlchemyError, OSError, TimeoutError):
        return False


async def _database(settings: Settings, database: Database, running: bool) -> list[Finding]:
    """Later looks make no sense where an earlier one fails."""
    findings = []
    looks: list[tuple[str, Callable[[], Awaitable[str]]]] = [
        ("migrations", lambda: _schema(database)),
        ("database", lambda: _writable(database)),
    ]
    for name, look in looks:
        try:
            findings.append(ok(name, await look()))
        except NotReady as error:
            findings.append(fault(name, str(error)))
            return findings
    findings.append(await _keys(settings, database))
    findings.append(
        ok("instance", "`musharaka run` is running on this database.")
        if running
        else ok("instance", "Nothing runs on this database now.")
    )
    findings += await _rows(settings, database, running=running)
    findings += _log(database)
    return findings


async def _schema(database: Database) -> str:
    await check_schema(database)
    return "The database has this release's schema."


async def _writable(database: Database) -> str:
    """Begin to write, and take it back."""
    try:
        async with (
            asyncio.timeout(DATABASE_SECONDS),
            database.engine.connect() as connection,
        ):
            if not database.is_sqlite and await connection.scalar(
                text("SELECT current_setting('transaction_read_only') = 'on'")
            ):
                raise NotReady(
                    f"The database {address(database.url)} takes no writes: it is a standby, or "
                    "set to read only. Point DATABASE_URL to the one that writes."
                )
            # On SQLite the transaction began IMMEDIATE, which a file that is read only refuses.
            await connection.exec_driver_sql("SELECT 1")
            await connection.rollback()
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        raise NotReady(
            f"The database {address(database.url)} cannot be written ({reason(error)}). Check "
            "who owns it and its folder, and that the disk has room."
        ) from None
    return f"{address(database.url)} can be read and written."


async def _keys(settings: Settings, database: Database) -> Finding:
    try:
        await check_keys(settings, database)
    except NotReady as error:
        return fault("key file", str(error))
    if not settings.key_file.exists():
        sentence = f"{settings.key_file} will be made on first start; nothing needs it yet."
        return ok("key file", sentence)
    if is_open_to_others(settings.key_file):
        sentence = f"Others may read the key file: run `chmod 600 {settings.key_file}`."
        return warning("key file", sentence)
    sentence = f"{settings.key_file} has the keys that the database needs."
    return ok("key file", sentence)


async def _rows(settings: Settings, database: Database, *, running: bool) -> list[Finding]:
    now = system_clock(settings.clock_offset)()
    try:
        async with trying(database) as session:
            mail = await mail_checks.look(session, now, running=running)
            return [*await look_at_rows(session, settings, now), *mail]
    except NotReady as error:
        return [fault("updates", str(error))]


def _log(database: Database) -> Iterator[Finding]:
    """SQLite's write-ahead log, which the clock moves into the file."""
    if database.path is None:
        return
    path = database.path.with_name(f"{database.path.name}-wal")
    size = path.stat().st_size if path.exists() else 0
    if size > LARGEST_LOG:
        sentence = (
            f"{path} has grown to {size // 1_000_000} MB. Start `musharaka run` again; if it "
            "stays so, something reads the database without end."
        )
        yield warning("write-ahead log", sentence)
    else:
        yield ok("write-ahead log", f"It holds {size / 1e6:.1f} MB.")
