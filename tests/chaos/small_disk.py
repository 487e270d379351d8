"""A small file system in memory, where this process may mount one, and the filling of it."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import PostgresServer
from tests.postgres_ground import reachable_folder, unprivileged

MEGABYTES = 160
PREFIX = "musharaka-small-disk-"
PIECE = b"\0" * 65_536


class NoSmallDisk(Exception):
    """Nothing can be mounted here; the message says why."""


@contextlib.contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of ``MEGABYTES`` that PostgreSQL's account can reach; raises NoSmallDisk."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise NoSmallDisk("only root may mount a file system, and needs the program for it")
    place = Path(tempfile.mkdtemp(prefix=PREFIX, dir=reachable_folder(unprivileged())))
    try:
        done = subprocess.run(  # noqa: S603
            ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0755", "chaos", place],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise NoSmallDisk(done.stderr.strip() or "the mount was refused")
        try:
            yield place
        finally:
            subprocess.run(["umount", "--lazy", place], check=True)  # noqa: S603, S607
    finally:
        place.rmdir()


@contextlib.contextmanager
def server_on_small_disk() -> Iterator[tuple[PostgresServer, Path]]:
    """A PostgreSQL whose rows lie there, and the disk; raises NoSmallDisk."""
    with small_disk() as disk:
        data = disk / "data"
        data.mkdir()
        settings = {"autovacuum": "off"}  # or it makes room again
        with PostgresServer(fsync=True, data=data, settings=settings) as server:
            yield server, disk


class Ballast:
    """A file that takes all the room there is, until it is thrown out."""

    def __init__(self, disk: Path) -> None:
        self._path = disk / "ballast"

    def load(self) -> None:
        """Fill the disk to its last byte."""
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            piece = PIECE
            while piece:
                try:
                    os.write(handle, piece)
                except OSError:
                    piece = piece[: len(piece) // 2]
        finally:
            os.close(handle)

    def throw_out(self) -> None:
        self._path.unlink(missing_ok=True)
