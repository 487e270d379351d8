"""A browser is opened where somebody sits before a screen, and harms nobody."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.demo.browser import wants_browser
from tests.demo.terminal import soon

SCREEN = {"DISPLAY": ":0"}
OPENING = """
import time
from bot.demo.browser import open_page
print(open_page("http://127.0.0.1:1/"), flush=True)
time.sleep(0.5)
"""


@pytest.mark.parametrize(
    ("env", "is_terminal", "platform", "wanted"),
    [
        (SCREEN, True, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, "linux", True),
        ({}, True, "linux", False),
        ({"DISPLAY": ""}, True, "linux", False),
        (SCREEN, False, "linux", False),
        (SCREEN | {"CI": "true"}, True, "linux", False),
        ({}, True, "darwin", True),
        ({}, False, "darwin", False),
    ],
)
def test_it_takes_a_person_and_a_screen(
    env: dict[str, str], is_terminal: bool, platform: str, wanted: bool
) -> None:
    assert wants_browser(env, is_terminal=is_terminal, platform=platform) is wanted


def opened_by(folder: Path, name: str, exit_code: int = 0) -> bool:
    """Whether a browser of that name is asked to open the page."""
    program = folder / name
    program.write_text(f'#!/bin/sh\necho "$1" > {folder}/opened\nexit {exit_code}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    asked = subprocess.run(  # noqa: S603
        [sys.executable, "-c", OPENING],
        env={**os.environ, "BROWSER": str(program)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return asked.stdout == "True\n"


def test_the_page_is_opened_even_by_a_browser_that_fails(tmp_path: Path) -> None:
    assert opened_by(tmp_path, "surf", exit_code=3)

    assert soon((tmp_path / "opened").exists)


def test_a_browser_of_the_terminal_would_take_the_terminal(tmp_path: Path) -> None:
    assert not opened_by(tmp_path, "w3m")
