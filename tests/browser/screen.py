"""A page of phones and each phone on it, used as people do: by what is written there."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.chromium import Watch, opened

TICK = "✅ "
Words = dict[str, Any]
READ_WORDS = """() => import("/page/js/words.js").then(({ LANGUAGES, words }) =>
    Object.fromEntries(LANGUAGES.map(language => [language, words(language)])))"""


class Screen:
    """One person's phone; `words` are what the page says by itself in this person's language."""

    def __init__(self, page: Page, name: str, words: Words) -> None:
        self.page = page
        self.name = name
        self.words = words
        self.phone = page.get_by_role("region", name=name, exact=True)
        self.log = self.phone.get_by_role("log")
        self.bubbles = self.phone.locator("article.bubble")
        self.field = self.phone.locator(".composer textarea")
        self.toast = self.phone.get_by_role("status").filter(has_text=re.compile(r"\S"))
        self.dialog = self.phone.get_by_role("dialog")
        self.menu = self.phone.get_by_role("menu")

    def bubble(self, text: str) -> Locator:
        """The newest message that holds this text."""
        return self.bubbles.filter(has_text=text).last

    def said(self, by: str = "bot") -> Locator:
        """All messages of the bot, of this person (me) or of others (other)."""
        return self.phone.locator(f'article.bubble[data-from="{by}"]')

    def key(self, name: str) -> Locator:
        """The button of that name under the newest message that has one."""
        exactly = self.page.locator(".keys").get_by_role("button", name=beginning(name))
        return self.bubbles.filter(has=exactly).last.get_by_role("button", name=beginning(name))

    async def waits_for(self, text: str) -> Locator:
        """Until a message with this text is in view."""
        found = self.bubble(text)
        await expect(found).to_be_visible()
        await expect(found).to_be_in_viewport()
        return found

    async def taps(self, name: str) -> None:
        """Tap a button under a message."""
        await self.key(name).click()

    async def ticks(self, *names: str) -> None:
        """Tick choices one by one: each is shown as ticked before the next."""
        for name in names:
            await self.taps(name)
            await expect(self.key(TICK + name)).to_be_visible()

    async def answers(self, *names: str) -> None:
        """Tap a button; the bot says something new to each."""
        for name in names:
            newest = await self.newest_of_bot()
            await self.taps(name)
            await self.hears_after(newest)

    async def tells(self, text: str) -> None:
        """Write; the bot says something new to it."""
        newest = await self.newest_of_bot()
        await self.writes(text)
        await self.hears_after(newest)

    async def writes(self, text: str) -> None:
        """Write a message and send it with Enter; it stands in the chat."""
        await self.field.fill(text)
        await self.field.press("Enter")
        await expect(self.field).to_have_value("")

    async def newest_of_bot(self) -> int:
        """The number of the bot's newest message; 0 when it has said nothing."""
        numbers = await self.said().evaluate_all("all => all.map(one => +one.dataset.message)")
        return max(numbers, default=0)

    async def hears_after(self, newest: int) -> None:
        """Until the bot has said something newer."""
        await self.page.wait_for_function(
            """([name, newest]) => [...document.querySelectorAll(
                `.phone[aria-label="${name}"] article[data-from="bot"]`)]
                .some(one => +one.dataset.message > newest)""",
            arg=[self.name, newest],
        )

    async def chooses(self, *path: str) -> None:
        """Press the button of the first name, then the menu's entry of the second."""
        first, *entries = path
        await self.phone.get_by_role("button", name=first, exact=True).last.click()
        for entry in entries:
            await (
                self.menu.get_by_role("menuitem", name=beginning(entry))
                .or_(self.menu.get_by_role("menuitemradio", name=beginning(entry)))
                .click()
            )

    async def presses(self, name: str) -> None:
        """Press a button of the phone itself, or of its dialog."""
        await self.phone.get_by_role("button", name=name, exact=True).last.click()

    async def confirms(self) -> None:
        """Press the button of the dialog that does what it is for."""
        await self.dialog.locator("button[type=submit]").click()

    async def chooses_file(self, path: Path) -> None:
        """Give the dialog a file of this computer."""
        async with self.page.expect_file_chooser() as asked:
            await self.dialog.locator("label:has(input[type=file])").click()
        await (await asked.value).set_files(path)


class Visitor:
    """Somebody before a browser: the page, whatever was asked of it, and what went wrong on it."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser = browser
        self.base_url = base_url
        self.watch = Watch(base_url)
        self.words: dict[str, Words] = {}
        self._contexts: list[BrowserContext] = []

    async def opens(
        self, phones: str = "", *, within: BrowserContext | None = None, **parameters: str
    ) -> Page:
        """The page, in a browser that has never seen it; `phones` as `Amina:fr,Hassan:ar`."""
        context = within or await self.context()
        page = await opened(context, self.address(phones, **parameters))
        self.words = self.words or await page.evaluate(READ_WORDS)
        return page

    async def holds(
        self, phone: str, *, within: BrowserContext | None = None, **parameters: str
    ) -> Screen:
        """A page with this one phone, `Amina:fr`."""
        return self.phone(await self.opens(phone, within=within, **parameters), phone)

    def phone(self, page: Page, phone: str) -> Screen:
        """One of the phones of a page that is open."""
        name, language = phone.split(":")
        return Screen(page, name, self.words[language])

    def address(self, phones: str = "", **parameters: str) -> str:
        asked = {"words": "fr", "panel": "0", **parameters}
        if phones:
            asked["phones"] = phones
        return f"{self.base_url}/?{urlencode(asked)}"

    async def context(self, **options: object) -> BrowserContext:
        """A fresh browser of this visitor's, that is watched."""
        settings = {
            "viewport": {"width": 1280, "height": 860},
            "locale": "fr-MA",
            "timezone_id": "UTC",
            "reduced_motion": "reduce",
            "permissions": ["microphone", "clipboard-read", "clipboard-write"],
            **options,
        }
        context = await self._browser.new_context(**settings)  # type: ignore[arg-type]
        self.watch.over(context)
        self._contexts.append(context)
        return context

    async def leaves(self) -> None:
        for context in self._contexts:
            await context.close()


def beginning(name: str) -> re.Pattern[str]:
    """Names that begin so, up to a word's end: buttons say more, `Envoyer ✅`."""
    return re.compile(rf"^\s*{re.escape(name)}(?!\w)")


async def texts(places: Locator) -> Sequence[str]:
    return [text.strip() for text in await places.all_inner_texts()]
