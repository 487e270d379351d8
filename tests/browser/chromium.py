"""Chromium for the tests: how it is started, and a page that reports whatever goes wrong on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    async_playwright,
)

FLAGS = (
    "--disable-gpu",
    "--disable-dev-shm-usage",  # it is small in many containers
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",  # a microphone that beeps, and is allowed
    "--use-fake-device-for-media-stream",
)
PATIENCE_MILLISECONDS = 15_000  # waits end as soon as there is something to see
OF_THE_BROWSER = {"blob", "data", "about", "chrome-extension", "chrome"}
HANDED_OVER = {"eventsource", "font", "media", "document"}
"""Requests that may end early: the page leaves, a sound stops, a file is shown or kept."""


@asynccontextmanager
async def chromium_at(path: Path) -> AsyncIterator[Browser]:
    """A browser, driven over a pipe; it ends with the block."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


class Watch:
    """Collects what a careful eye would not let pass on a page."""

    def __init__(self, base_url: str) -> None:
        self._base = urlsplit(base_url).netloc
        self.faults: list[str] = []
        self.forgiven: tuple[str, ...] = ()

    def over(self, context: BrowserContext) -> None:
        """Watch each page of a context, those that open later too."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note(f"page error: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def moves_to(self, base_url: str) -> None:
        """From now on the page is another simulator's."""
        self._base = urlsplit(base_url).netloc

    def forgive(self, *parts: str) -> None:
        """Let pass what holds one of these words: the test itself is about it."""
        self.forgiven = (*self.forgiven, *parts)

    def verdict(self) -> list[str]:
        """What is left to complain about."""
        return [fault for fault in self.faults if not any(part in fault for part in self.forgiven)]

    def is_content(self) -> None:
        """Fail with all of it, if there is anything."""
        faults = self.verdict()
        assert not faults, "the page is not clean:\n" + "\n".join(faults)

    def _note(self, fault: str) -> None:
        self.faults.append(fault)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._note(f"console {message.type}: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        if not of_the_browser(request) and urlsplit(request.url).netloc != self._base:
            self._note(f"asked elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if of_the_browser(request):
            return
        ended = request.failure == "net::ERR_ABORTED" and request.resource_type in HANDED_OVER
        if not ended:
            self._note(f"failed: {request.method} {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self._note(f"refused: {response.status} {response.request.method} {response.url}")


def of_the_browser(request: Request) -> bool:
    """Whether it goes nowhere: what the page holds itself, what the PDF viewer is made of."""
    return urlsplit(request.url).scheme in OF_THE_BROWSER


async def opened(context: BrowserContext, address: str) -> Page:
    """The page of the simulator, drawn to the end."""
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    await page.goto(address)
    await drawn(page)
    return page


async def drawn(page: Page) -> None:
    """Until a page that was opened, also once more, shows everything."""
    await page.wait_for_selector("html[data-ready='1']", state="attached")
