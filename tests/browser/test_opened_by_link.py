"""A page whose address opens a deep link does so once: reloaded, it goes on where it was."""

from playwright.async_api import expect

from simulator.town import Town
from tests.browser.chromium import drawn
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot


async def test_a_link_in_the_address_is_opened_once(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina = await visitor.holds("Amina:fr", open="c_charter")
    async with amina.page.expect_response("**/messages") as sent:
        await amina.presses(amina.words["start"])
    await (await sent.value).finished()
    assert (await bot.hears())["text"] == "/start c_charter"

    await amina.page.reload()
    await drawn(amina.page)

    await expect(amina.field).to_be_visible()
    await expect(amina.phone.get_by_role("button", name=amina.words["start"])).to_have_count(0)
