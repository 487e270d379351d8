"""What axe finds on a page, of WCAG 2.2 at level AA."""

from typing import Any

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped] # it ships none
from playwright.async_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
OPTIONS = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}


async def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it."""
    await page.wait_for_function(SETTLED)
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(Axe().axe_script)
    results = await page.evaluate("options => axe.run(document, options)", OPTIONS)
    found: list[dict[str, Any]] = results["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} ({' '.join(node['failureSummary'].split())[:240]})"
        for one in found
        for node in one["nodes"]
    ]


# A colour on its way to another one is not what people read.
SETTLED = """() => document.getAnimations().every((one) =>
    one.playState !== "running" || one.effect.getComputedTiming().iterations === Infinity)"""
