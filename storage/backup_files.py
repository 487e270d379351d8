"""A backup as a file: the lines of ``dump``, compressed, sealed for whoever may restore it."""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from storage.backup import dump
from storage.backup_keys import Opener, Recipient
from storage.database import Database
from storage.revisions import current_revision
from storage.sealed_files import Damaged, Opening, Sealing

GZIP = 31
"""What zlib calls a gzip stream with the largest window."""
UNPACKED_AT_ONCE = 1 << 20


@dataclass(frozen=True)
class Written:
    """What a backup file holds."""

    rows: int
    size: int


async def write(
    database: Database, path: Path, recipient: Recipient, made_at: datetime
) -> Written:
    """Write the whole file under its name, or nothing; raises FileExistsError, OSError."""
    with _whole_or_nothing(path) as file:
        rows = await _write(database, file, recipient, made_at)
        size = file.tell()
    return Written(rows, size)


@contextmanager
def _whole_or_nothing(path: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner reads, and that has its name once it is on the disk."""
    if path.exists():
        raise FileExistsError(path)
    draft = path.with_name(f".{path.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _keep_the_name(path.parent)


async def _write(
    database: Database, file: IO[bytes], recipient: Recipient, made_at: datetime
) -> int:
    about = {"revision": await current_revision(database), "made_at": made_at.isoformat()}
    sealing = Sealing(file, recipient, about)
    packing = zlib.compressobj(6, zlib.DEFLATED, GZIP)
    count = -1  # the first line is no row
    async for line in dump(database):
        sealing.write(packing.compress(line.encode("utf-8", "surrogatepass") + b"\n"))
        count += 1
    sealing.write(packing.flush())
    sealing.finish()
    return count


def _keep_the_name(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path, opener: Opener) -> Iterator[str]:
    """The lines; raises NotASealedFile, OtherKey, Damaged, and OSError."""
    with path.open("rb") as file:
        rest: list[bytes] = []
        for part in _unpacked(Opening.of(file).pieces(opener)):
            first, *others = part.split(b"\n")
            rest.append(first)
            for following in others:
                yield b"".join(rest).decode("utf-8", "surrogatepass")
                rest = [following]
        if any(rest):
            raise Damaged


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(GZIP)
    try:
        for piece in pieces:
            packed = piece
            while packed:
                yield unpacking.decompress(packed, UNPACKED_AT_ONCE)
                packed = unpacking.unconsumed_tail
        yield unpacking.flush()
    except zlib.error:
        raise Damaged from None
    if not unpacking.eof:
        raise Damaged
