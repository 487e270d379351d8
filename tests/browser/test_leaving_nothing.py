"""What the page draws anew takes what it replaces with it: nothing piles up over a long day."""

from pathlib import Path

from playwright.async_api import Page, expect

from simulator.town import Town
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot

OFTEN = 12
SAMPLE = Path(__file__).parents[2] / "simulator" / "page" / "voices" / "sample.fr.ogg"


async def listeners(page: Page) -> int:
    """How many listeners live on the page, once what nobody holds is gone."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    counted = await session.send("Memory.getDOMCounters")
    await session.detach()
    return int(counted["jsEventListeners"])


async def turn_the_theme(visitor: Visitor, page: Page) -> None:
    words = visitor.words["fr"]
    await page.get_by_role("button", name=words["theme"]).click()
    await page.get_by_role("menuitemradio", checked=False).first.click()
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_a_panel_that_is_drawn_anew_takes_the_old_one_with_it(
    visitor: Visitor, town: Town
) -> None:
    page = await visitor.opens("Amina:fr", panel="1")
    await turn_the_theme(visitor, page)
    before = await listeners(page)

    for _ in range(OFTEN):
        await turn_the_theme(visitor, page)

    assert await listeners(page) < before + OFTEN


async def test_a_voice_note_that_is_drawn_anew_takes_the_old_one_with_it(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.sends("sendVoice", phone.id, "v.oga", SAMPLE.read_bytes(), "audio/ogg")
    amina = await visitor.holds("Amina:fr")
    await expect(amina.phone.locator(".voice-play")).to_be_visible()
    before = await listeners(amina.page)

    for _ in range(OFTEN):
        await amina.presses(amina.words["backToChats"])
        await amina.phone.locator(".chat-row").click()
        await expect(amina.phone.locator(".voice-play")).to_be_visible()

    assert await listeners(amina.page) < before + OFTEN


async def test_a_menu_that_was_open_when_the_phone_was_drawn_anew_is_forgotten(
    visitor: Visitor, town: Town
) -> None:
    amina = await visitor.holds("Amina:fr")
    before = await listeners(amina.page)

    for language in ("ar", "fr") * (OFTEN // 2):
        await amina.phone.locator(".chat-head .icon-button").last.click()
        await expect(amina.menu).to_be_visible()
        await town.phone("Amina", language)
        await expect(amina.phone.locator(f".screen[lang={language}]")).to_be_visible()
        await expect(amina.menu).to_have_count(0)

    assert await listeners(amina.page) < before + OFTEN
