"""``musharaka demo``: simulator and bot start, a day is played, and the town stays up."""

import asyncio
import contextlib
import shutil
import signal
import tempfile
from pathlib import Path

import typer

from bot.demo.house import DidNotStart, House, simulated
from bot.demo.journeys import JOURNEYS
from simulator.phone import NothingSaid
from simulator.town import Town

EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"


async def play(*, once: bool, journey: str, keep: bool, port: int) -> int:
    """Play a journey; the exit code. Without ``once`` the town stays until Ctrl+C."""
    if journey not in JOURNEYS:
        typer.echo(f"There is no journey {journey!r}. There are: {', '.join(JOURNEYS)}.", err=True)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="musharaka-"))
    try:
        async with simulated(folder, port) as base, Town.open(base) as town:
            return await _in_town(House(folder, base, town.token), town, journey, once=once)
    except (DidNotStart, NothingSaid, LookupError) as error:
        typer.echo(f"\nThe day did not go as it should.\n{error}", err=True)
        return 1
    finally:
        _leave(folder, keep=keep)


async def _in_town(house: House, town: Town, journey: str, *, once: bool) -> int:
    try:
        typer.echo(f"A Telegram on this machine: {house.base} ({town.about['bot_api']})")
        await house.command("migrate")
        typer.echo(await house.command("load", str(EXAMPLE)))
        await house.start_bot()
        workbook = await JOURNEYS[journey](house, town)
        typer.secho(f"\nThe workbook lies at {workbook}", bold=True)
        if not once:
            await _stay(house)
    finally:
        await house.stop_bot()
    return 0


async def _stay(house: House) -> None:
    """Until Ctrl+C; the bot can be talked to meanwhile."""
    port = house.base.rsplit(":", 1)[-1].rstrip("/")
    own = "" if port == "8081" else f" --base {house.base}"
    typer.echo(
        "\nThe town stays up. Converse yourself in another terminal:\n"
        f"  .venv/bin/musharaka phone --name Tiziri --language ar{own}\n"
        "and write /start. Ctrl+C ends the demo."
    )
    over = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    await over.wait()


def _leave(folder: Path, *, keep: bool) -> None:
    """Remove what was temporary; the workbooks stay where they were said to lie."""
    if keep:
        typer.echo(f"Everything is kept in {folder}")
        return
    for path in folder.iterdir():
        if path.name.startswith("answers."):
            continue
        with contextlib.suppress(OSError):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()
