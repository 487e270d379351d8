"""The phone in the browser: from a tap to the bubble, the page's weight, and the way to it."""

import asyncio
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from playwright.async_api import Browser, Page

from benchmarks.bots import MUSHARAKA, ROOT, BotFailed, prepared, running
from benchmarks.figures import Figure, Goal
from benchmarks.telegram import Telegram, telegram
from handlers.language import _, speaking
from simulator.events import Event
from simulator.phone import NothingSaid
from simulator.town import Town
from tests.browser.chromium import chromium_at
from tests.browser.ground import find_browser

TAPS = 60
UNCOUNTED = 10
CLONE_SECONDS = 600.0
FIRST_CHOICE = "Chaque semaine"
"""A choice of the example's first question that has some."""

GOALS: Mapping[str, Goal] = {"page_weight_kb": Goal(150, is_most=True)}
NAMED = (
    "tap_to_bubble_p50_ms",
    "tap_to_bubble_p95_ms",
    "bot_share_p50_ms",
    "bot_share_p95_ms",
    "ratio_page_bot",
    "page_weight_kb",
    "page_unpacked_kb",
    "page_fonts_kb",
    "converses_s",
    "converses_environment_s",
)

TAP = """
label => new Promise((resolve, reject) => {
  const log = document.querySelector('.phone [role=log]');
  const newest = () => Math.max(0, ...[...log.querySelectorAll('.bubble[data-from=bot]')]
    .map(one => Number(one.dataset.message)));
  const button = [...log.querySelectorAll('button')]
    .filter(one => one.textContent.includes(label)).at(-1);
  if (!button) return reject(new Error('no button ' + label));
  const before = newest();
  const watching = new MutationObserver(() => {
    if (newest() <= before) return;
    watching.disconnect();
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => resolve(performance.now() - began);
      painted.port2.postMessage(0);
    });
  });
  watching.observe(log, {childList: true, subtree: true});
  const began = performance.now();
  button.click();
})
"""
"""Taps the newest button that holds the label; milliseconds until the frame after the next
message of the bot stands in the log."""


WEIGHED = """
() => [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
  .filter(one => new URL(one.name).origin === location.origin)
  .reduce(([page, unpacked, fonts], one) => /woff2$/.test(one.name)
    ? [page, unpacked, fonts + one.encodedBodySize]
    : [page + one.encodedBodySize, unpacked + one.decodedBodySize, fonts], [0, 0, 0])
"""


async def run(runs: int) -> list[Figure]:
    """Medians of runs, each of 60 taps by one person; the fresh clone once a run."""
    pages, shares, ways = list[list[float]](), list[list[float]](), list[tuple[float, float]]()
    for _run in range(runs):
        page, share, weight = await _conversation()
        pages.append(page)
        shares.append(share)
        ways.append(await asyncio.to_thread(_from_a_fresh_clone))
    return [
        Figure.of("tap_to_bubble_p50_ms", median(map(median, pages)), "ms"),
        Figure.of("tap_to_bubble_p95_ms", median(map(_p95, pages)), "ms"),
        Figure.of("bot_share_p50_ms", median(map(median, shares)), "ms"),
        Figure.of("bot_share_p95_ms", median(map(_p95, shares)), "ms"),
        Figure.of(
            "ratio_page_bot", median(map(median, pages)) / median(map(median, shares)), "times"
        ),
        Figure.of("page_weight_kb", weight.page, "kB", GOALS["page_weight_kb"]),
        Figure.of("page_unpacked_kb", weight.unpacked, "kB"),
        Figure.of("page_fonts_kb", weight.fonts, "kB"),
        Figure.of("converses_s", median(one[0] for one in ways), "s"),
        Figure.of("converses_environment_s", median(one[1] for one in ways), "s"),
    ]


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[18]


@dataclass(frozen=True)
class Weight:
    """Kilobytes that the browser fetched for a phone's page: as they travelled, without fonts;
    the same unpacked; the fonts that its letters asked for."""

    page: float
    unpacked: float
    fonts: float

    @classmethod
    async def of(cls, page: Page) -> "Weight":
        kept = await page.evaluate(WEIGHED)
        return cls(*(one / 1000 for one in kept))


