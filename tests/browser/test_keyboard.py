"""From the loaded page to a sent answer and a tapped button, and back, without a mouse."""

import pytest
from playwright.async_api import expect

from simulator.town import Town
from tests.browser.keyboard import LostFocus, Walk
from tests.browser.screen import Screen, Visitor
from tests.browser.scripted import Bot

INVISIBLE = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*, *::before { outline: none !important; box-shadow: none !important }');
    document.adoptedStyleSheets.push(sheet);
}"""


async def test_a_focus_that_nobody_sees_is_found(visitor: Visitor) -> None:
    page = await visitor.opens("Amina:fr")
    await page.evaluate(INVISIBLE)

    with pytest.raises(LostFocus, match="nothing shows that the focus is on"):
        await Walk(page).press("Tab", "Tab", "Tab")


async def test_a_focus_that_falls_out_of_the_page_is_found(visitor: Visitor) -> None:
    page = await visitor.opens("Amina:fr")
    await page.evaluate(
        "() => document.addEventListener('focusin', ({ target }) =>"
        " queueMicrotask(() => target.blur()))"
    )

    with pytest.raises(LostFocus, match="the focus is nowhere"):
        await Walk(page).press("Tab", "Tab", "Tab")


async def asked(visitor: Visitor, town: Town, bot: Bot, who: str) -> tuple[Screen, Walk]:
    """A phone with a question of the bot on it, and hands on the keyboard."""
    name, language = who.split(":")
    phone = await town.phone(name, language)
    await phone.sends("/start")
    await bot.hears()
    await bot.says(phone.id, "Oui ?", [("Oui", "yes"), ("Non", "no")])
    screen = await visitor.holds(who, panel="1")
    await screen.waits_for("Oui ?")
    return screen, Walk(screen.page)


@pytest.mark.parametrize("who", ["Amina:fr", "Hassan:ar"])
async def test_from_the_first_key_to_a_sent_answer_and_a_tapped_button(
    visitor: Visitor, town: Town, bot: Bot, who: str
) -> None:
    screen, walk = await asked(visitor, town, bot, who)

    await walk.press("Tab", "Enter")
    await expect(screen.phone).to_be_focused()
    await walk.goes_to(screen.field)
    await screen.page.keyboard.type("Salam")
    await walk.press("Enter")
    assert (await bot.hears())["text"] == "Salam"
    await walk.goes_to(screen.key("Non"), "Shift+Tab")
    await walk.press("Space")
    query = await bot.hears("callback_query")
    await bot.answers(query, "C’est noté.", show_alert=True)
    await expect(screen.dialog).to_be_visible()
    await walk.stays_within(screen.dialog)
    await walk.press("Escape")

    assert query["data"] == "no"
    await expect(screen.dialog).to_have_count(0)
    await expect(screen.key("Non")).to_be_focused()


@pytest.mark.parametrize("kind", ["photo", "document", "location", "contact"])
async def test_each_sheet_opens_keeps_the_focus_and_gives_it_back(
    visitor: Visitor, town: Town, bot: Bot, kind: str
) -> None:
    amina, walk = await asked(visitor, town, bot, "Amina:fr")
    attach = amina.phone.get_by_role("button", name=amina.words["attach"])

    await walk.goes_to(amina.field)
    await walk.goes_to(attach)
    await walk.press("Enter")
    entry = amina.menu.get_by_role("menuitem", name=amina.words[kind])
    await walk.goes_to(entry, "ArrowDown")
    await amina.page.keyboard.press("Enter")
    await expect(amina.dialog).to_be_visible()
    await walk.stays_within(amina.dialog)
    await walk.press("Escape")

    await expect(amina.dialog).to_have_count(0)
    await expect(attach).to_be_focused()


async def test_messages_are_walked_with_arrows_and_their_options_opened(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina, walk = await asked(visitor, town, bot, "Amina:fr")

    await walk.goes_to(amina.log)
    await walk.press("ArrowUp", "ArrowUp", "ArrowDown")
    await expect(amina.said().last).to_be_focused()
    await walk.press("Enter")
    await expect(amina.menu).to_be_visible()
    await walk.press("Escape")
    await expect(amina.menu).to_have_count(0)
    await walk.press("Enter")
    await amina.page.keyboard.press("Enter")
    await expect(amina.field).to_be_focused()
    await amina.page.keyboard.type("Ici")
    await walk.press("Enter")

    assert (await bot.hears())["reply_to_message"]["text"] == "Oui ?"


async def test_an_edit_leaves_the_focus_on_the_button(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    sent = await bot.says(phone.id, "Choix", [("Un", "1"), ("Deux", "2")])
    amina = await visitor.holds("Amina:fr")
    walk = Walk(amina.page)

    await walk.goes_to(amina.key("Deux"))
    await bot.changes(sent, "Choix", [("Un", "1"), ("✅ Deux", "2")])
    await expect(amina.key("✅ Deux")).to_be_visible()

    await expect(amina.key("✅ Deux")).to_be_focused()
    await walk.look("after the edit")


async def test_the_list_the_toolbar_and_the_panel_are_reached(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina, walk = await asked(visitor, town, bot, "Amina:fr")
    page, said = amina.page, visitor.words["fr"]
    switch = page.get_by_role("switch", name=said["stageFlood"])
    theme = page.get_by_role("button", name=said["theme"])

    await walk.goes_to(theme)
    await walk.press("Space", "ArrowDown", "Escape")
    await expect(theme).to_be_focused()
    await walk.goes_to(amina.phone.get_by_role("button", name=amina.words["backToChats"]))
    await walk.press("Enter")
    row = amina.phone.get_by_role("list", name=amina.words["chatList"]).get_by_role("button")
    await expect(row).to_be_focused()
    await walk.press("Enter")
    await expect(amina.field).to_be_focused()
    await walk.goes_to(switch)
    await walk.press("Space")

    await expect(switch).to_be_checked()
    assert [fault["kind"] for fault in await town.faults()] == ["flood"]
    await expect(switch).to_be_focused()


async def test_a_phone_is_added_and_closed_without_losing_the_way(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina, walk = await asked(visitor, town, bot, "Amina:fr")
    page, said = amina.page, visitor.words["fr"]

    await walk.goes_to(page.get_by_role("button", name=said["addPhone"]))
    await walk.press("Enter")
    await walk.stays_within(page.get_by_role("dialog"))
    await walk.goes_to(page.get_by_role("textbox", name=said["name"]))
    await page.keyboard.type("Hassan")
    await page.keyboard.press("Enter")
    hassan = page.get_by_role("region", name="Hassan", exact=True)
    await expect(hassan.locator(":focus")).to_have_count(1)
    await walk.look("after adding a phone")
    await walk.goes_to(
        hassan.get_by_role("button", name=said["closePhone"].format(name="Hassan")), "Shift+Tab"
    )
    await page.keyboard.press("Enter")

    await expect(hassan).to_have_count(0)
    await walk.look("after closing a phone")
