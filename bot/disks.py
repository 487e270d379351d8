"""What the doctor and the watch know of the disk under the database."""

import shutil
from pathlib import Path

from bot.settings import Settings

LEAST_DISK = 500_000_000


def database_file(settings: Settings) -> Path | None:
    """The file of the database, where it is one."""
    address, marked, path = settings.database_url.partition(":///")
    return Path(path) if marked and address.startswith("sqlite") else None


def free_space(settings: Settings) -> tuple[Path, int]:
    """The folder of the database file, or of the key file, and the bytes free there."""
    folder = (database_file(settings) or settings.key_file).absolute().parent
    while not folder.exists():
        folder = folder.parent
    return folder, shutil.disk_usage(folder).free