async def _conversation() -> tuple[list[float], list[float], Weight]:
    """Milliseconds of each tap on the page, the bot's own share of them, and the page's weight."""
    with tempfile.TemporaryDirectory(prefix="musharaka-bench-") as name:
        folder = Path(name)
        settings = await prepared(folder, f"sqlite:///{folder}/musharaka.db")
        async with (
            telegram("1000001:simulated-token", validate=True) as server,
            running("ours", (*MUSHARAKA, "run"), server, folder, settings),
            chromium_at(find_browser()) as browser,
        ):
            page = await _at_a_question(server, browser)
            weight = await Weight.of(page)
            shown, shares = await _taps(server, page)
            return shown, shares, weight


async def _at_a_question(server: Telegram, browser: Browser) -> Page:
    """Amina's phone, at the first question of the example that has choices."""
    page = await browser.new_page()
    await page.goto(f"{server.base}/?phones=Amina:fr&open=c_neighbourhood-houses")
    phone = page.locator(".phone")
    await phone.get_by_role("button", name="Démarrer").click()
    with speaking("fr"):
        words = (_("Fill in the form"), _("I agree"), _("Continue"))
    for label in words:
        await phone.get_by_role("button", name=label).last.click()
    await phone.get_by_role("button", name=FIRST_CHOICE).last.wait_for()
    return page


async def _taps(server: Telegram, page: Page) -> tuple[list[float], list[float]]:
    """Choose, and go back, again and again: each choice brings a new bubble."""
    arrived, said = list[float](), list[float]()
    told = server.world.updates.pushed

    def pushed(update_id: int, chat_id: int) -> None:
        arrived.append(time.perf_counter())
        told(update_id, chat_id)

    def heard(event: Event) -> None:
        if event.kind == "message" and len(said) < len(arrived):
            said.append(time.perf_counter())

    with speaking("fr"):
        back = _("Back")
    shown, shares = list[float](), list[float]()
    for _tap in range(UNCOUNTED + TAPS):
        arrived.clear()
        said.clear()
        server.world.updates.pushed, server.on_change = pushed, heard
        shown.append(await page.evaluate(TAP, FIRST_CHOICE))
        server.world.updates.pushed, server.on_change = told, None
        shares.append((said[0] - arrived[0]) * 1000)
        log = page.locator(".phone [role=log]")
        await log.get_by_role("button", name=back).last.click()
        await log.get_by_role("button", name=FIRST_CHOICE).last.wait_for()
        await server.quiet(0.05)
    return shown[UNCOUNTED:], shares[UNCOUNTED:]


def _from_a_fresh_clone() -> tuple[float, float]:
    """Seconds from ``make demo`` in a new clone to the bot's first words on a phone, and how many
    of them the environment took. The package cache is as warm as this machine's is."""
    with tempfile.TemporaryDirectory(prefix="musharaka-clone-") as name:
        clone = Path(name) / "clone"
        _git("clone", "--quiet", str(ROOT), str(clone))
        env = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
        began = time.perf_counter()
        process = subprocess.Popen(
            ["make", "demo", "ARGS=--port 0 --no-browser"],  # noqa: S607 - whichever make
            cwd=clone,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            address = _address(process, began)
            asyncio.run(_converses(address))
            there = time.perf_counter()
            installed = max(
                path.stat().st_mtime for path in (clone / ".venv").glob(".installed-*")
            )
            return there - began, installed - (time.time() - (time.perf_counter() - began))
        finally:
            process.terminate()
            process.wait(30)


def _git(*words: str) -> None:
    subprocess.run(["git", *words], check=True, capture_output=True)  # noqa: S603, S607


def _address(process: "subprocess.Popen[str]", began: float) -> str:
    """The page's address, as the demo prints it."""
    printed: list[str] = []
    assert process.stdout is not None  # noqa: S101 - it is piped
    for line in process.stdout:
        printed.append(line)
        found_address = re.search(r"http://127\.0\.0\.1:\d+", line)
        if found_address:
            return found_address[0]
        if time.perf_counter() - began > CLONE_SECONDS:
            break
    raise BotFailed("make demo has not begun:\n" + "".join(printed[-30:]))


async def _converses(address: str) -> None:
    """A person writes /start and is answered."""
    async with Town.open(address) as town:
        phone: Any = await town.phone("Hassan", "ar")
        await phone.sends("/start")
        try:
            await phone.waits_for(timeout=CLONE_SECONDS)
        except NothingSaid as error:
            raise BotFailed(str(error)) from error
