"""Settings and coroutines for commands; what an operator can mend becomes one sentence."""

import asyncio
import sys
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from bot.settings import Settings


def fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)


def settings_now(*, token: bool = False) -> "Settings":
    from pydantic import ValidationError

    from bot import logs
    from bot.settings import Settings

    try:
        settings = Settings()
    except ValidationError as error:
        errors = error.errors(include_input=False, include_url=False)
        wrong = "; ".join(_told(one["loc"], one["msg"]) for one in errors)
        fail(f"The settings are not right. {wrong}. See .env.example.")
    except (OSError, UnicodeError) as error:
        fail(
            f".env cannot be read ({type(error).__name__}). It is a text in UTF-8 that the bot's "
            "own account may read: run the command as that account, in its folder."
        )
    if token and settings.token_lacks:
        fail(settings.token_lacks)
    logs.configure(settings.log_level)
    return settings


def _told(names: Sequence[str | int], message: str) -> str:
    said = message.removeprefix("Value error, ")  # pydantic's, before a sentence of ours
    return f"{'.'.join(map(str, names)).upper()}: {said}" if names else said


def completed(work: Coroutine[Any, Any, Any]) -> Any:
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
        fail(sentence)


def _with_uvloop(work: Coroutine[Any, Any, Any]) -> Any:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)
