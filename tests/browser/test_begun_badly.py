"""A page that begins with nonsense, in its address or in its memory, begins all the same."""

import pytest
from playwright.async_api import expect

from simulator.town import Town
from tests.browser.screen import Visitor


@pytest.mark.parametrize("kept", ["garbage{", "5", '"Amina"', "{}", '[null, "x"]'])
async def test_a_memory_that_says_nonsense_is_no_obstacle(
    visitor: Visitor, town: Town, kept: str
) -> None:
    await town.phone("Amina", "fr")
    context = await visitor.context()
    await context.add_init_script(
        f"Storage.prototype.getItem = name => name.startsWith('phones') ? `{kept}` : null"
    )

    page = await visitor.opens(within=context)

    await expect(page.get_by_role("region", name="Amina", exact=True)).to_be_visible()


async def test_somebody_who_cannot_move_in_keeps_nobody_else_out(visitor: Visitor) -> None:
    visitor.watch.forgive("/control/people")

    page = await visitor.opens(":ar,Amina:fr,Nobody:<b>")

    await expect(page.get_by_role("dialog")).to_have_count(2)
    await expect(page.locator('.phone[aria-label="Amina"]')).to_be_visible()
