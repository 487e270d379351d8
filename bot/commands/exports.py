"""A table of answers in a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.shell import completed, settings_now

if TYPE_CHECKING:
    from bot.settings import Settings


def export(
    consultation: Annotated[str, typer.Argument(help="Its short name, as in its link.")],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    format: Annotated[str, typer.Option(help="csv or xlsx.")] = "xlsx",  # noqa: A002
    separator: Annotated[str, typer.Option(help="Between group and question: - or /.")] = "-",
    labels: Annotated[
        str | None, typer.Option(help="Write labels in this language (ar, fr), not names.")
    ] = None,
    *,
    identified: Annotated[
        bool, typer.Option("--identified", help="Say who answered, where the mode allows it.")
    ] = False,
) -> None:
    """Write the submitted answers of a consultation to a file."""
    settings = settings_now()
    options = {"format": format, "separator": separator, "labels": labels}
    typer.echo(completed(_export(settings, consultation, out, identified=identified, **options)))


async def _export(settings: "Settings", slug: str, out: Path, **options: Any) -> str:
    from handlers.summaries import in_each_language
    from participation.clock import system_clock
    from participation.exports import export as write
    from storage.database import Database

    database = Database(settings.database_url)
    try:
        written = await write(
            database,
            slug,
            **options,
            words=in_each_language(),
            out=out,
            now=system_clock(settings.clock_offset)(),
        )
        if not written.rows:
            return f"Nobody has sent answers yet: {out} has the headers only."
        return f"{written.rows} answers are in {out}"
    finally:
        await database.close()
