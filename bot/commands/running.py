"""Running the bot, and what it needs to run."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shell import completed, fail, settings_now

if TYPE_CHECKING:
    from bot.settings import Settings


def run(
    role: Annotated[
        list[str] | None,
        typer.Option(help="receiver, worker, replies, mail, clerk, clock; all by default."),
    ] = None,
) -> None:
    """Run the bot until it is told to stop."""
    settings = settings_now(token=True)
    from bot import process
    from bot.roles import Role

    try:
        roles = [Role(one) for one in role or list(Role)]
    except ValueError:
        fail(f"There is no such role. The roles are: {', '.join(Role)}.")
    completed(process.run(settings, roles))


def migrate() -> None:
    """Bring the database to this release's schema."""
    settings = settings_now()
    from storage.schema import migrate as upgrade

    completed(upgrade(settings.database_url))
    typer.echo("The database has this release's schema.")


def load(
    directory: Annotated[Path, typer.Argument(help="For example examples/taroudant.")],
) -> None:
    """Load a commune's profile and consultations; loading again doubles nothing."""
    settings = settings_now()
    typer.echo(completed(_load(settings, directory)))


async def _load(settings: "Settings", directory: Path) -> str:
    from bot.readiness import check_keys, check_schema
    from participation.clock import system_clock
    from participation.loading import load_directory
    from storage.database import Database
    from storage.keys import Keyring

    database = Database(settings.database_url)
    try:
        await check_schema(database)
        await check_keys(settings, database)  # a new file beside the right one would stop the bot
        keyring = Keyring.create(settings.key_file)
        now = system_clock(settings.clock_offset)()
        return str(await load_directory(database, keyring, directory, now))
    finally:
        await database.close()


def doctor() -> None:
    """Check token, database, clock, zone data, migrations, disk and key file."""
    settings = settings_now()
    from bot.doctor import examine

    findings = completed(examine(settings))
    for finding in findings:
        typer.echo(f"{finding.state:8} {finding.name:14} {finding.sentence}")
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)


def webhook(
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take it back.")] = False,
) -> None:
    """Say where Telegram posts this bot's updates, or stop it so that polling is possible."""
    settings = settings_now(token=True)
    typer.echo(completed(_webhook(settings, remove=remove)))


async def _webhook(settings: "Settings", *, remove: bool) -> str:
    from bot.telegram import Telegram
    from bot.webhook import announced, withdraw

    telegram = Telegram(settings.bot_api_base, settings.bot_token.get_secret_value())
    try:
        if remove:
            await withdraw(telegram)
        url = await announced(telegram)
        return f"Telegram posts to {url}" if url else "There is no webhook: polling is possible."
    finally:
        await telegram.close()
