"""A phone that is closed in the middle of something gives up what it held."""

from pathlib import Path

from playwright.async_api import expect

from tests.browser.screen import Visitor

COUNTED = """
    window.held = new Set();
    const [make, give] = [URL.createObjectURL, URL.revokeObjectURL];
    URL.createObjectURL = one => { const url = make.call(URL, one); held.add(url); return url; };
    URL.revokeObjectURL = url => { held.delete(url); give.call(URL, url); };
"""


async def test_a_file_that_was_chosen_on_a_closed_phone_is_let_go(
    visitor: Visitor, tmp_path: Path
) -> None:
    context = await visitor.context()
    await context.add_init_script(COUNTED)
    amina = await visitor.holds("Amina:fr", within=context)
    await amina.presses(amina.words["start"])
    chosen = tmp_path / "plan.txt"
    chosen.write_text("un plan")
    await amina.chooses(amina.words["attach"], amina.words["document"])
    await amina.chooses_file(chosen)
    await expect(amina.dialog).to_contain_text("plan.txt")
    assert await amina.page.evaluate("held.size") == 1

    await amina.phone.locator(".caption button").click()

    await expect(amina.phone).to_have_count(0)
    await amina.page.wait_for_function("() => held.size === 0", timeout=3000)
