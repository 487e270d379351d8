"""``musharaka demo``: simulator and bot start, a day may be played, and the town stays up."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.demo.actor import PACE_SECONDS, Stage
from bot.demo.browser import open_page, wants_browser
from bot.demo.example import check_example, load_example, name_bot
from bot.demo.folder import leave, new_folder
from bot.demo.house import House, beside, simulated
from bot.demo.journeys import JOURNEYS
from bot.demo.running_bot import RunningBot
from simulator.town import Town

if TYPE_CHECKING:
    from bot.demo.backstage import Backstage

WATCHED_PATIENCE_SECONDS = 180.0
"""A day that is watched goes on after the bot was killed, once somebody has started it again."""
PEOPLE = (("Hassan", "ar"), ("Amina", "fr"))


@dataclass(frozen=True)
class Options:
    """What the command line says. ``journey`` is played first, if any."""

    once: bool = False
    journey: str | None = None
    keep: bool = False
    port: int = 8081
    browser: bool = True


class Day:
    """One demo, from its temporary folder to its end."""

    def __init__(self, options: Options, journey: str | None) -> None:
        self._options = options
        self._journey = journey
        self.is_up = False

    async def go(self) -> None:
        """What takes longest begins first: the bot imports while its database is made."""
        check_example()
        folder = new_folder()
        bot = RunningBot(folder)
        try:
            await bot.prepare()
            async with simulated(folder, self._options.port) as simulator:
                try:
                    await beside(simulator, self._in_town(simulator.base, folder, bot))
                finally:
                    await bot.stop()
        finally:
            await bot.stop()
            leave(folder, keep=self._options.keep)

    async def _in_town(self, base: str, folder: Path, bot: RunningBot) -> None:
        async with Town.open(base) as town:
            self._say_where(base, town.about["bot_api"])
            for name, language in PEOPLE:
                await town.phone(name, language)
            house = House(folder, base, town.token, bot)
            async with _backstage(house, town) as backstage:
                typer.echo(await load_example(folder))
                await name_bot(folder, base, town.token)
                await backstage.open_the_books()
                await house.start_bot()
                self._announce(base, bot.start_up_code)
                if self._journey is not None:
                    workbook = await JOURNEYS[self._journey](Stage(house, town))
                    typer.secho(f"\nThe workbook lies at {workbook}", bold=True)
                if not self._options.once:
                    await backstage.task

    def _say_where(self, base: str, version: str) -> None:
        port, wanted = base.rsplit(":", 1)[-1], str(self._options.port)
        if wanted not in {port, "0"}:
            typer.echo(f"Port {wanted} is in use here; port {port} is taken instead.")
        typer.echo(f"A Telegram on this machine: {base} ({version})")

    def _announce(self, base: str, code: str) -> None:
        """Where the phones are; a browser shows them where somebody sits before one."""
        if self._options.once:
            return
        self.is_up = True
        port = base.rsplit(":", 1)[-1]
        own = "" if port == "8081" else f" --base {base}"
        typer.secho(f"\nThe phones are here: {base}/", bold=True)
        typer.echo(
            "Hassan and Amina hold one each; beside them you see, and may kill, the bot.\n"
            "In a terminal, as somebody else:\n"
            f"  .venv/bin/musharaka phone --name Tiziri --language ar{own}\n"
            "and write /start. Ctrl+C ends the demo."
        )
        if code:
            typer.echo(f"Whoever writes {code} on a phone is the administrator here.")
        sys.stdout.flush()
        if self._options.browser and wants_browser(
            os.environ, is_terminal=sys.stdout.isatty(), platform=sys.platform
        ):
            open_page(f"{base}/")


@asynccontextmanager
async def _backstage(house: House, town: Town) -> AsyncIterator["Backstage"]:
    """What the page shows of us, as long as the block lasts."""
    from bot.demo.backstage import Backstage

    async def play(take_part: Callable[[Sequence[int]], None]) -> str:
        patience = WATCHED_PATIENCE_SECONDS
        stage = Stage(house, town, PACE_SECONDS, patience, _say_nothing, take_part)
        return str(await JOURNEYS["answer"](stage))

    backstage = Backstage(house, play)
    backstage.task = asyncio.create_task(backstage.run())
    try:
        yield backstage
    finally:
        backstage.task.cancel()
        await asyncio.gather(backstage.task, return_exceptions=True)


def _say_nothing(*_words: object, **_style: object) -> None:
    """A day played on the page is seen there."""
