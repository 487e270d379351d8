"""Looks at a drawn phone: nothing sticks out or is cut, every letter has a font of the page."""

from pathlib import Path

from playwright.async_api import Locator, Page

SCRIPT = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")


async def faults_of(page: Page, phone: Locator) -> list[str]:
    """What a careful eye would not let pass."""
    cut: list[str] = await phone.evaluate(SCRIPT)
    return [*cut, *await foreign_letters(page, phone)]


async def foreign_letters(page: Page, phone: Locator) -> list[str]:
    """Text drawn with a font of the machine: elsewhere it looks different, or is a box."""
    session = await page.context.new_cdp_session(page)
    await session.send("DOM.enable")
    await session.send("CSS.enable")
    root = (await session.send("DOM.getDocument", {"depth": 0}))["root"]["nodeId"]
    person = await phone.get_attribute("data-person")
    query = {"nodeId": root, "selector": f'.phone[data-person="{person}"] *'}
    nodes = (await session.send("DOM.querySelectorAll", query))["nodeIds"]
    faults = []
    for node in nodes:
        used = await session.send("CSS.getPlatformFontsForNode", {"nodeId": node})
        foreign = [font["familyName"] for font in used["fonts"] if not font["isCustomFont"]]
        if foreign:
            outer = await session.send("DOM.getOuterHTML", {"nodeId": node})
            faults.append(f"drawn with {', '.join(foreign)}: {outer['outerHTML'][:120]}")
    await session.detach()
    return faults
