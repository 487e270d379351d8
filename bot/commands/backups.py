"""Backups, and bringing one back."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shell import completed, fail, settings_now


def backup(
    out: Annotated[
        Path | None, typer.Argument(help="The file to write, or a folder for one by its date.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="The public half of a backup key; BACKUP_KEY by default.")
    ] = None,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep so many in the folder, remove older ones.")
    ] = None,
    new_key: Annotated[
        Path | None, typer.Option(help="Make a backup key, its private half in this file.")
    ] = None,
) -> None:
    """Write an encrypted backup of the database; the key file is not in it."""
    settings = settings_now()
    from bot import backups

    if (out is None) == (new_key is None):
        fail("Say where the backup goes, or give --new-key FILE to make a key first.")
    if new_key is not None:
        typer.echo(completed(_told(lambda: backups.new_key(new_key))))
    if out is not None:
        typer.echo(completed(backups.back_up(settings, out, to, keep)))


async def _told(make: Callable[[], str]) -> str:
    return make()


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `musharaka backup` wrote.")],
    key: Annotated[Path, typer.Option(help="The private half of its backup key.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose what is in the database now.")
    ] = False,
) -> None:
    """Fill the database from a backup: all of it, or nothing. The bot must be stopped."""
    settings = settings_now()
    from bot.restores import bring_back

    typer.echo(completed(bring_back(settings, file, key, replace=replace)))


def drill() -> None:
    """Try a backup and its restoring, say how long they take, and leave nothing behind."""
    settings = settings_now()
    from bot import restores

    for line in completed(restores.drill(settings)):
        typer.echo(line)
