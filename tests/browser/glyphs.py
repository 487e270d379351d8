"""Which fonts a page is really drawn with, as Chromium says."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from playwright.async_api import CDPSession, Page

Node = dict[str, Any]

TEXT = 3
"""The type of a text node, https://dom.spec.whatwg.org/#node."""


async def foreign_glyphs(page: Page, selector: str = "body") -> list[str]:
    """Each text below the selected elements that a font of the machine draws, wholly or partly.

    What is written in fields and their placeholders counts; what is hidden does not.
    """
    await page.evaluate("document.fonts.ready")
    session = await page.context.new_cdp_session(page)
    try:
        return [told async for told in _foreign(session, selector)]
    finally:
        await session.detach()


async def _foreign(session: CDPSession, selector: str) -> AsyncIterator[str]:
    await session.send("DOM.enable")
    await session.send("CSS.enable")
    tree = (await session.send("DOM.getDocument", {"depth": -1, "pierce": True}))["root"]
    asked = {"nodeId": tree["nodeId"], "selector": selector}
    chosen = set((await session.send("DOM.querySelectorAll", asked))["nodeIds"])
    for text in _texts(tree, chosen, inside=False):
        used = await session.send("CSS.getPlatformFontsForNode", {"nodeId": text["nodeId"]})
        families = [font["familyName"] for font in used["fonts"] if not font["isCustomFont"]]
        if families:
            yield f"{text['nodeValue'].strip()} ({', '.join(families)})"


def _texts(node: Node, chosen: set[int], *, inside: bool) -> Iterator[Node]:
    """The text nodes at or below the chosen ones, those of fields included."""
    inside = inside or node["nodeId"] in chosen
    if inside and node["nodeType"] == TEXT and node["nodeValue"].strip():
        yield node
    for kind in ("shadowRoots", "pseudoElements", "children"):
        for child in node.get(kind, ()):
            yield from _texts(child, chosen, inside=inside)
