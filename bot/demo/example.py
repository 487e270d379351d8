"""The example commune in a database of the demo's own, and the posters that hang there."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.demo.folder import CannotPrepare
from bot.demo.house import database_url, key_file

EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"
LINK = "c_"
"""What a consultation's deep link begins with; the bot reads it in handlers/start.py."""


def check_example() -> None:
    """Raises CannotPrepare where only the program was installed, without its example."""
    if not EXAMPLE.is_dir():
        raise CannotPrepare(
            f"The example commune is not here: there is no folder {EXAMPLE}. "
            "Run the demo in a complete copy of the project."
        )


async def load_example(folder: Path) -> str:
    """Migrate and load; what was loaded, in lines. Raises CannotPrepare.

    What it needs is imported late: by then the processes that take longest have been started.
    """
    from participation.clock import system_clock
    from participation.errors import OperatorError
    from participation.loading import load_directory
    from storage.database import Database, is_database_trouble
    from storage.keys import Keyring
    from storage.schema import migrate

    database = Database(database_url(folder))
    try:
        await migrate(database.url)
        keyring = Keyring.create(key_file(folder))
        now = system_clock(timedelta(0))()
        return str(await load_directory(database, keyring, EXAMPLE, now))
    except OperatorError as error:
        raise CannotPrepare(str(error)) from None
    except Exception as error:
        if not is_database_trouble(error):
            raise
        raise CannotPrepare(
            f"The demo's database cannot be written in {folder}. Free some room there, or set "
            "TMPDIR to another folder."
        ) from None
    finally:
        await asyncio.shield(database.close())


async def posters_in(folder: Path) -> Sequence[dict[str, Any]]:
    """The deep links of what is open: title in each language, and start parameter."""
    from participation.clock import system_clock
    from participation.consultations import posters
    from storage.database import Database

    database = Database(database_url(folder))
    try:
        async with database.reading() as session:
            now = system_clock(timedelta(0))()
            return [
                {"label": dict(poster.title), "start": f"{LINK}{poster.slug}"}
                for poster in await posters(session, now)
            ]
    finally:
        await database.close()


async def name_bot(folder: Path, base: str, token: str) -> None:
    """Give the bot the commune's name in each language, as an operator does with BotFather."""
    from bot.telegram import Telegram
    from handlers.language import speaking
    from handlers.views.commune import commune_name
    from participation.people import LANGUAGES
    from storage.database import Database
    from storage.profiles import profile

    database, telegram = Database(database_url(folder)), Telegram(base, token)
    try:
        async with database.reading() as session:
            loaded = await profile(session)
        names = {}
        for language in LANGUAGES:
            with speaking(language):
                names[language] = commune_name(loaded.document if loaded else {})
        for language, name in {"": " · ".join(names.values()), **names}.items():
            await telegram.call("setMyName", {"name": name, "language_code": language})
    finally:
        await telegram.close()
        await asyncio.shield(database.close())
