"""The side panel for the curious: what it counts, and what its switches really do."""

import time

import pytest
from playwright.async_api import Locator, Page, expect

from simulator.town import Town
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot, Refused

SWITCHES = {
    "stageSlow": "latency",
    "stageFlood": "flood",
    "stageDown": "error",
    "stageDouble": "duplicate",
}


async def panel_of(visitor: Visitor) -> tuple[Page, Locator]:
    """A page with Amina's phone and the panel beside it."""
    page = await visitor.opens("Amina:fr", panel="1")
    return page, page.get_by_role("complementary", name=visitor.words["fr"]["panel"])


async def test_the_counters_move_as_messages_do(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    _, panel = await panel_of(visitor)
    waiting = panel.locator('[data-stop="telegram"] .way-count')
    said = panel.locator('[data-stop="said"] .way-count')

    await expect(waiting).to_have_text("0")
    await phone.sends("/start")
    await phone.sends("Bonjour")
    await expect(waiting).to_have_text("2")
    await bot.hears()
    await bot.hears()
    await bot.confirms()
    await expect(waiting).to_have_text("0")
    await bot.says(phone.id, "Bonjour Amina")

    await expect(said).to_have_text("1")


@pytest.mark.parametrize("name", SWITCHES)
async def test_a_switch_sets_a_fault_and_clears_it(
    visitor: Visitor, town: Town, name: str
) -> None:
    _, panel = await panel_of(visitor)
    switch = panel.get_by_role("switch", name=visitor.words["fr"][name])

    await expect(switch).not_to_be_checked()
    await switch.click()
    await expect(switch).to_be_checked()
    faults = await town.faults()
    await switch.click()
    await expect(switch).not_to_be_checked()

    assert [fault["kind"] for fault in faults] == [SWITCHES[name]]
    assert await town.faults() == []


@pytest.mark.parametrize(
    ("name", "words"), [("stageFlood", "Too Many Requests"), ("stageDown", "Bad Gateway")]
)
async def test_what_a_switch_refuses_is_refused(
    visitor: Visitor, town: Town, bot: Bot, name: str, words: str
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    _, panel = await panel_of(visitor)
    switch = panel.get_by_role("switch", name=visitor.words["fr"][name])

    await switch.click()
    await expect(switch).to_be_checked()
    with pytest.raises(Refused, match=words):
        await bot.says(phone.id, "Bonjour")
    await switch.click()
    await expect(switch).not_to_be_checked()

    await bot.says(phone.id, "Bonjour")


async def test_the_slow_network_is_slow(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    _, panel = await panel_of(visitor)
    switch = panel.get_by_role("switch", name=visitor.words["fr"]["stageSlow"])

    await switch.click()
    await expect(switch).to_be_checked()
    begun = time.monotonic()
    await bot.says(phone.id, "Bonjour")

    assert time.monotonic() - begun > 0.9


async def test_updates_come_twice_when_asked_to(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    _, panel = await panel_of(visitor)
    switch = panel.get_by_role("switch", name=visitor.words["fr"]["stageDouble"])

    await switch.click()
    await expect(switch).to_be_checked()
    await phone.sends("Une fois")
    heard = [(await bot.asks("getUpdates", timeout=5))[0]["update_id"]]
    await bot.asks("getUpdates", offset=heard[0] + 1, timeout=0)
    heard += [update["update_id"] for update in await bot.asks("getUpdates", timeout=5)]

    assert heard == [heard[0]] * 2


async def test_a_fault_that_was_set_elsewhere_is_shown(visitor: Visitor, town: Town) -> None:
    said = (await panel_of(visitor))[1]

    await town.fault("flood", "sendMessage")
    await expect(
        said.get_by_role("switch", name=visitor.words["fr"]["stageFlood"])
    ).to_be_checked()
    await town.fault("half_body", "getFile")

    await expect(said).to_contain_text("half_body")


async def test_without_a_bot_the_panel_says_how_to_have_one(visitor: Visitor, town: Town) -> None:
    _, panel = await panel_of(visitor)

    await expect(panel).to_contain_text(visitor.words["fr"]["stageAlone"])
    await expect(panel).to_contain_text(f"BOT_API_BASE={town.base_url}")
    await expect(panel.get_by_role("button", name=visitor.words["fr"]["stageKill"])).to_have_count(
        0
    )


async def test_the_panel_is_put_away_and_stays_so(visitor: Visitor) -> None:
    page, panel = await panel_of(visitor)
    said = visitor.words["fr"]

    await page.get_by_role("button", name=said["hidePanel"]).click()
    await expect(panel).to_have_count(0)
    await page.goto(f"{visitor.base_url}/?words=fr&phones=Amina:fr")
    await expect(page.get_by_role("button", name=said["showPanel"])).to_be_visible()

    await expect(panel).to_have_count(0)
