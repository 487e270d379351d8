"""What ``musharaka backup`` does, told in sentences."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

from bot.readiness import check_schema
from bot.settings import Settings
from participation.clock import system_clock
from storage import backup_files
from storage.audit import append
from storage.backup_keys import is_private, make_pair, read_recipient
from storage.database import Database
from storage.keys import KeyFileMissing, KeyFileUnreadable, Keyring
from storage.revisions import current_revision, known_revisions
from storage.running import BACKUP_MADE, remember

SUFFIX = ".backup"
NAME = f"musharaka-%Y%m%dT%H%M%SZ{SUFFIX}"
OURS = f"musharaka-*Z{SUFFIX}"


class CannotBackUp(Exception):
    """The backup was not made; the message says what an operator does."""


def new_key(private: Path) -> str:
    """Make a backup key; what to do with its halves."""
    try:
        public, recipient = make_pair(private)
    except FileExistsError:
        raise CannotBackUp(
            f"{private} or {private.name}.pub is there already, and may open older backups. Give "
            "the new key another name."
        ) from None
    except OSError as error:
        raise CannotBackUp(f"{private} cannot be written: {error.strerror}.") from None
    return (
        f"Backup key {recipient.number} is made. {public} makes backups: name it in BACKUP_KEY. "
        f"{private} opens them: take it off this machine, to two safe places that are neither "
        "where the backups nor where copies of KEY_FILE are. Nobody can restore without it."
    )


async def back_up(settings: Settings, out: Path, key: Path | None, keep: int | None) -> str:
    """Write a backup to a file, or under its date into a folder; what is in it, and what not."""
    recipient = read_recipient(key or settings.backup_key)
    now = system_clock(settings.clock_offset)()
    folder, path = _place(out, now)
    if keep is not None and folder != out:
        raise CannotBackUp(f"{out} is no folder, and --keep is for one of backups. Make it first.")
    _ensure_apart(settings, folder)
    async with opened(settings) as database:
        await ensure_known(database)
        with _file_trouble_told(path):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            written = await backup_files.write(database, path, recipient, now)
        await note(database, "backup.make", now, rows=written.rows, key=recipient.number)
    removed = _keep_newest(folder, keep) if folder == out and keep else 0
    return (
        f"{written.rows} rows are in {path} ({written.size / 1e6:.1f} MB), to be opened with "
        f"backup key {recipient.number}. {settings.key_file} is not in it: copy that file apart."
        + (f" {removed} older backups were removed." if removed else "")
    )


def _place(out: Path, now: datetime) -> tuple[Path, Path]:
    """The folder and the file: one by its date, where a folder is given."""
    return (out, out / f"{now:{NAME}}") if out.is_dir() else (out.parent, out)


def _ensure_apart(settings: Settings, folder: Path) -> None:
    """Refuse to lay a backup beside what opens it, or beside what ties its answers to people."""
    if not folder.is_dir():
        return
    own = settings.key_file
    if own.exists() and own.resolve().parent == folder.resolve():
        raise CannotBackUp(
            f"The key file {own} lies in the same folder, and with it a backup tells who answered "
            "what. Write the backup into another folder, on another disk if you can."
        )
    for path in folder.iterdir():
        if path.is_file() and path.stat().st_size < 1_000_000 and "key" in path.name:
            _refuse_beside(path)


def _refuse_beside(path: Path) -> None:
    if is_private(path):
        raise CannotBackUp(
            f"{path} opens the backups that you would lay beside it. Take it away from there."
        )
    try:
        Keyring(path)
    except (KeyFileMissing, KeyFileUnreadable, OSError):
        return
    raise CannotBackUp(
        f"{path} is a copy of a key file, and with it a backup tells who answered what. Keep the "
        "two in different places."
    )


def _keep_newest(folder: Path, keep: int) -> int:
    older = sorted(folder.glob(OURS))[:-keep]
    for path in older:
        path.unlink()
    return len(older)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()


async def ensure_known(database: Database) -> None:
    """Refuse an empty database and a newer release's; an older one can be backed up too."""
    path = database.path
    missing = path is not None and not path.exists()
    if missing or await current_revision(database) not in known_revisions():
        await check_schema(database)


async def note(database: Database, act: str, now: datetime, **details: object) -> None:
    async with database.unit_of_work() as session:
        append(session, at=now, act=act, subject=None, details=details)
        if act == "backup.make":
            await remember(session, BACKUP_MADE, now)


@contextmanager
def _file_trouble_told(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise CannotBackUp(f"{path} is there already. Give the backup another name.") from None
    except OSError as error:
        raise CannotBackUp(
            f"{path} cannot be written: {error.strerror}. Nothing is left of it."
        ) from None
