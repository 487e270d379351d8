"""Finds the programs of the machine that some tests need; without one, they are left out, aloud.

As root Debian's package is installed where the program is missing. Where it cannot be had every
other test runs, and the run fails.
"""

import os
import shutil
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.browser.ground import Machine, install, why_not_to_install

FOLDERS = {"deploy", "conversations"}
ALSO_IN = ("/usr/sbin", "/sbin")


@dataclass(frozen=True)
class Program:
    """What a fixture finds, and the package of Debian that has it."""

    name: str
    package: str

    def find(self, machine: Machine | None = None) -> Path | None:
        environment = (machine or Machine.this()).environment
        path = os.pathsep.join((environment.get("PATH", ""), *ALSO_IN))
        found = shutil.which(self.name, path=path)
        return None if found is None else Path(found)


PROGRAMS = {
    "nginx": Program("nginx", "nginx-light"),
    "systemd_analyze": Program("systemd-analyze", "systemd"),
}
LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = {}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """In the process that distributes tests, before the others start."""
    places = [config.rootpath / word.split("::")[0] for word in config.args]
    reached = any(
        FOLDERS & {*place.parts, *(path.name for path in place.glob("**/"))} for place in places
    )
    if reached and not config.getoption("keyword"):
        for program in PROGRAMS.values():
            find_or_install(program)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    output: dict[str, Any] = getattr(node, "workeroutput", None) or {}
    node.config.stash[LEFT_OUT].update(output.get("programs_left_out", {}))


def find_or_install(program: Program, machine: Machine | None = None) -> Path | None:
    """The program, installed first where it is missing and we may."""
    machine = machine or Machine.this()
    if program.find(machine) is None and why_not_to_install(machine) is None:
        install(machine, program.package)
    return program.find(machine)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    is_worker = hasattr(config, "workerinput")
    for fixture, program in PROGRAMS.items():
        wanting = [item for item in items if fixture in getattr(item, "fixturenames", ())]
        if not wanting or (program.find() if is_worker else find_or_install(program)):
            continue
        config.stash[LEFT_OUT][fixture] = [item.nodeid for item in wanting]
        items[:] = [item for item in items if item not in set(wanting)]
    if is_worker:
        config.workeroutput["programs_left_out"] = config.stash[LEFT_OUT]  # type: ignore[attr-defined]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Generator[None]:
    """After everything else that is said, say what was left out."""
    left_out = session.config.stash[LEFT_OUT]
    is_worker = hasattr(session.config, "workerinput")
    without_others = {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}
    if left_out and not is_worker and session.exitstatus in without_others:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield
    reporter = session.config.pluginmanager.getplugin("terminalreporter")
    if left_out and not is_worker and reporter is not None:
        for fixture, tests in left_out.items():
            _say_what_is_missing(reporter, PROGRAMS[fixture], tests)


def _say_what_is_missing(reporter: Any, program: Program, tests: list[str]) -> None:
    reporter.section(f"LEFT OUT: THE TESTS WITH {program.name.upper()}", red=True, bold=True)
    for test in tests:
        reporter.write_line(f"not run: {test}")
    for line in (
        f"Install Debian's package `{program.package}` (apt-get install {program.package}).",
        f"Tests left out: {len(tests)}. THIS RUN DOES NOT COUNT AS PASSED.",
    ):
        reporter.write_line(line, red=True)


@pytest.fixture(scope="session")
def nginx() -> Path:
    """The nginx of this machine."""
    return _found("nginx")


@pytest.fixture(scope="session")
def systemd_analyze() -> Path:
    """The ``systemd-analyze`` of this machine."""
    return _found("systemd_analyze")


def _found(fixture: str) -> Path:
    path = PROGRAMS[fixture].find()
    assert path is not None, "a test that was not left out"
    return path
