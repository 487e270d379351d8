"""Checking and trying a questionnaire."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shell import fail

form_app = typer.Typer(no_args_is_help=True, help="Check and try a questionnaire.")


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
        fail(f"--mode is one of {', '.join(Mode)}.")
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
        fail(f'{answers} is not a JSON object of answers, like {{"age": 25}}.')
    result = answer(_bytes_of(file), scripted, language)
    typer.echo(json.dumps(result, ensure_ascii=False, indent=None if as_json else 2))


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
