"""Many phones, restarts, a lost connection: the page goes on."""

from collections import Counter

import pytest
from aiohttp import ClientSession
from playwright.async_api import Page, expect

from simulator.server import start
from simulator.town import Town
from tests.browser.chromium import drawn
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot

TEN = {f"Voisin{number}": ("fr", "ar")[number % 2] for number in range(10)}
BROKEN_OFF = ("/control/", "ERR_CONNECTION_REFUSED", "ERR_INCOMPLETE_CHUNKED", "ERR_CONNECTION")


async def test_ten_phones_live_on_one_stream(visitor: Visitor, town: Town, bot: Bot) -> None:
    context = await visitor.context()
    asked: Counter[str] = Counter()
    context.on("request", lambda request: asked.update([request.resource_type]))
    people = {name: await town.phone(name, language) for name, language in TEN.items()}
    for phone in people.values():
        await phone.sends("/start")
    page = await visitor.opens(
        ",".join(f"{name}:{language}" for name, language in TEN.items()), within=context
    )

    for name, phone in people.items():
        await bot.says(phone.id, f"Bonjour {name}", [("Oui", "yes")])
    for name, language in TEN.items():
        screen = visitor.phone(page, f"{name}:{language}")
        await expect(screen.bubble(f"Bonjour {name}")).to_be_attached()
    before = sum(asked.values())
    await screen.taps("Oui")
    await bot.hears("callback_query")

    assert asked["eventsource"] == 1
    assert sum(asked.values()) == before + 1
    assert await page.get_by_role("region").count() == 10


async def test_a_page_opened_again_shows_everything_as_it_was(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.says(phone.id, "Question 1", [("Oui", "yes")])
    page = await visitor.opens(f"{phone.name}:fr")
    await visitor.phone(page, "Amina:fr").field.fill("Je commence à écr")

    await page.goto(f"{visitor.base_url}/?words=fr")
    await drawn(page)
    await page.reload()
    await drawn(page)

    amina = visitor.phone(page, "Amina:fr")
    await amina.waits_for("Question 1")
    await expect(amina.key("Oui")).to_be_visible()
    await expect(amina.field).to_have_value("Je commence à écr")


async def test_a_restarted_simulator_is_found_again(visitor: Visitor, town: Town) -> None:
    visitor.watch.forgive(*BROKEN_OFF)
    async with start() as first:
        port = int(first.base_url.rsplit(":", 1)[-1])
        visitor.base_url = first.base_url
        visitor.watch.moves_to(first.base_url)
        page = await visitor.opens("Amina:fr,Hassan:ar")
        banner = page.get_by_text(visitor.words["fr"]["connectionLost"])
        await expect(banner).to_be_hidden()
    await expect(banner).to_be_visible()

    async with start(port=port) as second, Town.open(second.base_url) as again:
        await expect(banner).to_be_hidden()
        await still_converses(visitor, page, again)


async def still_converses(visitor: Visitor, page: Page, town: Town) -> None:
    """Both phones are people of the new town, and hear what is said there."""
    async with ClientSession() as session:
        bot = Bot(town.base_url, town.token, session)
        amina = visitor.phone(page, "Amina:fr")
        await amina.presses(amina.words["start"])
        heard = await bot.hears()
        await bot.says(heard["chat"]["id"], "Nous revoilà")

        assert heard["from"]["first_name"] == "Amina"
        await amina.waits_for("Nous revoilà")
        await expect(visitor.phone(page, "Hassan:ar").phone).to_be_visible()


async def test_what_cannot_be_sent_is_said_and_stays_written(visitor: Visitor, town: Town) -> None:
    visitor.watch.forgive(*BROKEN_OFF)
    async with start() as running, Town.open(running.base_url) as away:
        visitor.base_url = running.base_url
        visitor.watch.moves_to(running.base_url)
        await (await away.phone("Amina", "fr")).sends("/start")
        amina = await visitor.holds("Amina:fr")
    await expect(amina.page.get_by_text(visitor.words["fr"]["connectionLost"])).to_be_visible()

    await amina.field.fill("Des livres")
    await amina.field.press("Enter")

    await expect(amina.toast).to_have_text(visitor.words["fr"]["noAnswer"])
    await expect(amina.field).to_have_value("Des livres")


async def test_the_page_asks_nobody_else_and_may_not(visitor: Visitor, town: Town) -> None:
    async with ClientSession() as session, session.get(f"{town.base_url}/") as answer:
        policy = answer.headers["Content-Security-Policy"]

    await visitor.opens("Amina:fr", panel="1")

    assert policy.split("; ")[0] == "default-src 'self'"
    assert not any(word in policy for word in ("unsafe", "http:", "https:", "*"))
    assert visitor.watch.verdict() == []


@pytest.mark.parametrize(
    ("asked", "system", "dark"),
    [("light", "dark", False), ("dark", "light", True), ("", "dark", True), ("", "light", False)],
)
async def test_dark_and_light_as_asked_or_as_the_system_is(
    visitor: Visitor, town: Town, asked: str, system: str, dark: bool
) -> None:
    context = await visitor.context(color_scheme=system)
    await (await town.phone("Amina", "fr")).sends("/start")
    theme = {"theme": asked} if asked else {}
    page = await visitor.opens("Amina:fr", within=context, **theme)

    assert await is_dark(page) is dark


async def test_the_look_is_chosen_and_remembered(visitor: Visitor, town: Town) -> None:
    await (await town.phone("Amina", "fr")).sends("/start")
    page = await visitor.opens("Amina:fr")
    said = visitor.words["fr"]

    await page.get_by_role("button", name=said["theme"]).click()
    await page.get_by_role("menuitemradio", name=said["themeDark"]).click()
    await page.reload()
    await drawn(page)

    assert await is_dark(page)


async def is_dark(page: Page) -> bool:
    """Whether writing is lighter than its ground, on the page and in a phone."""
    found: list[bool] = await page.evaluate(
        """() => {
            const brush = document.createElement("canvas")
                .getContext("2d", { willReadFrequently: true });
            const lightness = colour => {
                brush.fillStyle = colour;
                brush.fillRect(0, 0, 1, 1);
                return brush.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((a, b) => a + b);
            };
            return ["body", ".balloon"].map(place => {
                const style = getComputedStyle(document.querySelector(place));
                return lightness(style.backgroundColor) < lightness(style.color);
            });
        }"""
    )
    assert len(set(found)) == 1
    return found[0]
