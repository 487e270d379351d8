"""The page by axe: WCAG 2.2 at level AA, in each language, light and dark, with all that opens."""

import time
from typing import Any

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, expect

from simulator.town import Town
from tests.browser.accessible import violations
from tests.browser.screen import Screen, Visitor
from tests.browser.scripted import Bot, keyboard
from tests.browser.test_media import NOTE, VOICES, png

WHO = {"fr": "Amina:fr", "ar": "Hassan:ar"}
SAID = {
    "fr": ("Bonjour <b>Amina</b>, voici <a href='https://example.invalid'>le lien</a>.", "Oui"),
    "ar": ("مرحبا <b>حسن</b>، هذا <a href='https://example.invalid'>الرابط</a>.", "نعم"),
}
BACKSTAGE: dict[str, Any] = {
    "bot": {"state": "running", "since": time.time(), "starts": 2, "pid": 4711, "sentence": None},
    "acts": ["kill", "stop", "play:answer"],
    "links": [{"label": {"ar": "دور الحي", "fr": "Maisons de quartier"}, "start": "c_houses"}],
    "queues": [
        {
            "name": name,
            "counts": {"waiting": 2, "done": 12, "parked": 1},
            "rows": [
                {"id": number, "what": "message", "state": state, "at": time.time()}
                for number, state in enumerate(("waiting", "done", "parked", "failed", "sent"))
            ],
        }
        for name in ("inbox", "outbox", "deliveries")
    ],
    "journey": {"name": "answer", "running": True},
}


async def test_a_planted_fault_is_found(visitor: Visitor) -> None:
    page = await visitor.opens("Amina:fr")
    assert await violations(page) == []

    await page.evaluate(
        """() => {
            const pale = Object.assign(document.createElement('p'), { textContent: 'pale' });
            pale.style.cssText = 'color: #ddd; background: #fff';
            document.querySelector('main').append(document.createElement('button'), pale);
        }"""
    )

    found = await violations(page)
    assert sorted(one.split(":")[0] for one in found) == ["button-name", "color-contrast"]


async def full_conversation(bot: Bot, chat_id: int, language: str) -> None:
    """One of everything that a bubble can hold."""
    text, button = SAID[language]
    await bot.says(chat_id, text, [(button, "yes"), ("2", "no")], parse_mode="HTML")
    await bot.says(chat_id, "<tg-spoiler>…!</tg-spoiler> <code>1+1</code>", parse_mode="HTML")
    await bot.says(chat_id, "<blockquote>a</blockquote> /help", parse_mode="HTML")
    voice = (VOICES / f"sample.{language}.ogg").read_bytes()
    await bot.sends("sendVoice", chat_id, "v.ogg", voice, "audio/ogg")
    await bot.sends("sendPhoto", chat_id, "a.png", png(), "image/png", caption=button)
    await bot.sends("sendDocument", chat_id, "note.pdf", NOTE.read_bytes(), "application/pdf")
    await bot.asks("sendLocation", chat_id=chat_id, latitude=30.47, longitude=-8.877)
    await bot.asks("sendContact", chat_id=chat_id, phone_number="+212600000000", first_name="Ali")
    sent = await bot.says(chat_id, "1", [(button, "yes")])
    await bot.changes(sent, "2", [(button, "yes"), {"text": "t.me", "url": "https://t.me/x"}])
    await bot.says(chat_id, button, reply_markup=keyboard([button, "2"], is_persistent=False))
    await bot.asks("setMyCommands", commands=[{"command": "help", "description": button}])


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_a_phone_full_of_everything_is_accessible(
    visitor: Visitor, town: Town, bot: Bot, language: str, theme: str
) -> None:
    screen = await full_phone(visitor, town, bot, language, theme)

    found = {"conversation": await violations(screen.page)}
    await screen.presses(screen.words["backToChats"])
    found["list"] = await violations(screen.page)

    assert {state: faults for state, faults in found.items() if faults} == {}


