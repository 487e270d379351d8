"""The whole page of `make demo`, as it runs: two phones in a conversation, and what is behind."""

import asyncio
import re
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from playwright.async_api import Browser

from simulator.phone import Phone
from simulator.town import Town
from tests.browser.chromium import opened

WHERE = re.compile(r"The phones are here: (\S+)")
PATIENCE_SECONDS = 60.0
WIDTH, HEIGHT = 1340, 880
PARAMETERS = "?phones=Hassan:ar,Amina:fr&panel=1&theme=light"
BEGIN = {
    "ar": ("تعبئة", "أوافق", "متابعة", "كل شهر"),
    "fr": ("Remplir", "J’accepte", "Continuer", "Chaque mois"),
}
"""The buttons that lead to the second question."""


class DidNotStart(AssertionError):
    """The demo has not said where its phones are."""


async def photographed(browser: Browser, languages: Iterable[str]) -> dict[str, bytes]:
    """Pictures of the page, framed in each language, while the real bot answers two people."""
    async with demo() as address, Town.open(address) as town:
        await _begins(await town.phone("Hassan", "ar"), "ar")
        amina = await town.phone("Amina", "fr")
        await _begins(amina, "fr")
        await amina.sends("14/11/2026")
        await amina.waits_for("minutes")
        await town.quiet()
        context = await browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, reduced_motion="reduce"
        )
        pictures = {}
        try:
            for language in languages:
                page = await opened(context, f"{address}{PARAMETERS}&words={language}")
                await page.locator(".keys").last.wait_for()
                pictures[language] = await page.screenshot()
            return pictures
        finally:
            await context.close()


async def _begins(phone: Phone, language: str) -> None:
    await phone.opens_link("c_neighbourhood-houses")
    for button in BEGIN[language]:
        await phone.taps(await phone.waits_for(button=button), button)
    await phone.waits_for("23/11/2026")


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """`make demo` on a port of its own, without a browser; where its page is."""
    command = (sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        yield await asyncio.wait_for(_address(process), PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await process.communicate()


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := WHERE.search(line.decode()):
            return found[1]
    raise DidNotStart
