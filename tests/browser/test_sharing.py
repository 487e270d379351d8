"""A place and a number: typed, picked, one's own or another's."""

import pytest
from playwright.async_api import expect

from simulator.town import Town
from tests.browser.screen import Screen, Visitor
from tests.browser.scripted import Bot, keyboard


async def amina_about_to_share(visitor: Visitor, town: Town, bot: Bot, what: str) -> Screen:
    await (await town.phone("Amina", "fr")).sends("/start")
    await bot.hears()
    amina = await visitor.holds("Amina:fr")
    await amina.chooses(amina.words["attach"], amina.words[what])
    return amina


@pytest.mark.parametrize(("latitude", "longitude"), [("30.4703", "-8.877"), ("٣٠٫٤٧٠٣", "−8,877")])
async def test_a_place_is_typed(
    visitor: Visitor, town: Town, bot: Bot, latitude: str, longitude: str
) -> None:
    amina = await amina_about_to_share(visitor, town, bot, "location")

    await amina.dialog.get_by_label(amina.words["latitude"]).fill(latitude)
    await amina.dialog.get_by_label(amina.words["longitude"]).fill(longitude)
    await amina.confirms()

    place = (await bot.hears())["location"]
    assert (place["latitude"], place["longitude"]) == (30.4703, -8.877)
    await expect(amina.said("me").last).to_contain_text("30.47030, -8.87700")


async def test_a_place_is_picked_with_a_tap_and_with_the_arrows(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina = await amina_about_to_share(visitor, town, bot, "location")
    field = amina.dialog.get_by_label(amina.words["latitude"])
    plan = amina.dialog.get_by_role("application")
    before = float(await field.input_value())

    await plan.click(position={"x": 60, "y": 20})
    tapped = float(await field.input_value())
    await plan.press("ArrowUp")
    moved = float(await field.input_value())
    await amina.confirms()

    assert before < tapped < moved
    assert (await bot.hears())["location"]["latitude"] == moved


async def test_a_place_that_is_nowhere_is_refused_in_a_sentence(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina = await amina_about_to_share(visitor, town, bot, "location")

    await amina.dialog.get_by_label(amina.words["latitude"]).fill("95")
    await amina.confirms()

    await expect(amina.dialog.get_by_text(amina.words["latitudeWrong"])).to_be_visible()
    await expect(amina.dialog.get_by_label(amina.words["latitude"])).to_be_focused()


async def test_a_button_asks_for_the_place(visitor: Visitor, town: Town, bot: Bot) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.hears()
    keys = keyboard([{"text": "Envoyer ma position", "request_location": True}])
    await bot.says(phone.id, "Où ?", reply_markup=keys)
    amina = await visitor.holds("Amina:fr")

    await amina.presses("Envoyer ma position")
    await amina.confirms()

    assert "location" in await bot.hears()


async def test_ones_own_number_is_known_to_be_ones_own(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    phone = await town.phone("Amina", "fr")
    await phone.sends("/start")
    await bot.hears()
    keys = keyboard([{"text": "Partager mon numéro", "request_contact": True}])
    await bot.says(phone.id, "Votre numéro ?", reply_markup=keys)
    amina = await visitor.holds("Amina:fr")

    await amina.presses("Partager mon numéro")
    await (
        amina.dialog.get_by_label(amina.words["contactNumber"])
        .and_(amina.dialog.get_by_role("textbox"))
        .fill("06 12 34 56 78")
    )
    await amina.confirms()

    contact = (await bot.hears())["contact"]
    assert contact["user_id"] == phone.id
    assert contact["phone_number"].lstrip("+") == "212612345678"
    await expect(amina.said("me").last).to_contain_text("Amina")


async def test_anothers_number_is_only_a_number(visitor: Visitor, town: Town, bot: Bot) -> None:
    amina = await amina_about_to_share(visitor, town, bot, "contact")

    await amina.dialog.get_by_role("radio", name=amina.words["contactOther"]).check()
    await amina.dialog.get_by_label(amina.words["contactFirst"]).fill("Brahim")
    await (
        amina.dialog.get_by_label(amina.words["contactNumber"])
        .and_(amina.dialog.get_by_role("textbox"))
        .fill("+33 6 12 34 56 78")
    )
    await amina.confirms()

    contact = (await bot.hears())["contact"]
    assert "user_id" not in contact
    assert (contact["first_name"], contact["phone_number"].lstrip("+")) == (
        "Brahim",
        "33612345678",
    )


async def test_a_number_that_is_none_is_refused_in_a_sentence(
    visitor: Visitor, town: Town, bot: Bot
) -> None:
    amina = await amina_about_to_share(visitor, town, bot, "contact")

    await amina.dialog.get_by_role("textbox", name=amina.words["contactNumber"]).fill("12")
    await amina.confirms()

    await expect(amina.dialog.get_by_text(amina.words["contactWrong"])).to_be_visible()
