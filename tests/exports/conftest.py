"""A consultation with answers of two versions, and the golden files of its exports.

``pytest tests/exports --update-goldens`` writes the goldens anew; they are read in review.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.exports.answers import fill

GOLDENS = Path(__file__).parent / "goldens"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write golden files anew")


class Goldens:
    """Files that an export must equal, byte by byte."""

    def __init__(self, *, update: bool) -> None:
        self._update = update

    def check(self, name: str, found: bytes) -> None:
        path = GOLDENS / name
        if self._update:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(found)
        assert path.exists(), "run `pytest tests/exports --update-goldens` and read the new file"
        assert found.decode() == path.read_bytes().decode()


@pytest.fixture
def goldens(request: pytest.FixtureRequest) -> Goldens:
    return Goldens(update=bool(request.config.getoption("--update-goldens", default=False)))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Holds the consultation ``gardens``, answered by five people."""
    database = Database(database_url)
    await fill(database)
    yield database
    await database.close()
