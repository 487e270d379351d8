"""Draws a scene: posted to a town of its own, opened in a browser, looked at, photographed."""

from pathlib import Path

from playwright.async_api import Browser, Locator

import simulator
from handlers.commands import Presence
from tests.gallery.ground import PEOPLE, Grounds
from tests.gallery.looking import faults_of
from tests.gallery.scene import VOICE, Notice, Scene, Seen
from tests.gallery.stage import Stage, context, fit, stage

VOICES = Path(simulator.__file__).parent / "page" / "voices"


def file_name(scene: Scene, language: str, theme: str = "light") -> str:
    """``card.fr.png``, or ``card.fr.dark.png``."""
    dark = ".dark" if theme == "dark" else ""
    return f"{scene.name}.{language}{dark}.png"


def files(scene: Scene, theme: str = "light") -> list[str]:
    """The names of a scene's pictures, one a language."""
    return [file_name(scene, language, theme) for language in PEOPLE]


async def draw(
    browser: Browser,
    places: Grounds,
    scene: Scene,
    language: str,
    file: Path,
    theme: str = "light",
) -> list[str]:
    """Draw a scene in a language into a file; what is wrong with it."""
    ground = places[scene.place]
    async with ground.visited(language) as visit:
        seen = await scene.seen(visit)
    async with stage(ground, language, scene.app) as on, context(browser, on.noon, theme) as clean:
        await _post(on, scene, seen, language)
        page = await on.page(clean, theme=theme)
        phone = on.drawn(page)
        await fit(page)
        if isinstance(seen, Notice):
            await _tap(on, phone, seen)
        faults = await faults_of(page, phone)
        await phone.screenshot(path=file)
    return faults


async def _post(on: Stage, scene: Scene, seen: Seen, language: str) -> None:
    """What stands in the chat before anybody looks."""
    await on.bot.introduces_itself()
    if isinstance(seen, Presence):
        return
    words = scene.words(language)
    if words == VOICE:
        await on.phone.sends_voice((VOICES / f"sample.{language}.ogg").read_bytes())
    else:
        await on.phone.sends(words)
    await on.bot.reads()
    await on.bot.says(on.phone.id, seen.behind if isinstance(seen, Notice) else seen)


async def _tap(on: Stage, phone: Locator, notice: Notice) -> None:
    """A button is tapped on the page, and answered with the words of the notice."""
    await phone.locator('[data-from="bot"] .keys button').first.click()
    query_id = ""
    while not query_id:
        query_id = await _query(on)
    await on.bot.answers(query_id, notice.answer)
    await phone.get_by_text(notice.answer.text or "").first.wait_for()


async def _query(on: Stage) -> str:
    """The tap that waits for its answer; ``""`` before it has arrived."""
    updates = await on.bot.reads()
    return next((u["callback_query"]["id"] for u in updates if "callback_query" in u), "")
