"""One loop and one Chromium for all tests of the page; a town and a clean page for each."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from playwright.async_api import Browser, expect

from simulator.server import start
from simulator.settings import UNLIMITED, Settings
from simulator.town import Town
from tests.browser.chromium import PATIENCE_MILLISECONDS, chromium_at
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser lives as long as its loop: these tests share both."""
    for item in items:
        if HERE in item.path.parents and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(browser_path: Path) -> AsyncIterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    async with chromium_at(browser_path) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def town() -> AsyncIterator[Town]:
    """A simulated town; its limits are tried by their own tests."""
    settings = Settings().changed(UNLIMITED)
    async with start(settings=settings) as running, Town.open(running.base_url) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def bot(town: Town) -> AsyncIterator[Bot]:
    """A bot that says what the test makes it say."""
    async with ClientSession() as session:
        yield Bot(town.base_url, town.token, session)


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(chromium: Browser, town: Town) -> AsyncIterator[Visitor]:
    """Opens pages of the town; anything that goes wrong on one of them fails the test."""
    visitor = Visitor(chromium, town.base_url)
    yield visitor
    await visitor.leaves()
    visitor.watch.is_content()
