"""What the page's own fonts draw in a real browser, and what they let pass."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from simulator.town import Town
from tests.browser.glyphs import foreign_glyphs
from tests.browser.screen import Visitor
from tests.browser.scripted import Bot, keyboard
from tests.house.shown import WRITTEN

SAID = "<b>سؤال</b> Question 3 → <i>né(e)</i> 🔒 <code>c_charter ✓</code> <pre>٣٤ ✅</pre>"
SHOW = """async ([font, ...texts]) => {
    document.body.replaceChildren();
    const link = Object.assign(document.createElement("link"),
        { rel: "stylesheet", href: "/page/fonts.css" });
    const drawn = new Promise((resolve) => link.addEventListener("load", resolve));
    document.head.append(link);
    await drawn;
    for (const text of texts) {
        const line = Object.assign(document.createElement("p"), { textContent: text });
        const field = Object.assign(document.createElement("input"), { placeholder: text });
        for (const element of [line, field]) element.style.fontFamily = font;
        document.body.append(line, field);
    }
    document.body.offsetHeight;
    await document.fonts.ready;
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def sheet(chromium: Browser, town: Town) -> AsyncIterator[Page]:
    """An empty page of the simulator's origin, to write on."""
    page = await chromium.new_page()
    await page.goto(f"{town.base_url}/control/about")
    yield page
    await page.close()


async def test_a_text_of_another_font_is_found_in_a_line_and_in_a_field(sheet: Page) -> None:
    await sheet.evaluate(SHOW, ["var(--font-text)", "Taroudant 漢"])

    found = await foreign_glyphs(sheet)

    assert [told.split(" (")[0] for told in found] == ["Taroudant 漢", "Taroudant 漢"]


async def test_a_line_that_forgets_our_fonts_is_found(sheet: Page) -> None:
    await sheet.evaluate(SHOW, ["serif", "Taroudant"])

    assert len(await foreign_glyphs(sheet, "p")) == 1


@pytest.mark.parametrize("font", ["--font-text", "--font-mono"])
async def test_what_people_write_is_drawn_by_our_fonts(sheet: Page, font: str) -> None:
    await sheet.evaluate(SHOW, [f"var({font})", *WRITTEN.values()])

    assert await foreign_glyphs(sheet) == []


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("Où êtes-vous né(e) ? 12 %", {"noto-sans/latin"}),
        ("سؤال \u20683\u2069 من \u20689\u2069", {"noto-sans/latin", "noto-sans-arabic/arabic"}),
        ("Oui ✅", {"noto-sans/latin", "noto-color-emoji/2"}),
    ],
)
async def test_only_the_files_that_a_text_needs_are_loaded(
    sheet: Page, text: str, files: set[str]
) -> None:
    loaded: list[str] = []
    sheet.on("request", lambda request: loaded.append(request.url))

    await sheet.evaluate(SHOW, ["var(--font-text)", text])

    fonts = [url for url in loaded if url.endswith(".woff2")]
    assert {url.partition("/fonts/")[2].removesuffix(".woff2") for url in fonts} == files


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
async def test_the_whole_page_is_drawn_by_our_fonts(
    visitor: Visitor, town: Town, bot: Bot, language: str
) -> None:
    hassan, amina = await town.phone("Hassan", "ar"), await town.phone("Amina", "fr")
    for person in (hassan, amina):
        await person.sends("/start")
        await bot.says(person.id, SAID, [("✅ نعم · Oui", "yes")], parse_mode="HTML")
    await bot.says(amina.id, "ⵜⴰⵎⴰⵣⵉⵖⵜ", reply_markup=keyboard(["🏠 Menu"]))

    page = await visitor.opens("Hassan:ar,Amina:fr", words=language, panel="1")

    assert await page.locator("article.bubble").count() == 5
    assert await foreign_glyphs(page) == []
