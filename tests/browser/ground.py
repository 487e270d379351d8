"""The browser that the page is tested in: a Chromium found here, or Debian's installed.

`MUSHARAKA_BROWSER` names one. Nothing else is ever downloaded: Playwright drives what is there.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
USUAL_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
OLDEST = 120
VERSION = re.compile(r"\b(\d+)\.\d+\.\d+\.\d+\b")
PATIENCE_SECONDS = 30.0
INSTALLING_SECONDS = 600.0
PACKAGE = "chromium"
POINTING = "or name a Chromium that is there already: MUSHARAKA_BROWSER=/path/to/chromium"

APT = ("apt-get", "-q", "-o", "Acquire::Retries=1", "-o", "DPkg::Lock::Timeout=60")


class NoBrowser(RuntimeError):
    """There is no browser to test with; the message says what was tried."""


@dataclass(frozen=True)
class Machine:
    """What the search may look at and do; `usual_places` are tried after the PATH."""

    environment: dict[str, str]
    is_root: bool
    usual_places: tuple[str, ...] = USUAL_PLACES

    @classmethod
    def this(cls) -> "Machine":
        return cls(dict(os.environ), is_root=os.geteuid() == 0)

    def which(self, name: str) -> str | None:
        """A program on this machine's PATH."""
        return shutil.which(name, path=self.environment.get("PATH", ""))


def find_browser(machine: Machine | None = None) -> Path:
    """The first Chromium that starts and is new enough. Raises NoBrowser."""
    machine = machine or Machine.this()
    named = machine.environment.get("MUSHARAKA_BROWSER")
    if named:
        fault = fault_of(named)
        if fault:
            raise NoBrowser(f"MUSHARAKA_BROWSER={named} {fault}")
        return Path(named)
    tried = []
    for candidate in candidates(machine):
        fault = fault_of(candidate)
        if fault is None:
            return Path(candidate)
        tried.append(f"{candidate} {fault}")
    raise NoBrowser("; ".join(tried) or f"none of {', '.join(NAMES)} is on the PATH")


def candidates(machine: Machine) -> Iterator[str]:
    for name in NAMES:
        path = machine.which(name)
        if path is not None:
            yield path
    yield from (place for place in machine.usual_places if Path(place).exists())


def fault_of(browser: str) -> str | None:
    """Why a program cannot be used, as the end of a sentence; None when it can."""
    try:
        asked = subprocess.run(  # noqa: S603 - the browser that somebody named or installed
            [browser, "--version"],
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"does not start ({type(error).__name__})"
    version = VERSION.search(asked.stdout)
    if asked.returncode or version is None:
        return f"does not start (exit code {asked.returncode}, no version)"
    if int(version[1]) < OLDEST:
        return f"is too old ({version[0]}; {OLDEST} is needed)"
    return None


def find_or_install(tell: Callable[[str], None], machine: Machine | None = None) -> Path:
    """A browser, installed first where there is none and we may. Raises NoBrowser."""
    machine = machine or Machine.this()
    try:
        return find_browser(machine)
    except NoBrowser as missing:
        reason = why_not_to_install(machine)
        if reason:
            raise NoBrowser(f"{missing}; not installed: {reason}") from None
    tell(f"No browser here: installing Debian's package {PACKAGE} (apt-get) …")
    printed = install(machine)
    try:
        return find_browser(machine)
    except NoBrowser as missing:
        raise NoBrowser(f"{missing}; apt-get said:\n{printed}") from None


def why_not_to_install(machine: Machine) -> str | None:
    if machine.environment.get("MUSHARAKA_BROWSER"):
        return "another one was named"
    if not machine.is_root:
        return "only root may"
    if machine.which("apt-get") is None:
        return "this machine has no apt-get"
    return None


def install(machine: Machine, package: str = PACKAGE) -> str:
    """Install a package of Debian; the last lines of what was printed."""
    environment = {**machine.environment, "DEBIAN_FRONTEND": "noninteractive"}
    printed = [
        _bounded([machine.which(words[0]) or words[0], *words[1:]], environment)
        for words in (
            (*APT, "update"),
            (*APT, "install", "-y", "--no-install-recommends", package),
        )
    ]
    return "\n".join("".join(printed).splitlines()[-12:])


def _bounded(words: list[str], environment: dict[str, str]) -> str:
    """Run to the end, or ask to end after a while: a half installed package is nobody's wish."""
    with subprocess.Popen(  # noqa: S603 - the machine's own apt-get
        words,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            return process.communicate(timeout=INSTALLING_SECONDS)[0]
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM)
            return process.communicate()[0] + f"\n(ended after {INSTALLING_SECONDS:g} s)\n"
