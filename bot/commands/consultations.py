"""Consultations from the command line."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shell import completed, settings_now

if TYPE_CHECKING:
    from bot.settings import Settings

consultation_app = typer.Typer(no_args_is_help=True, help="List, open and close consultations.")


@consultation_app.command("list")
def consultation_list() -> None:
    """List the consultations with their windows and the number of answers."""
    settings = settings_now()
    for line in completed(_consultations(settings)):
        typer.echo(line)


async def _consultations(settings: "Settings") -> list[str]:
    from sqlalchemy import select

    from participation.counts import counts_of
    from storage.consultations import Consultation
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        async with database.reading() as session:
            return [
                f"{one.slug:30} {one.state:10} {one.opens_on} – {one.closes_on} "
                f"{(await counts_of(session, one.id)).submitted} answers"
                for one in await session.scalars(select(Consultation).order_by(Consultation.id))
            ]
    finally:
        await database.close()


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
