"""The pictures that the documents show: drawn like the others, committed, of few colours."""

from pathlib import Path

from playwright.async_api import Browser

from tests.gallery.conversation import conversation
from tests.gallery.demo_page import photographed
from tests.gallery.drawing import file_name
from tests.gallery.ground import PEOPLE, Grounds, Place
from tests.gallery.looking import faults_of
from tests.gallery.palette import with_few_colours
from tests.gallery.scene import Scene
from tests.gallery.stage import context, stage

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
SCREENS = {
    "card": "card",
    "question": "question-select-multiple-ticked",
    "review": "review",
    "workspace": "workspace-messages",
    "builder": "composing-two",
    "draft": "managing-draft",
    "opening": "opening",
    "team": "team",
    "messages": "messages",
    "report": "report",
    "export": "export-offer",
}
"""The officers' pages show these scenes under these names."""
WIDTH, HEIGHT = 700, 1000
"""Of the page in the README's first screen: wide enough for the phone to have its frame."""
SCREEN = 800
"""The height of that phone's screen, as tall phones have it."""


async def keep(browser: Browser, drawn: Path, scenes: dict[str, Scene]) -> None:
    """Renew what the documents show of scenes that have been drawn into a folder."""
    for name, scene in SCREENS.items():
        for language in PEOPLE:
            picture = (drawn / file_name(scenes[scene], language)).read_bytes()
            await _kept(browser, f"{name}.{language}.png", picture)


async def draw_conversation(browser: Browser, places: Grounds, language: str) -> list[str]:
    """Renew the phone of the README; what is wrong with it."""
    ground = places[Place.TAROUDANT]
    async with ground.visited(language) as visit:
        said = list(conversation(visit))
    async with (
        stage(ground, language) as on,
        context(browser, on.noon, width=WIDTH, height=HEIGHT) as clean,
    ):
        await on.bot.introduces_itself()
        for one in said:
            if isinstance(one, str):
                await on.phone.sends(one)
            else:
                await on.bot.says(on.phone.id, one)
        await on.bot.reads()
        page = await on.page(clean, theme="light")
        phone = on.drawn(page)
        await phone.locator(".screen").evaluate(f"screen => screen.style.blockSize = '{SCREEN}px'")
        faults = await faults_of(page, phone)
        picture = await phone.screenshot()
    await _kept(browser, f"phone.{language}.png", picture)
    return faults


async def draw_demo(browser: Browser) -> None:
    """Renew the pictures of the whole page."""
    for language, picture in (await photographed(browser, PEOPLE)).items():
        await _kept(browser, f"page.{language}.png", picture)


async def _kept(browser: Browser, name: str, picture: bytes) -> None:
    KEPT.mkdir(exist_ok=True)
    (KEPT / name).write_bytes(await with_few_colours(browser, picture))
