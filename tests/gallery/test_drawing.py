"""The drawing itself: one scene in each language, and an eye that sees what is planted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.chromium import chromium_at
from tests.gallery.__main__ import main
from tests.gallery.drawing import draw
from tests.gallery.ground import PEOPLE, grounds
from tests.gallery.looking import faults_of
from tests.gallery.scenes import SCENES

IN_ONE_LOOP = pytest.mark.asyncio(loop_scope="module")
PLANTED = """
<div class="phone" data-person="1" style="width: 300px; overflow: hidden">
  <p style="width: 400px">A word</p>
  <button style="width: 60px; overflow: hidden; white-space: nowrap">A label that is cut</button>
  <p style="white-space: nowrap; width: 50px">Words that stand beside</p>
</div>
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium(browser_path: Path) -> AsyncIterator[Browser]:
    async with chromium_at(browser_path) as browser:
        yield browser


@IN_ONE_LOOP
async def test_planted_faults_are_seen(chromium: Browser) -> None:
    page = await chromium.new_page()
    await page.set_content(PLANTED)

    faults = await faults_of(page, page.locator(".phone"))

    await page.close()
    for what in ("sticks out: <p", "cut: <button", "words beside their place: <p"):
        assert any(fault.startswith(what) for fault in faults), what
    assert sum(fault.startswith("drawn with") for fault in faults) == 3


def test_without_a_browser_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("MUSHARAKA_BROWSER", str(tmp_path / "none"))

    code = main([])

    told = capsys.readouterr().err
    assert code == 1
    assert "apt-get install chromium" in told
    assert "MUSHARAKA_BROWSER" in told


def test_a_name_that_no_scene_has_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing-of-ours"]) == 1
    assert "nothing-of-ours" in capsys.readouterr().err


@IN_ONE_LOOP
async def test_a_scene_is_drawn_in_each_language(chromium: Browser, tmp_path: Path) -> None:
    scene = next(one for one in SCENES if one.name == "question-select-multiple-ticked")

    files = {language: tmp_path / f"{language}.png" for language in sorted(PEOPLE)}

    async with grounds(tmp_path, [scene.place]) as places:
        faults = [
            await draw(chromium, places, scene, language, file) for language, file in files.items()
        ]

    assert faults == [[], []]
    for file in files.values():
        assert file.read_bytes().startswith(b"\x89PNG")
        assert file.stat().st_size > 20_000
