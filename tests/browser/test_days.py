"""Days between messages: a day's name stands above its first message, whatever was deleted."""

from playwright.async_api import expect

from simulator.town import Town
from tests.browser.screen import Visitor, texts
from tests.browser.scripted import Bot


async def test_a_day_whose_only_message_went_is_named_again(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await town.advance_clock(24 * 3600)
    first = await bot.says(phone.id, "Une annonce")
    amina = await visitor.holds("Amina:fr")
    days = amina.phone.locator(".day")
    before = await texts(days)

    await bot.asks("deleteMessage", chat_id=phone.id, message_id=first["message_id"])
    await expect(days).to_have_count(1)
    await bot.says(phone.id, "Une autre annonce")
    await amina.waits_for("Une autre annonce")

    assert len(before) == 2
    assert await texts(days) == before
