"""What ``musharaka restore`` and ``musharaka drill`` do, told in sentences."""

import asyncio
import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from bot.backups import SUFFIX, ensure_known, note, opened
from bot.instance import only_instance
from bot.readiness import NotReady, check_keys
from bot.settings import Settings
from participation.clock import system_clock
from storage import backup_files
from storage.backup import dump
from storage.backup_keys import Opener, read_opener
from storage.database import Database
from storage.restoring import CannotRestore, restore
from storage.revisions import current_revision
from storage.sealed_files import Damaged, NotASealedFile, OtherKey
from storage.snapshots import private_folder, remove_leftovers


async def bring_back(settings: Settings, file: Path, key: Path, *, replace: bool) -> str:
    """Restore a backup into the database of the settings; what stands there now."""
    opener = read_opener(key)
    async with opened(settings) as database:
        with _reading_trouble_told(file, opener):
            async with only_instance(database):
                await database.close()  # no connection of ours may hold what is replaced
                restored = await restore(
                    database.url, lambda: backup_files.read(file, opener), replace=replace
                )
        now = system_clock(settings.clock_offset)()
        await note(database, "backup.restore", now, rows=restored.rows)
        said = f"{restored.rows} rows are restored, the audit chain is whole."
        if restored.revision != await current_revision(database):
            said += f" They came from revision {restored.revision} and were migrated."
        try:
            await check_keys(settings, database)
        except NotReady as error:
            return f"{said} Before you start the bot: {error}"
        return f"{said} The key file fits. Start the bot with `musharaka run`."


async def drill(settings: Settings) -> list[str]:
    """Back up and restore for a trial, and leave nothing behind; what was seen."""
    opener = Opener(X25519PrivateKey.generate())
    async with opened(settings) as database:
        await ensure_known(database)
        home = database.path or settings.key_file.absolute()
        remove_leftovers(home)
        with _ended_by_a_signal(), private_folder(home) as folder:
            return await _drilled(settings, database, opener, folder)


async def _drilled(
    settings: Settings, database: Database, opener: Opener, folder: Path
) -> list[str]:
    file, url = folder / f"drill{SUFFIX}", f"sqlite:///{folder / 'drill.db'}"
    began = time.monotonic()
    now = system_clock(settings.clock_offset)()
    written = await backup_files.write(database, file, opener.recipient, now)
    saved = time.monotonic()
    restored = await restore(url, lambda: backup_files.read(file, opener))
    copy = Database(url)
    try:
        newest = restored.revision == await current_revision(copy)
        same = not newest or await _is_same(backup_files.read(file, opener), copy)
        await check_keys(settings.model_copy(update={"database_url": url}), copy)
    finally:
        await copy.close()
    if not same:
        raise CannotRestore("The restored rows are not those of the backup. Report this defect.")
    ended = time.monotonic()
    return [
        f"Backed up {written.rows} rows, {written.size / 1e6:.1f} MB: {_minutes(saved - began)}.",
        f"Restored them into an empty database and compared: {_minutes(ended - saved)}.",
        "Every row came back, the audit chain is whole, the key file fits. Nothing was kept.",
        "Not tried: your own copies of backup, backup key and key file. Try them on another "
        "machine twice a year.",
    ]


async def _is_same(lines: Iterator[str], copy: Database) -> bool:
    """Whether a dump of the copy says what the backup says, row by row."""
    async for line in dump(copy):
        if json.loads(next(lines, "null")) != json.loads(line):
            return False
    return next(lines, None) is None


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.1f} minutes" if seconds >= 60 else f"{seconds:.1f} seconds"


@contextmanager
def _reading_trouble_told(file: Path, opener: Opener) -> Iterator[None]:
    try:
        yield
    except NotASealedFile:
        raise CannotRestore(f"{file} is not a backup of ours. Nothing was written.") from None
    except OtherKey as error:
        raise CannotRestore(
            f"{file} was made for backup key {error.number}, and this is "
            f"{opener.recipient.number}. Bring that key. Nothing was written."
        ) from None
    except Damaged:
        raise CannotRestore(
            f"{file} was cut off or changed on its way. Nothing was written. Copy it again, or "
            "take the backup before it."
        ) from None
    except (FileNotFoundError, IsADirectoryError):
        raise CannotRestore(f"There is no backup at {file}. Nothing was written.") from None


@contextmanager
def _ended_by_a_signal() -> Iterator[None]:
    """SIGTERM ends the work as Ctrl-C does, so that the copy is removed."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None  # noqa: S101  (we run in one)
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
