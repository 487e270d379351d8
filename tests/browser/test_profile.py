"""What a bot says of itself, how it is found, and how one leaves it."""

import re

import pytest
from playwright.async_api import expect

from simulator.town import Town
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot, Refused

DESCRIPTIONS = {
    "Amina:fr": "Participez à la vie de la commune.",
    "Hassan:ar": "شاركوا في حياة الجماعة.",
}


@pytest.mark.parametrize("who", DESCRIPTIONS)
async def test_an_empty_chat_shows_what_the_bot_is_for(
    visitor: Visitor, bot: Bot, who: str
) -> None:
    for person, said in DESCRIPTIONS.items():
        await bot.asks("setMyDescription", description=said, language_code=person[-2:])
    screen = await visitor.holds(who)

    await expect(screen.phone.get_by_text(DESCRIPTIONS[who])).to_be_visible()
    await expect(
        screen.phone.get_by_role("heading", name=screen.words["whatCanItDo"])
    ).to_be_visible()
    await screen.presses(screen.words["start"])

    assert (await bot.hears())["text"] == "/start"
    await expect(screen.phone.get_by_text(DESCRIPTIONS[who])).to_have_count(0)


async def test_a_changed_description_is_shown_at_once(visitor: Visitor, bot: Bot) -> None:
    amina = await visitor.holds("Amina:fr")

    await bot.asks("setMyDescription", description="Un essai")

    await expect(amina.phone.get_by_text("Un essai")).to_be_visible()


async def test_the_menu_offers_the_commands_of_language_and_chat(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina_phone = await town.phone("Amina", "fr")
    for name, language in (("Amina", "fr"), ("Hassan", "ar"), ("Naima", "fr")):
        await (await town.phone(name, language)).sends("/start")
    naima = await town.phone("Naima", "fr")
    help_in = {"": "Help", "fr": "Aide", "ar": "مساعدة"}
    for language, said in help_in.items():
        commands = [{"command": "help", "description": said}]
        await bot.asks("setMyCommands", commands=commands, language_code=language)
    await bot.asks(
        "setMyCommands",
        commands=[{"command": "export", "description": "Prendre le tableau"}],
        scope={"type": "chat", "chat_id": naima.id},
    )
    page = await visitor.opens("Amina:fr,Hassan:ar,Naima:fr")

    seen = {}
    for who in ("Amina:fr", "Hassan:ar", "Naima:fr"):
        screen = visitor.phone(page, who)
        await screen.presses(screen.words["commands"])
        seen[who] = re.sub(r"\s+", " ", await screen.menu.inner_text()).strip()
        await page.keyboard.press("Escape")
    amina = visitor.phone(page, "Amina:fr")
    await amina.chooses(amina.words["commands"], "Aide")

    assert seen == {
        "Amina:fr": "Aide /help",
        "Hassan:ar": "مساعدة /help",
        "Naima:fr": "Prendre le tableau /export",
    }
    await amina.waits_for("/help")
    assert (await amina_phone.chat())[-1].text == "/help"


async def test_a_deep_link_in_the_address_waits_to_be_started(visitor: Visitor, bot: Bot) -> None:
    amina = await visitor.holds("Amina:fr", open="c_charter")

    await amina.presses(amina.words["start"])

    assert (await bot.hears())["text"] == "/start c_charter"
    await expect(amina.said("me").last).to_contain_text("/start")
    await expect(amina.said("me").last).not_to_contain_text("c_charter")


async def test_deep_links_in_a_text_and_on_a_button_open_the_chat(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.hears()
    link = f"https://t.me/{town.bot['username']}?start="
    await bot.says(
        phone.id,
        f'<a href="{link}in_text">Lisez</a>',
        [{"text": "Ouvrir", "url": f"{link}on_button"}],
        parse_mode="HTML",
    )
    amina = await visitor.holds("Amina:fr")
    heard = []

    for opened in (amina.phone.get_by_role("link", name="Lisez"), amina.key("Ouvrir")):
        await opened.click()
        await amina.presses(amina.words["start"])
        heard.append((await bot.hears())["text"])

    assert heard == ["/start in_text", "/start on_button"]


@pytest.mark.parametrize("written", ["https://t.me/{}?start=c_houses", "t.me/{}?start=c_houses"])
async def test_a_link_is_typed_or_pasted(
    visitor: Visitor, town: Town, bot: Bot, written: str
) -> None:
    amina = await visitor.holds("Amina:fr")

    await amina.chooses(amina.words["chatMenu"], amina.words["openLink"])
    await amina.dialog.get_by_role("textbox").fill(written.format(town.bot["username"]))
    await amina.confirms()
    await amina.presses(amina.words["start"])

    assert (await bot.hears())["text"] == "/start c_houses"


async def test_a_link_that_leads_elsewhere_is_refused_in_a_sentence(visitor: Visitor) -> None:
    amina = await visitor.holds("Amina:fr")

    await amina.chooses(amina.words["chatMenu"], amina.words["openLink"])
    await amina.dialog.get_by_role("textbox").fill("https://t.me/another_bot?start=x")
    await amina.page.keyboard.press("Enter")

    await expect(amina.dialog.get_by_role("alert").filter(has_text="another_bot")).to_be_visible()


async def test_a_foreign_link_is_shown_before_it_opens_elsewhere(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.says(phone.id, "Voir https://example.invalid/rapport?a=1")
    amina = await visitor.holds("Amina:fr")
    await amina.page.context.route(
        "https://example.invalid/**", lambda route: route.fulfill(body="elsewhere")
    )

    await amina.phone.get_by_role("link").click()
    await expect(amina.dialog).to_contain_text("https://example.invalid/rapport?a=1")
    assert visitor.watch.verdict() == []
    async with amina.page.context.expect_page() as asked:
        await amina.confirms()
    elsewhere = await asked.value
    visitor.watch.forgive("example.invalid")

    assert elsewhere.url == "https://example.invalid/rapport?a=1"
    assert await elsewhere.evaluate("window.opener") is None


async def test_the_bot_is_blocked_and_unblocked(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    amina = await visitor.holds("Amina:fr")

    await amina.chooses(amina.words["chatMenu"], amina.words["blockBot"])
    await expect(amina.phone.get_by_text(amina.words["youBlocked"])).to_be_visible()
    blocked = await bot.hears("my_chat_member")
    with pytest.raises(Refused, match="bot was blocked by the user"):
        await bot.says(phone.id, "Encore là ?")
    await amina.presses(amina.words["unblock"])

    assert blocked["new_chat_member"]["status"] == "kicked"
    assert (await bot.hears("my_chat_member"))["new_chat_member"]["status"] == "member"
    assert (await bot.hears())["text"] == "/start"
    await bot.says(phone.id, "Content de vous revoir")
    await amina.waits_for("Content de vous revoir")
