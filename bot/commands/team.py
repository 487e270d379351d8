"""The first link to the team, and what its members did."""

from typing import Annotated

import typer

from bot.commands.shell import completed, fail, settings_now


def invite(
    role: Annotated[str, typer.Argument(help="administrator, officer or analyst.")],
) -> None:
    """Make a single-use link: whoever opens it holds the role at once."""
    settings = settings_now(token=True)
    from bot.staffing import invite as make_link

    typer.echo(completed(make_link(settings, role)))


def audit(
    last: Annotated[int, typer.Option(min=1, help="How many entries.")] = 20,
) -> None:
    """Show what staff and operators did last, and whether nothing was changed since."""
    settings = settings_now()
    from bot.staffing import audit as read

    found = completed(read(settings, last))
    for line in found.lines:
        typer.echo(line)
    if found.broken is not None:
        fail(f"Entry {found.broken} was changed after it was written, or one before it is gone.")
    typer.echo("The chain of entries holds.")
