"""The command line ``musharaka``. Whatever is heavy is imported by the command that needs it."""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
form_app = typer.Typer(no_args_is_help=True, help="Check and try a questionnaire.")
consultation_app = typer.Typer(no_args_is_help=True, help="List, open and close consultations.")
app.add_typer(form_app, name="form")
app.add_typer(consultation_app, name="consultation")


def main() -> None:
    """The entry point of ``musharaka``."""
    app()


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def _settings(*, token: bool = False) -> "Settings":
    from pydantic import ValidationError

    from bot import logs
    from bot.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in one['loc']).upper() or 'settings'}: {one['msg']}"
            for one in error.errors(include_input=False, include_url=False)
        )
        _fail(f"The settings are not right. {wrong}. See .env.example.")
    if token and not settings.bot_id:
        _fail("BOT_TOKEN is not set. BotFather on Telegram gives one; put it into .env.")
    logs.configure(settings.log_level)
    return settings


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine; refusals that an operator can mend become one sentence."""
    try:
        return _with_uvloop(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        from bot.refusals import sentence_for

        sentence = sentence_for(error)
        if sentence is None:
            raise
        _fail(sentence)


def _with_uvloop(work: Coroutine[Any, Any, Any]) -> Any:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


@app.command()
def run(
    role: Annotated[
        list[str] | None,
        typer.Option(help="receiver, worker, replies, mail, clerk, clock; all by default."),
    ] = None,
) -> None:
    """Run the bot until it is told to stop."""
    settings = _settings(token=True)
    from bot import process
    from bot.roles import Role

    try:
        roles = [Role(one) for one in role or list(Role)]
    except ValueError:
        _fail(f"There is no such role. The roles are: {', '.join(Role)}.")
    _run(process.run(settings, roles))


@app.command()
def migrate() -> None:
    """Bring the database to this release's schema."""
    settings = _settings()
    from storage.database import migrate as upgrade

    _run(upgrade(settings.database_url))
    typer.echo("The database has this release's schema.")


@app.command()
def load(
    directory: Annotated[Path, typer.Argument(help="For example examples/taroudant.")],
) -> None:
    """Load a commune's profile and consultations; loading again doubles nothing."""
    settings = _settings()
    typer.echo(_run(_load(settings, directory)))


async def _load(settings: "Settings", directory: Path) -> str:
    from bot.readiness import check_keys
    from participation.clock import system_clock
    from participation.loading import load_directory
    from storage.database import Database
    from storage.keys import Keyring

    database = Database(settings.database_url)
    try:
        await check_keys(settings, database)  # a new file beside the right one would stop the bot
        keyring = Keyring.create(settings.key_file)
        now = system_clock(settings.clock_offset)()
        return str(await load_directory(database, keyring, directory, now))
    finally:
        await database.close()


@app.command()
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
    settings = _settings()
    options = {"format": format, "separator": separator, "labels": labels}
    typer.echo(_run(_export(settings, consultation, out, identified=identified, **options)))


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


@app.command()
def invite(
    role: Annotated[str, typer.Argument(help="administrator, officer or analyst.")],
) -> None:
    """Make a single-use link: whoever opens it holds the role at once."""
    settings = _settings(token=True)
    from bot.staffing import invite as make_link

    typer.echo(_run(make_link(settings, role)))


@app.command()
def audit(
    last: Annotated[int, typer.Option(min=1, help="How many entries.")] = 20,
) -> None:
    """Show what staff and operators did last, and whether nothing was changed since."""
    settings = _settings()
    from bot.staffing import audit as read

    found = _run(read(settings, last))
    for line in found.lines:
        typer.echo(line)
    if found.broken is not None:
        _fail(f"Entry {found.broken} was changed after it was written, or one before it is gone.")
    typer.echo("The chain of entries holds.")


@app.command()
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
    settings = _settings()
    from bot import backups

    if (out is None) == (new_key is None):
        _fail("Say where the backup goes, or give --new-key FILE to make a key first.")
    if new_key is not None:
        typer.echo(_run(_told(lambda: backups.new_key(new_key))))
    if out is not None:
        typer.echo(_run(backups.back_up(settings, out, to, keep)))


async def _told(make: Callable[[], str]) -> str:
    return make()


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `musharaka backup` wrote.")],
    key: Annotated[Path, typer.Option(help="The private half of its backup key.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose what is in the database now.")
    ] = False,
) -> None:
    """Fill the database from a backup: all of it, or nothing. The bot must be stopped."""
    settings = _settings()
    from bot.restores import bring_back

    typer.echo(_run(bring_back(settings, file, key, replace=replace)))


