"""Files that appear whole or not at all, readable by their owner only."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from participation.errors import OperatorError


class ExportRefused(OperatorError):
    """The file cannot be written as asked; the message says why."""


@contextmanager
def whole_file(out: Path) -> Iterator[IO[bytes]]:
    """A file beside ``out`` that takes its place when all is well, and goes when it is not.

    Only its owner can read it: it holds what people said. Raises ExportRefused.
    """
    _ensure_place(out)
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(out.parent, error) from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(out)
        _sync_folder(out.parent)
    finally:
        draft.unlink(missing_ok=True)


def _ensure_place(out: Path) -> None:
    if out.is_dir():
        raise ExportRefused(f"{out} is a folder. Name a file in it.")
    if out.exists() and not out.is_file():
        raise ExportRefused(f"{out} is not a file that can be replaced. Name another one.")
    if not out.parent.is_dir():
        raise ExportRefused(f"There is no folder {out.parent}. Make it first.")
    if not os.access(out.parent, os.W_OK):
        raise _unwritable(out.parent, None)


def _unwritable(folder: Path, error: OSError | None) -> ExportRefused:
    why = f" ({error.strerror})" if error is not None else ""
    return ExportRefused(f"Nothing can be written into {folder}{why}. Choose another folder.")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
