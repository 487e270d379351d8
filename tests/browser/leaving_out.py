"""Finds the browser once for a whole run; without one, leaves its tests out and says so at last.

A test is the browser's when it asks for `browser_path`, itself or through another fixture. Where
no browser can be had every other test runs, and the run fails.
"""

import os
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.browser.ground import PACKAGE, POINTING, NoBrowser, find_browser, find_or_install

FOLDERS = {"browser", "gallery"}
FIXTURE = "browser_path"


@dataclass
class Search:
    """The browser of this run or why there is none, and the tests that went without."""

    path: Path | None = None
    fault: str | None = None
    left_out: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.path is not None or self.fault is not None


SEARCH = pytest.StashKey[Search]()


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
    given: dict[str, Any] = getattr(config, "workerinput", {})
    path, fault = given.get("browser", (None, None))
    config.stash[SEARCH] = Search(path and Path(path), fault)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """In the process that distributes tests, before the others start."""
    if reaches_folders(config):
        search(config, may_install=not config.getoption("keyword"))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    found: Search = node.config.stash[SEARCH]
    node.workerinput["browser"] = (found.path and str(found.path), found.fault)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    output: dict[str, Any] = getattr(node, "workeroutput", None) or {}
    if "left_out" in output:
        found: Search = node.config.stash[SEARCH]
        found.left_out, found.fault = output["left_out"], output["browser_fault"]


def reaches_folders(config: pytest.Config) -> bool:
    """Whether what was asked for on the command line may hold tests of the browser."""
    for word in config.args:
        place = config.rootpath / word.split("::")[0]
        if FOLDERS & {*place.parts} or any(
            path.name in FOLDERS for path in place.glob("**/") if place.is_dir()
        ):
            return True
    return False


def search(config: pytest.Config, *, may_install: bool) -> Search:
    """Look for the browser, once; what came of it."""
    found = config.stash[SEARCH]
    if found.is_over:
        return found
    try:
        if may_install:
            found.path = find_or_install(lambda words: tell(config, words))
        else:
            found.path = find_browser()
    except NoBrowser as fault:
        found.fault = str(fault)
    return found


def tell(config: pytest.Config, words: str) -> None:
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if reporter is not None:
        reporter.ensure_newline()
        reporter.write_line(words)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanting = [item for item in items if FIXTURE in getattr(item, "fixturenames", ())]
    if not wanting:
        return
    is_worker = hasattr(config, "workerinput")
    found = search(config, may_install=not is_worker)
    if found.path is not None:
        return
    found.left_out = [item.nodeid for item in wanting]
    items[:] = [item for item in items if item not in set(wanting)]
    if is_worker:
        config.workeroutput.update(  # type: ignore[attr-defined]
            left_out=found.left_out, browser_fault=found.fault
        )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    """After everything else that is said, say what was left out."""
    found = session.config.stash[SEARCH]
    is_worker = hasattr(session.config, "workerinput")
    without_others = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    if found.left_out and not is_worker and session.exitstatus in without_others:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if found.left_out and not is_worker and reporter is not None:
        _say_what_is_missing(reporter, found)


def _say_what_is_missing(reporter: pytest.TerminalReporter, found: Search) -> None:
    reporter.section("LEFT OUT: THE TESTS IN A BROWSER", red=True, bold=True)
    for test in found.left_out:
        reporter.write_line(f"not run: {test}")
    for line in (
        f"There is no browser to run them: {found.fault}",
        f"Install the package `{PACKAGE}` (Debian: apt-get install {PACKAGE}),",
        POINTING,
        f"Tests left out: {len(found.left_out)}. THIS RUN DOES NOT COUNT AS PASSED.",
    ):
        reporter.write_line(line, red=True)


@pytest.fixture(scope="session")
def browser_path(pytestconfig: pytest.Config) -> Path:
    """The Chromium of this run."""
    path = pytestconfig.stash[SEARCH].path
    assert path is not None, "a test of the browser that was not left out"
    return path
