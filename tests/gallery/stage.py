"""One scene in one language before a browser: a town of its own, a phone, the page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from playwright.async_api import Browser, BrowserContext, Locator, Page

from simulator.phone import Phone
from simulator.server import start
from simulator.settings import UNLIMITED, Settings
from simulator.town import Town
from tests.gallery.ground import PEOPLE, Ground
from tests.gallery.posting import Poster, poster

NARROW, TALL = 412, 3000
"""A telephone's own browser: the phone fills the page, and every message is drawn at once."""
LOWEST = 640
PATIENCE_MILLISECONDS = 30_000
SCALE = 2
"""Device pixels: letters stay sharp where a page shows the picture large."""

NEEDED = """() => {
  const [log, said] = [".log", ".log-list"].map((name) => document.querySelector(name));
  return log ? innerHeight - log.clientHeight + said.offsetHeight + 24 : 0;
}"""


@dataclass(frozen=True)
class Stage:
    """A person's phone in a town where nobody else lives."""

    town: Town
    phone: Phone
    bot: Poster
    noon: datetime

    async def page(self, context: BrowserContext, **more: str) -> Page:
        """The page with this one phone; ``more`` are parameters of its address."""
        name = f"{self.phone.name}:{self.phone.user['language_code']}"
        wanted = urlencode({"phones": name, "bare": "1", **more})
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        await page.goto(f"{self.town.base_url}/?{wanted}")
        await page.wait_for_selector("html[data-ready='1']", state="attached")
        return page

    def drawn(self, page: Page) -> Locator:
        """The phone on the page."""
        return page.locator(f'.phone[data-person="{self.phone.id}"]')


async def fit(page: Page) -> None:
    """Make the page as high as what is said on it."""
    needed: int = await page.evaluate(NEEDED)
    await page.set_viewport_size({"width": NARROW, "height": max(LOWEST, needed)})


@asynccontextmanager
async def stage(ground: Ground, language: str, app: str = "") -> AsyncIterator[Stage]:
    """A town with the person of a language in it; its clocks say noon.

    ``app``: what their app speaks, where it is another language.
    """
    name, channel_id = PEOPLE[language]
    settings = Settings().changed(UNLIMITED)
    async with (
        start(settings=settings) as running,
        Town.open(running.base_url) as town,
        poster(running, ground) as bot,
    ):
        noon = _next_noon()
        await town.advance_clock((noon - datetime.now(UTC)).total_seconds())
        phone = await town.phone(name, app or language, id=channel_id)
        yield Stage(town, phone, bot, noon)


@asynccontextmanager
async def context(
    browser: Browser, at: datetime, theme: str = "light", width: int = NARROW, height: int = TALL
) -> AsyncIterator[BrowserContext]:
    """A clean browser whose clock says the same: pictures change only with what they show."""
    made = await browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=SCALE,
        timezone_id="UTC",
        locale="en-GB",
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    await made.clock.set_fixed_time(at)
    try:
        yield made
    finally:
        await made.close()


def _next_noon() -> datetime:
    """The simulator's clock goes forward only."""
    now = datetime.now(UTC)
    today = now.replace(hour=12, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)
