"""``musharaka demo``: what it is asked, how it is ended, and with which exit code."""

import asyncio
import signal

import typer
from aiohttp import ClientError

from bot.demo.children import DidNotStart
from bot.demo.day import Day, Options
from bot.demo.folder import CannotPrepare
from bot.demo.house import SimulatorEnded
from bot.demo.journeys import JOURNEYS
from simulator.control_client import ControlRefused
from simulator.phone import NothingSaid

NOT_AS_IT_SHOULD = (DidNotStart, NothingSaid, LookupError, ControlRefused, ClientError)


async def demo(options: Options) -> int:
    """The exit code. Without ``once`` the town stays up until Ctrl+C."""
    journey = options.journey or ("answer" if options.once else None)
    if journey is not None and journey not in JOURNEYS:
        typer.echo(f"There is no journey {journey!r}. There are: {', '.join(JOURNEYS)}.", err=True)
        return 2
    day = Day(options, journey)
    going = asyncio.create_task(day.go())
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, going.cancel)
    try:
        await going
    except asyncio.CancelledError:
        return 0 if day.is_up else 130
    except CannotPrepare as error:
        typer.echo(str(error), err=True)
        return 1
    except SimulatorEnded as error:
        typer.echo(f"\nThe simulator has ended, and the demo with it.\n{error}", err=True)
        return 1
    except NOT_AS_IT_SHOULD as error:
        typer.echo(f"\nThe day did not go as it should.\n{error}", err=True)
        return 1
    return 0
