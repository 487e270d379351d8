"""The demo in a terminal: where it is, how it ends, what it says when it cannot go on."""

import os
import re
import resource
import signal
import socket
import stat
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from bot.cli import app
from bot.demo import example
from tests.demo.terminal import Demo, is_alive, soon

UNWRITABLE = Path("/proc")


@pytest.fixture
def browser(tmp_path: Path) -> Path:
    """A browser that writes down what it is asked to open; its note lies beside it."""
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def listens(address: str) -> bool:
    try:
        with urlopen(f"{address}/control/about", timeout=5):  # noqa: S310
            return True
    except URLError:
        return False


def children_of(demo: Demo) -> list[int]:
    """The simulator, and the bot."""
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if parent_of(int(folder.name)) == demo.process.pid
    ]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_a_port_in_use_and_folders_that_cannot_be_written_are_got_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with Demo("--port", port, env={"TMPDIR": str(UNWRITABLE)}, cwd=UNWRITABLE) as demo:
            address = demo.address()

            assert f"Port {port} is in use" in demo.printed
            assert listens(address)
            assert not address.endswith(port)
            demo.process.send_signal(signal.SIGINT)
            assert demo.ends() == 0


def test_a_window_that_is_closed_ends_everything(tmp_path: Path, browser: Path) -> None:
    env = {"TMPDIR": str(tmp_path), "DISPLAY": ":0", "BROWSER": str(browser)}
    with Demo("--port", "0", env=env, terminal=True) as demo:
        address = demo.address()
        assert soon((tmp_path / "opened").exists)
        children = children_of(demo)

        demo.hangs_up()

        assert demo.ends() == 0
        assert children
        assert not any(map(is_alive, children))
        assert not listens(address)
        assert list(tmp_path.glob("musharaka-*")) == []
        assert (tmp_path / "opened").read_text().split() == [f"{address}/"]


def test_a_day_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    with Demo("--once", "--port", "0", env={"TMPDIR": str(tmp_path)}, terminal=True) as demo:
        demo.telegram()
        demo.process.send_signal(signal.SIGINT)

        assert demo.ends() == 130
        assert list(tmp_path.glob("musharaka-*")) == []


def test_a_first_real_day_is_played_to_the_councils_table_and_opens_no_browser(
    tmp_path: Path, browser: Path
) -> None:
    env = {"TMPDIR": str(tmp_path), "DISPLAY": ":0", "BROWSER": str(browser)}
    journey = ("--once", "--journey", "consultation", "--port", "0")
    with Demo(*journey, env=env, terminal=True) as demo:
        assert demo.ends() == 0
        printed = demo.printed

    assert not (tmp_path / "opened").exists()

    taken = dict(re.findall(r"acts of (a citizen|the officer), [^\d]*(\d+)", printed))
    (workbook,) = tmp_path.glob("musharaka-*/answers.xlsx")
    sheets = load_workbook(workbook).worksheets
    assert int(taken["a citizen"]) <= 12
    assert int(taken["the officer"]) <= 25
    assert "rows in submission                     4" in printed
    assert re.search(r"request sendPhoto +2", printed)
    assert sheets[0].sheet_view.rightToLeft
    assert sheets[1].max_row == 5


def test_children_do_not_outlive_a_demo_that_is_killed(tmp_path: Path) -> None:
    with Demo("--port", "0", env={"TMPDIR": str(tmp_path)}) as demo:
        demo.telegram()
        children = children_of(demo)

        demo.process.kill()

        assert len(children) == 2
        assert soon(lambda: not any(map(is_alive, children)))


def test_without_its_simulator_the_demo_says_so_and_ends(tmp_path: Path) -> None:
    with Demo("--port", "0", env={"TMPDIR": str(tmp_path)}) as demo:
        demo.telegram()
        for child in children_of(demo):
            if b"simulator" in Path(f"/proc/{child}/cmdline").read_bytes():
                os.kill(child, signal.SIGKILL)

        assert demo.ends() == 1
        assert "The simulator has ended, and the demo with it." in demo.printed
        assert "Traceback" not in demo.printed
        assert list(tmp_path.glob("musharaka-*")) == []


@pytest.mark.parametrize("room", [0, 30_000])
def test_a_full_disk_is_one_sentence_that_says_what_to_do(tmp_path: Path, room: int) -> None:
    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    with Demo("--port", "0", env={"TMPDIR": str(tmp_path)}, before=no_room) as demo:
        assert demo.ends() == 1
        assert "TMPDIR" in demo.lines[-2]
        assert "Traceback" not in demo.printed


def test_without_the_example_the_sentence_says_where_to_run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(example, "EXAMPLE", tmp_path / "nothing")

    result = CliRunner().invoke(app, ["demo", "--once"])

    assert result.exit_code == 1
    assert "complete copy of the project" in result.output


def test_an_unknown_journey_names_those_there_are() -> None:
    result = CliRunner().invoke(app, ["demo", "--journey", "nothing-of-ours"])

    assert result.exit_code == 2
    assert "answer" in result.output
