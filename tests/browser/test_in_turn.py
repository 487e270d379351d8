"""What one person does arrives in the order in which they did it, and a hidden page rests."""

from playwright.async_api import expect

from simulator.town import Town
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot

WORDS = ("ألف", "باء", "تاء", "ثاء", "جيم")
EACH_FASTER = """
() => {
  const real = window.fetch;
  let delay = 200;
  window.fetch = async (...asked) => {
    const mine = delay;
    delay = Math.max(0, delay - 50);
    await new Promise((resolve) => setTimeout(resolve, mine));
    return real(...asked);
  };
}
"""
HIDE = """
hidden => {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
"""


async def test_quick_messages_keep_their_order(visitor: Visitor, town: Town) -> None:
    hassan = await visitor.holds("Hassan:ar")
    phone = await town.phone("Hassan")
    await phone.sends("/start")
    await hassan.waits_for("/start")
    await hassan.page.evaluate(EACH_FASTER)

    for word in WORDS:
        await hassan.field.fill(word)
        await hassan.field.press("Enter")
    await hassan.waits_for(WORDS[-1])

    assert [message.text for message in await phone.chat()] == ["/start", *WORDS]


async def test_a_hidden_page_leaves_its_connection_and_misses_nothing(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina = await visitor.holds("Amina:fr")
    phone = await town.phone("Amina")
    await phone.sends("/start")
    await amina.waits_for("/start")

    await amina.page.evaluate(HIDE, True)
    await bot.says(phone.id, "Pendant votre absence")
    await amina.page.wait_for_timeout(300)
    unseen = await amina.bubble("Pendant votre absence").count()
    await amina.page.evaluate(HIDE, False)

    await amina.waits_for("Pendant votre absence")
    assert unseen == 0


async def test_a_correction_too_long_is_kept_and_explained(visitor: Visitor, town: Town) -> None:
    amina = await visitor.holds("Amina:fr")
    phone = await town.phone("Amina")
    await phone.sends("Bonjour")
    await amina.waits_for("Bonjour")

    await amina.bubble("Bonjour").hover()
    await amina.bubble("Bonjour").locator(".more").click()
    await amina.menu.get_by_role("menuitem", name="Modifier").click()
    await amina.field.fill("é" * 4097)
    await amina.field.press("Enter")

    await expect(amina.toast).to_contain_text("Raccourcissez-le")
    assert await amina.field.input_value() == "é" * 4097
