"""``musharaka run``: one process with all loops or some, until it is told to end.

The whole bot is imported only where it is wanted: a process for mail alone stays light.
"""

import asyncio
import gc
import signal
import sys
from collections.abc import Collection
from typing import Protocol

import structlog

from bot.instance import Holding, only_instance
from bot.readiness import check_before_start
from bot.roles import Role
from bot.settings import Settings
from participation.clock import system_clock
from storage.database import Database
from storage.keys import Keyring
from storage.snapshots import remove_leftovers

log = structlog.get_logger()


class Loops(Protocol):
    """What runs in a process."""

    def stop(self) -> None: ...
    async def run(self, roles: Collection[Role]) -> None: ...


async def run(settings: Settings, roles: Collection[Role]) -> None:
    """Checks, then every loop until SIGTERM or SIGINT."""
    database = Database(settings.database_url)
    try:
        async with only_instance(database, receives=Role.RECEIVER in roles) as holding:
            await check_before_start(settings, database)
            if database.path is not None:
                remove_leftovers(database.path)
            keyring = Keyring.create(settings.key_file)
            if Role.WORKER in roles:
                await _let_the_first_in(database, settings)
            loops = _loops(settings, database, keyring, roles)
            loop = asyncio.get_running_loop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, loops.stop)
            watching = asyncio.create_task(_stop_when_lost(holding, loops))
            try:
                await loops.run(roles)
            finally:
                watching.cancel()
    finally:
        await database.close()


def _loops(
    settings: Settings, database: Database, keyring: Keyring, roles: Collection[Role]
) -> Loops:
    if set(roles) == {Role.MAIL}:
        from bot.mailing import MailAlone

        return MailAlone(settings, database, keyring)
    gc.disable()  # nothing of it is garbage, and looking for some costs a sixth of the start
    from bot.application import Application

    gc.enable()
    return Application(settings, database, keyring)


async def _let_the_first_in(database: Database, settings: Settings) -> None:
    """Print the start-up code, once; a log may be kept and read by others."""
    from bot.staffing import start_up_sentence

    sentence = await start_up_sentence(database, system_clock(settings.clock_offset))
    if sentence is not None:
        sys.stdout.write(f"{sentence}\n")
        sys.stdout.flush()


async def _stop_when_lost(holding: Holding, loops: Loops) -> None:
    """End when another process may be receiving on the same database."""
    await holding.lost.wait()
    log.error("the place as the only receiver was lost; ending")
    loops.stop()
