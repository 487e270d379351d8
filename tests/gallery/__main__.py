"""`make gallery`: draw every scene, write the sheet, renew the pictures of the documents."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Browser
from playwright.async_api import Error as PlaywrightError

from tests.browser.chromium import chromium_at
from tests.browser.ground import PACKAGE, POINTING, NoBrowser, find_browser
from tests.gallery import pictures, sheet
from tests.gallery.drawing import draw, file_name, files
from tests.gallery.ground import PEOPLE, Grounds, grounds
from tests.gallery.scene import Scene
from tests.gallery.scenes import SCENES

OUT = Path(__file__).parent / "out"


def main(words: Sequence[str]) -> int:
    """The exit code; 1 where there is no browser or a picture has a fault."""
    parser = argparse.ArgumentParser(prog="make gallery", description=__doc__)
    parser.add_argument("names", nargs="*", help="scenes whose names begin so; all without")
    wanted = tuple(parser.parse_args(words).names)
    scenes = [scene for scene in SCENES if scene.name.startswith(wanted or "")]
    if not scenes:
        sys.stderr.write(f"No scene begins with {' or '.join(wanted)}.\n")
        return 1
    try:
        path = find_browser()
    except NoBrowser as fault:
        sys.stderr.write(
            f"The gallery is drawn by a browser, and there is none: {fault}\n"
            f"Install the package `{PACKAGE}` (Debian: apt-get install {PACKAGE}),\n{POINTING}\n"
        )
        return 1
    return asyncio.run(_draw(path, scenes))


async def _draw(browser_path: Path, scenes: Sequence[Scene]) -> int:
    OUT.mkdir(exist_ok=True)
    if len(scenes) == len(SCENES):
        for old in OUT.glob("*.png"):
            old.unlink()
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        async with grounds(Path(folder)) as places, chromium_at(browser_path) as browser:
            faults = await _all(browser, places, scenes)
            if len(scenes) == len(SCENES):
                faults |= await _documents(browser, places)
    drawn = [scene for scene in SCENES if all((OUT / one).exists() for one in files(scene))]
    written = sheet.write(OUT, drawn, faults)
    found = sum(map(len, faults.values()))
    sys.stdout.write(f"\n{len(scenes)} scenes in {written}; faults: {found}\n")
    return 1 if found else 0


async def _all(browser: Browser, places: Grounds, scenes: Sequence[Scene]) -> dict[str, list[str]]:
    """Draw one scene after the other, its pictures together; what is wrong, by picture."""
    faults: dict[str, list[str]] = {}
    for scene in scenes:
        sys.stdout.write(f"{scene.name}\n")
        sys.stdout.flush()
        themes = ("light", "dark") if scene.dark else ("light",)
        wanted = [(language, theme) for theme in themes for language in PEOPLE]
        found = await asyncio.gather(*(_one(browser, places, scene, *one) for one in wanted))
        for (language, theme), sentences in zip(wanted, found, strict=True):
            name = file_name(scene, language, theme)
            faults |= {name: sentences} if sentences else {}
            sys.stdout.writelines(f"  {name}: {sentence}\n" for sentence in sentences)
    return faults


async def _one(
    browser: Browser, places: Grounds, scene: Scene, language: str, theme: str
) -> list[str]:
    file = OUT / file_name(scene, language, theme)
    try:
        return await draw(browser, places, scene, language, file, theme)
    except PlaywrightError as error:
        file.unlink(missing_ok=True)
        return [f"was not drawn: {error}"]


async def _documents(browser: Browser, places: Grounds) -> dict[str, list[str]]:
    """Renew what is committed."""
    await pictures.draw_demo(browser)
    await pictures.keep(browser, OUT, {scene.name: scene for scene in SCENES})
    return {
        f"phone.{language}.png": await pictures.draw_conversation(browser, places, language)
        for language in PEOPLE
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
