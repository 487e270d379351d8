"""Consultations from the command line."""

from typing import Annotated

import typer

from bot.commands.shell import completed, settings_now

consultation_app = typer.Typer(no_args_is_help=True, help="List, open and close consultations.")


@consultation_app.command("list")
def consultation_list() -> None:
    """List the consultations: how each stands, its window, the number of answers."""
    settings = settings_now()
    from bot.opening import list_consultations

    for line in completed(list_consultations(settings)):
        typer.echo(line)


@consultation_app.command("open")
def consultation_open(
    consultation: Annotated[str, typer.Argument(help="The short name of a draft.")],
) -> None:
    """Open a draft now, for the days that its card says, and have subscribers told."""
    settings = settings_now()
    from bot.opening import open_consultation

    typer.echo(completed(open_consultation(settings, consultation)))


@consultation_app.command("close")
def consultation_close(
    consultation: Annotated[str, typer.Argument(help="Its short name, as in its link.")],
    reason: Annotated[str, typer.Option(help="Why it closes before its last day.")],
) -> None:
    """Close an open consultation now; whoever has begun may finish for 24 hours."""
    settings = settings_now()
    from bot.opening import close_consultation

    typer.echo(completed(close_consultation(settings, consultation, reason)))
