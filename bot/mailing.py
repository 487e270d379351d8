"""The mail loop, and a process that does nothing else: it imports no aiogram."""

from collections.abc import Collection

import structlog

from bot.delivery.mail import IN_FLIGHT, Mail
from bot.delivery.paced import Paced
from bot.delivery.place import Place
from bot.delivery.progress import Progress
from bot.roles import Role
from bot.settings import Settings
from bot.stopping import Hint, Stop
from participation.clock import Clock, system_clock
from storage.database import Database
from storage.keys import Keyring

log = structlog.get_logger()


def mail_loop(
    settings: Settings,
    database: Database,
    keyring: Keyring,
    clock: Clock,
    on_event: Hint,
    stop: Stop,
) -> Mail:
    """Mail as it leaves by default: paced, and only while this process has the place."""
    place = Place(database, clock)
    carrier = Paced(
        settings.bot_api_base,
        settings.bot_token.get_secret_value(),
        clock,
        lambda: place.is_held and not stop,
        IN_FLIGHT,
    )
    progress = Progress(database, keyring, settings.bot_id, clock, on_event)
    return Mail(database, place, carrier, progress, clock, stop)


class MailAlone:
    """One process of the bot with the mail loop alone."""

    def __init__(self, settings: Settings, database: Database, keyring: Keyring) -> None:
        self._stop = Stop()
        clock = system_clock(settings.clock_offset)
        self._mail = mail_loop(settings, database, keyring, clock, Hint(), self._stop)

    def stop(self) -> None:
        """Begin to end: what has left is waited for."""
        self._stop.set()

    async def run(self, roles: Collection[Role]) -> None:
        """Run until stopped; raises what the loop raised."""
        log.info("running", roles=",".join(sorted(roles)))
        await self._mail.run()