@app.command()
def drill() -> None:
    """Try a backup and its restoring, say how long they take, and leave nothing behind."""
    settings = _settings()
    from bot import restores

    for line in _run(restores.drill(settings)):
        typer.echo(line)


@app.command()
def doctor() -> None:
    """Check token, database, clock, zone data, migrations, disk and key file."""
    settings = _settings()
    from bot.doctor import examine

    findings = _run(examine(settings))
    for finding in findings:
        typer.echo(f"{finding.state:8} {finding.name:14} {finding.sentence}")
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)


@app.command()
def webhook(
    *,
    remove: Annotated[bool, typer.Option("--remove", help="Take it back.")] = False,
) -> None:
    """Say where Telegram posts this bot's updates, or stop it so that polling is possible."""
    settings = _settings(token=True)
    typer.echo(_run(_webhook(settings, remove=remove)))


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


@app.command()
def simulator(
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8081,
) -> None:
    """Run the simulator alone: a Telegram on this machine."""
    from simulator.__main__ import main as serve

    raise typer.Exit(serve(["--port", str(port)]))


@app.command()
def phone(
    name: Annotated[str, typer.Option(help="Who holds the phone.")],
    language: Annotated[str, typer.Option(help="The language of the phone.")] = "ar",
    base: Annotated[str, typer.Option(help="The simulator.")] = "http://127.0.0.1:8081",
) -> None:
    """Converse with the bot in the terminal, as a person of the simulator."""
    from simulator.console import run_phone

    raise typer.Exit(run_phone(base, name, language))


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Play the journey, then end.")] = False,
    journey: Annotated[
        str | None, typer.Option(help="Played before the town is yours: answer.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the temporary folder.")] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The simulator's port; 0: any free one.")
    ] = 8081,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print where the phones are.")
    ] = False,
) -> None:
    """Show the example commune on a simulated Telegram: phones in a browser, and a real bot."""
    from bot.demo.command import demo as show
    from bot.demo.day import Options

    options = Options(once, journey, keep, port, not no_browser)
    raise typer.Exit(asyncio.run(show(options)))


@form_app.command("check")
def form_check(
    file: Path,
    *,
    mode: Annotated[
        str, typer.Option(help="anonymous: questions that identify are errors too.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is wrong with a workbook, with sheet, row and column."""
    from forms.headless import check
    from storage.consultations import Mode

    if mode and mode not in list(Mode):
        _fail(f"--mode is one of {', '.join(Mode)}.")
    checked = check(_bytes_of(file), anonymous=mode == Mode.ANONYMOUS)
    if as_json:
        typer.echo(json.dumps(checked.document(), ensure_ascii=False, indent=2))
    else:
        for line in checked.lines():
            typer.echo(line)
    if not checked.accepted:
        raise typer.Exit(1)


@form_app.command("run")
def form_run(
    file: Path,
    answers: Annotated[Path, typer.Option(help="A JSON object: path to answer.")],
    language: Annotated[str, typer.Option(help="The language of the questions.")] = "ar",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer a form from a file: the questions asked, the record, what was refused."""
    from forms.headless import run as answer

    try:
        scripted = json.loads(_bytes_of(answers))
    except (ValueError, RecursionError):
        scripted = None
    if not isinstance(scripted, dict):
        _fail(f'{answers} is not a JSON object of answers, like {{"age": 25}}.')
    result = answer(_bytes_of(file), scripted, language)
    typer.echo(json.dumps(result, ensure_ascii=False, indent=None if as_json else 2))


@consultation_app.command("list")
def consultation_list() -> None:
    """List the consultations with their windows and the number of answers."""
    settings = _settings()
    for line in _run(_consultations(settings)):
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
    settings = _settings()
    from bot.opening import open_consultation

    typer.echo(_run(open_consultation(settings, consultation)))


@consultation_app.command("close")
def consultation_close(
    consultation: Annotated[str, typer.Argument(help="Its short name, as in its link.")],
    reason: Annotated[str, typer.Option(help="Why it closes before its last day.")],
) -> None:
    """Close an open consultation now; whoever has begun may finish for 24 hours."""
    settings = _settings()
    from bot.opening import close_consultation

    typer.echo(_run(close_consultation(settings, consultation, reason)))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
