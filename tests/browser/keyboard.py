"""A walk over the page without a mouse: every step looks whether one still sees where one is."""

from dataclasses import dataclass

from playwright.async_api import Locator, Page

MOST_STEPS = 60
LOOKS = 25
# Whose looks may change with the focus: the element, what it stands in or holds, its neighbour.
FOCUSED = """() => {
    const active = document.activeElement;
    if (!active || active === document.body) return null;
    const coloured = /[a-z-]+\\([^)]*\\)/g;
    const shows = one => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1)
            || /[1-9]\\d*px/.test(style.boxShadow.replace(coloured, ""));
    };
    const near = [active, active.nextElementSibling, active.parentElement,
        active.parentElement?.parentElement, ...active.children].filter(Boolean);
    const { width, height, top, bottom, left, right } = active.getBoundingClientRect();
    return {
        what: `${active.tagName.toLowerCase()} ${active.getAttribute("aria-label")
            ?? active.textContent.slice(0, 30)}`.trim(),
        marked: active.matches(":focus-visible") && near.some(shows),
        inView: width > 0 && height > 0
            && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth,
    };
}"""


class LostFocus(AssertionError):
    """Nobody could tell where they are."""


@dataclass
class Walk:
    """One person's fingers on the keys."""

    page: Page

    async def press(self, *keys: str) -> None:
        """Press keys; after each the focus must be somewhere, in view, and marked."""
        for key in keys:
            await self.page.keyboard.press(key)
            await self.look(f"after {key}")

    async def look(self, when: str) -> None:
        """Somewhere, marked (a mark may take a moment to appear) and in view."""
        for _ in range(LOOKS):
            focused = await self.page.evaluate(FOCUSED)
            if focused is not None and focused["marked"] and focused["inView"]:
                return
            await self.page.wait_for_timeout(20)
        if focused is None:
            raise LostFocus(f"{when}: the focus is nowhere")
        if not focused["marked"]:
            raise LostFocus(f"{when}: nothing shows that the focus is on {focused['what']!r}")
        raise LostFocus(f"{when}: {focused['what']!r} has the focus out of sight")

    async def goes_to(self, place: Locator, key: str = "Tab") -> None:
        """Step until that place has the focus."""
        passed = []
        for _ in range(MOST_STEPS):
            if await self.is_at(place):
                return
            await self.press(key)
            passed.append((await self.page.evaluate(FOCUSED))["what"])
        raise LostFocus(f"{key} does not lead there, but to " + ", ".join(passed))

    async def is_at(self, place: Locator) -> bool:
        found = place.last
        return bool(await place.count()) and bool(
            await found.evaluate("one => one === document.activeElement")
        )

    async def stays_within(self, place: Locator) -> None:
        """Once around, forward and back: the focus does not leave."""
        for key in ["Tab"] * 10 + ["Shift+Tab"] * 10:
            await self.press(key)
            if not await place.evaluate("one => one.contains(document.activeElement)"):
                raise LostFocus(f"{key} leads out of the dialog")
