"""The communes in which scenes play: real databases, loaded once, left as they were."""

import shutil
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from handlers.language import speaking
from participation.known import load
from participation.loading import load_directory
from participation.shelf import Shelf
from storage.database import Database
from storage.keys import Keyring
from storage.schema import migrate
from tests.databases import sqlite_url
from tests.gallery.invented import add_invented
from tests.gallery.visit import Visit

EXAMPLE = Path(__file__).parents[2] / "examples" / "taroudant"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
"""When the content is loaded: the same dates in every picture."""
PEOPLE = {"ar": ("Hassan", 502), "fr": ("Amina", 501)}
"""Who plays: an invented person for each language, with the id of their account."""


class Place(StrEnum):
    """The communes there are."""

    TAROUDANT = "the example as it ships"
    BUSY = "the example and many more consultations"
    EMPTY = "nothing loaded yet"


@dataclass(frozen=True)
class Ground:
    """A commune: its rows and its keys."""

    database: Database
    keyring: Keyring
    shelf: Shelf = field(default_factory=Shelf)

    @asynccontextmanager
    async def visited(self, language: str) -> AsyncIterator[Visit]:
        """One person's visit at noon, in their language; nothing of it stays."""
        name, channel_id = PEOPLE[language]
        async with AsyncSession(self.database.engine) as session:
            known = await load(session, self.keyring, self.shelf, [channel_id], NOON)
            person = known.people[channel_id]
            person.language = language
            with speaking(language):
                yield Visit(known, person, name, language)
            session.expunge_all()
            await session.rollback()


Grounds = Mapping[Place, Ground]


@asynccontextmanager
async def grounds(folder: Path, only: Collection[Place] = tuple(Place)) -> AsyncIterator[Grounds]:
    """The communes, in a folder that the caller removes."""
    empty = folder / "migrated.db"
    await migrate(sqlite_url(empty))
    made: dict[Place, Ground] = {}
    try:
        for place in only:
            path = folder / f"{place.name}.db"
            shutil.copyfile(empty, path)
            made[place] = await _loaded(path, _content(place, folder))
        yield made
    finally:
        for ground in made.values():
            await ground.database.close()


def _content(place: Place, folder: Path) -> Path | None:
    """The directory to load."""
    if place is not Place.BUSY:
        return EXAMPLE if place is Place.TAROUDANT else None
    busy = folder / "busy"
    shutil.copytree(EXAMPLE, busy)
    add_invented(busy)
    return busy


async def _loaded(path: Path, content: Path | None) -> Ground:
    database = Database(sqlite_url(path), pragmas=["synchronous=OFF"])
    keyring = Keyring.create(path.with_suffix(".keys"))
    if content is not None:
        await load_directory(database, keyring, content, NOON)
    return Ground(database, keyring)
