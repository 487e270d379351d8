"""What happens while the page fetches the town once more is not lost, and neither is the town."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest_asyncio
from playwright.async_api import Page, Route, expect

from simulator.events import Events
from simulator.server import Running, start
from simulator.town import Town
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot

SNAPSHOT = "**/control/page"


@pytest_asyncio.fixture(loop_scope="session")
async def running() -> AsyncIterator[Running]:
    async with start() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def town(running: Running) -> AsyncIterator[Town]:
    async with Town.open(running.base_url) as opened:
        yield opened


def tell_of_a_chat_that_the_page_does_not_know(events: Events) -> None:
    """The page has to fetch the town once more."""
    events.add("read", -1, 1)


async def held_back(page: Page) -> tuple[asyncio.Event, Callable[[], None]]:
    """From now on a snapshot is taken, and then held back; when it is, and how to let it go."""
    taken, let_go = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        answer = await route.fetch()
        taken.set()
        await let_go.wait()
        await route.fulfill(response=answer)

    await page.route(SNAPSHOT, hold)
    return taken, let_go.set


async def test_what_is_said_while_the_town_is_fetched_again_is_shown(
    visitor: Visitor, town: Town, bot: Bot, running: Running
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    amina = await visitor.holds("Amina:fr")
    taken, let_go = await held_back(amina.page)

    tell_of_a_chat_that_the_page_does_not_know(running.world.events)
    await taken.wait()
    await bot.says(phone.id, "Dit entre-temps")
    await phone.sends("Et ensuite")
    let_go()

    await amina.waits_for("Et ensuite")
    await expect(amina.bubbles.filter(has_text="Dit entre-temps")).to_have_count(1)


async def test_a_town_that_could_not_be_fetched_is_asked_for_again(
    visitor: Visitor, town: Town, bot: Bot, running: Running
) -> None:
    visitor.watch.forgive("/control/page", "ERR_FAILED")
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    amina = await visitor.holds("Amina:fr")
    banner = amina.page.get_by_text(visitor.words["fr"]["connectionLost"])
    await amina.page.route(SNAPSHOT, lambda route: route.abort())

    tell_of_a_chat_that_the_page_does_not_know(running.world.events)
    await expect(banner).to_be_visible()
    await bot.says(phone.id, "Dit entre-temps")
    await amina.page.unroute(SNAPSHOT)

    await expect(banner).to_be_hidden()
    await amina.waits_for("Dit entre-temps")
