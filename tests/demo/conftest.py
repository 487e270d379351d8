"""One demo for the tests that only look at it and act on its bot."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from simulator.town import Town
from tests.demo.behind import Behind
from tests.demo.terminal import Demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A running demo, on a port of its own."""
    folder = tmp_path_factory.mktemp("demo")
    with Demo("--port", "0", env={"TMPDIR": str(folder)}) as started:
        started.address()
        yield started


@pytest_asyncio.fixture
async def town(demo: Demo) -> AsyncIterator[Town]:
    async with Town.open(demo.address()) as opened:
        yield opened


@pytest_asyncio.fixture
async def behind(town: Town) -> AsyncIterator[Behind]:
    """What the page sees behind the stage, with the bot running at the end as at the beginning."""
    async with Behind.of(town.base_url) as opened:
        yield opened
        if (await opened.shown())["bot"]["state"] != "running":
            await opened.asks("start")
            await opened.becomes("running")
