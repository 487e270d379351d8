"""What ``musharaka doctor`` finds around the bot: its files, their disk, the webhook's place."""

import re
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.disks import database_file, free_space
from bot.findings import Finding, fault, ok, warning
from bot.settings import Settings, is_loopback

MOUNTS = Path("/proc/mounts")
FAR = re.compile(r"nfs\d?|cifs|smb\w*|fuse\.(sshfs|s3fs|rclone|glusterfs)|9p|ceph|gfs2|afs|davfs")
PORTS = (80, 88, 443, 8443)
"""Where Telegram posts to."""
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def look_around(settings: Settings, *, running: bool) -> Iterator[Finding]:
    """Everything that needs neither the database nor Telegram."""
    yield from _settings_file()
    yield from _database_file(settings)
    yield from _file_system(settings)
    if settings.webhook_url:
        yield _webhook(settings, settings.webhook_url, running=running)


def _settings_file() -> Iterator[Finding]:
    file = Path(str(Settings.model_config.get("env_file") or ""))
    if is_open_to_others(file):
        sentence = f"Others may read {file}, which holds the token: run `chmod 600 {file}`."
        yield warning("settings file", sentence)


def _database_file(settings: Settings) -> Iterator[Finding]:
    """With what SQLite lays beside it. A new one is its owner's; an older one may not be."""
    path = database_file(settings)
    if path and any(is_open_to_others(Path(f"{path}{end}")) for end in ("", "-wal", "-shm")):
        sentence = f"Others may read {path}, which holds all answers: run `chmod 600 {path}*`."
        yield warning("database file", sentence)


def is_open_to_others(file: Path) -> bool:
    """Whether somebody besides its owner may read or change a file that is there."""
    return file.is_file() and bool(stat.S_IMODE(file.stat().st_mode) & 0o077)


def _file_system(settings: Settings) -> Iterator[Finding]:
    """SQLite needs locks that hold, and room to be written anew when a consultation is sealed."""
    path = database_file(settings)
    if path is None or not path.exists():
        return
    kind, size = _kind_of(path.resolve()), path.stat().st_size
    folder, free = free_space(settings)
    if FAR.fullmatch(kind):
        yield fault(
            "file system",
            f"{path} lies on a network file system ({kind}), whose locks do not hold: the file "
            "can be damaged. Move it to a disk of this machine, or use PostgreSQL.",
        )
    elif free < 2 * size:
        yield warning(
            "file system",
            f"{path} has {size // 1_000_000} MB and {folder} has {free // 1_000_000} MB free: "
            "sealing a consultation rewrites the file and needs twice its size. Make room.",
        )
    else:
        yield ok("file system", f"{path} can be rewritten where it is.")


def _kind_of(path: Path) -> str:
    """The kind of the file system under a path; ``""`` where the machine does not tell."""
    best, kind = "", ""
    lines = MOUNTS.read_text(errors="replace").splitlines() if MOUNTS.exists() else []
    for _, place, found, *_ in (line.split() for line in lines if line.count(" ") > 2):
        if path.is_relative_to(place) and len(place) >= len(best):
            best, kind = place, found
    return kind


def _webhook(settings: Settings, url: str, *, running: bool) -> Finding:
    address = urlsplit(url)
    here = is_loopback(settings.bot_api_base)
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    if not here and address.scheme != "https":
        return fault("webhook", "WEBHOOK_URL must begin with https: Telegram posts nowhere else.")
    if not here and (address.port or 443) not in PORTS:
        ports = ", ".join(map(str, PORTS))
        return fault("webhook", f"Telegram posts only to the ports {ports}: change WEBHOOK_URL.")
    if not _SECRET.fullmatch(secret):
        return fault(
            "webhook", "WEBHOOK_SECRET has a sign that Telegram refuses: use A-Z a-z 0-9 _ - only."
        )
    place = f"{settings.webhook_host}:{settings.webhook_port}"
    if not running and (reason := _taken(settings.webhook_host, settings.webhook_port)):
        return fault(
            "webhook",
            f"The bot cannot listen on {place} ({reason}). Stop what listens there, or change "
            "WEBHOOK_PORT, and the web server before it.",
        )
    return ok("webhook", f"The bot listens on {place} for the web server before it.")


def _taken(host: str, port: int) -> str | None:
    """Why nobody can listen there; None where one can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.strerror or type(error).__name__
    return None
