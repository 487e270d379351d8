"""The bot inside this process, where a test must hold its connections: the same loops, no fork."""

import asyncio
import contextlib
import time
from pathlib import Path

from bot.application import Application
from bot.roles import Role
from bot.settings import Settings
from simulator.town import Town
from storage.database import Database
from storage.keys import Keyring
from tests.chaos.ground import Ground


class CrampedBot:
    """A bot on a SQLite file that may grow by so many pages only, until it is given room."""

    PLENTY = 1_000_000

    def __init__(self, ground: Ground, town: Town, pages: int) -> None:
        self._ground = ground
        self._settings = Settings(
            _env_file=None,
            bot_token=town.token,
            bot_api_base=town.base_url,
            database_url=ground.url,
            key_file=ground.key_file,
        )
        path = Database(ground.url).path
        assert path is not None
        limit = path.stat().st_size // _page_size(path) + pages
        self._database = Database(ground.url, pragmas=(f"max_page_count={limit}",))
        self._application: Application | None = None
        self._task: asyncio.Task[None] | None = None
        self.up_at: float | None = None

    async def start(self) -> None:
        self._application = Application(
            self._settings, self._database, Keyring(self._ground.key_file)
        )
        self._task = asyncio.create_task(self._application.run(frozenset(Role)))
        self.up_at = time.monotonic()

    async def make_room(self) -> None:
        """Let the file grow."""
        async with self._database.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            await raw.driver_connection.execute(f"PRAGMA max_page_count={self.PLENTY}")  # type: ignore[union-attr]

    async def stop(self) -> None:
        """As SIGTERM does; raises what a loop raised."""
        self.up_at = None
        if self._application is not None and self._task is not None:
            self._application.stop()
            await asyncio.wait_for(self._task, 12)
            self._task = None

    async def close(self) -> None:
        """End whatever of it is left."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await self._task
        await self._database.close()


def _page_size(path: Path) -> int:
    """Bytes of a page, as the file's header says (SQLite, file format 1.3.2)."""
    with path.open("rb") as file:
        return int.from_bytes(file.read(18)[16:18], "big")
