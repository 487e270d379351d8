"""The temporary folder in which the demo lives."""

import contextlib
import shutil
from pathlib import Path
from tempfile import mkdtemp

import typer


class CannotPrepare(Exception):
    """The demo cannot begin as things stand; the message says what to do."""


def new_folder() -> Path:
    """A temporary folder; raises CannotPrepare where there is none to be had."""
    try:
        return Path(mkdtemp(prefix="musharaka-"))
    except OSError as error:
        raise CannotPrepare(
            f"No temporary folder can be made here ({error.strerror}). Free some room, or set "
            "TMPDIR to a folder that can be written to."
        ) from None


def leave(folder: Path, *, keep: bool) -> None:
    """Remove what was temporary; the workbooks stay where they were said to lie."""
    if keep:
        with contextlib.suppress(OSError):  # the terminal may be gone
            typer.echo(f"Everything is kept in {folder}")
        return
    with contextlib.suppress(OSError):  # somebody else has cleaned up
        for path in folder.iterdir():
            if path.name.startswith("answers."):
                continue
            with contextlib.suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        folder.rmdir()