@pytest.mark.parametrize(("language", "theme"), [("ar", "light"), ("fr", "dark")])
async def test_each_menu_and_sheet_is_accessible(
    visitor: Visitor, town: Town, bot: Bot, language: str, theme: str
) -> None:
    screen = await full_phone(visitor, town, bot, language, theme)

    found = {}
    for opened in ("commands", "attach", "chatMenu"):
        await screen.presses(screen.words[opened])
        found[opened] = await violations(screen.page)
        await screen.page.keyboard.press("Escape")
    for kind in ("photo", "document", "location", "contact"):
        await screen.chooses(screen.words["attach"], screen.words[kind])
        found[kind] = await in_dialog(screen)
    await screen.presses(screen.words["sendVoice"])
    found["voice"] = await in_dialog(screen)
    await screen.bubbles.locator("button.picture").click()
    found["picture"] = await in_dialog(screen)
    await screen.bubbles.locator("button.attachment").click()
    found["pdf"] = await in_dialog(screen)
    await screen.taps("t.me")
    found["foreign link"] = await in_dialog(screen)
    await screen.taps(SAID[language][1])
    query = await bot.hears("callback_query")
    await bot.answers(query, SAID[language][1], show_alert=True)
    found["alert"] = await in_dialog(screen)

    assert {state: faults for state, faults in found.items() if faults} == {}


async def full_phone(visitor: Visitor, town: Town, bot: Bot, language: str, theme: str) -> Screen:
    """A person's phone on which there is one of everything."""
    phone = await town.phone(WHO[language].split(":")[0], language)
    await phone.sends("Salam")
    await full_conversation(bot, phone.id, language)
    screen = await visitor.holds(WHO[language], theme=theme, words=language)
    await screen.waits_for(SAID[language][1])
    return screen


async def in_dialog(screen: Screen) -> list[str]:
    """What axe finds while a dialog of the phone is open; it is closed afterwards."""
    await expect(screen.dialog).to_be_visible()
    found = await violations(screen.page)
    await screen.page.keyboard.press("Escape")
    await expect(screen.dialog).to_have_count(0)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "fr"])
async def test_the_frame_around_the_phones_is_accessible(
    visitor: Visitor, town: Town, language: str, theme: str
) -> None:
    page = await visitor.opens("", theme=theme, words=language, panel="1")
    said = visitor.words[language]

    found = {"nobody yet": await violations(page)}
    async with ClientSession() as session:
        await session.put(f"{town.base_url}/control/backstage", json=BACKSTAGE)
    await town.fault("flood", "sendMessage")
    await town.fault("half_body", "getFile")
    for person, speaks in (("Amina", "fr"), ("Hassan", "ar")):
        await add_phone(page, said, person, speaks)
    await page.get_by_text("4711").wait_for()
    closed = page.locator("details:not([open]) > summary")
    while await closed.count():
        await closed.first.click()
    found["panel"] = await violations(page)
    for opened in ("theme", "pageLanguage"):
        await page.get_by_role("button", name=said[opened], exact=True).click()
        found[opened] = await violations(page)
        await page.keyboard.press("Escape")
    for opened in ("help", "addPhone"):
        await page.get_by_role("button", name=said[opened], exact=True).click()
        await page.get_by_role("dialog").wait_for()
        found[opened] = await violations(page)
        await page.keyboard.press("Escape")

    assert {state: faults for state, faults in found.items() if faults} == {}


async def add_phone(page: Page, said: dict[str, Any], name: str, language: str) -> None:
    """By the form of the empty page, or by the button once there is a phone."""
    if not await page.locator(".first-phone").count():
        await page.get_by_role("button", name=said["addPhone"], exact=True).click()
    form = page.locator("form").filter(has=page.get_by_role("textbox", name=said["name"])).last
    await form.get_by_role("textbox", name=said["name"]).fill(name)
    await form.locator(f"input[value={language}]").check()
    await form.locator("button[type=submit]").click()
    await expect(page.get_by_role("region", name=name, exact=True)).to_be_visible()
