"""A Telegram on this machine."""

import asyncio
from typing import Annotated

import typer


def simulator(
    port: Annotated[int, typer.Option(help="The port on this machine.")] = 8081,
) -> None:
    """Run the simulator alone: a Telegram on this machine."""
    from simulator.__main__ import main as serve

    raise typer.Exit(serve(["--port", str(port)]))


def phone(
    name: Annotated[str, typer.Option(help="Who holds the phone.")],
    language: Annotated[str, typer.Option(help="The language of the phone.")] = "ar",
    base: Annotated[str, typer.Option(help="The simulator.")] = "http://127.0.0.1:8081",
) -> None:
    """Converse with the bot in the terminal, as a person of the simulator."""
    from simulator.console import run_phone

    raise typer.Exit(run_phone(base, name, language))


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
