"""What the documents tell a person to type exists, with these options, and runs."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from tests.house.documents import KINDS, Block, blocks, broken_links, command_words, unlisted
from tests.house.project import ROOT, files

BIN = Path(sys.executable).parent
RUN_SECONDS = 180


def refusal(words: list[str]) -> str | None:
    """Why a command cannot be typed as shown; None where it can."""
    match words:
        case ["make", *rest]:
            targets = set(
                re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
            )
            missing = {word for word in rest if "=" not in word} - targets
            return f"make has no target {missing}" if missing else None
        case ["musharaka" | ".venv/bin/musharaka", *rest]:
            return unknown_to_the_command_line(typer.main.get_command(app), rest)
        case ["python" | ".venv/bin/python", "-m", module, *_]:
            return None if find_spec(module) else f"there is no module {module}"
        case ["cd" | "cp" | "git" | "curl" | "apt-get" | "mkdir", *_]:
            return None
    return f"{words[0]} is not a command of this project"


def unknown_to_the_command_line(command: Any, words: list[str]) -> str | None:
    """The first subcommand or option that the command line does not know."""
    rest = list(words)
    while hasattr(command, "commands") and rest:
        name = rest.pop(0)
        if name not in command.commands:
            return None if name == "--help" else f"there is no command {name}"
        command = command.commands[name]
    known = {"--help", *(option for one in command.params for option in one.opts)}
    known |= {option for one in command.params for option in one.secondary_opts}
    shown = {word.split("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
    return f"{command.name} has no {sorted(shown - known)}" if shown - known else None


def named(block: Block) -> str:
    return f"{block.place}: {block.script.splitlines()[0]}"


@pytest.mark.parametrize("block", blocks(), ids=named)
def test_every_command_shown_exists(block: Block) -> None:
    assert block.kind in KINDS
    assert block.commands

    assert [refusal(words) for words in block.commands] == [None] * len(block.commands)


@pytest.mark.parametrize(
    "line",
    [
        "make nothing-of-ours",
        "musharaka nothing-of-ours",
        "musharaka run --nothing-of-ours",
        "LOG_LEVEL=DEBUG python -m nothing_of_ours | less",
        "nothing-of-ours",
    ],
)
def test_a_command_that_does_not_exist_is_noticed(line: str) -> None:
    assert "nothing" in (refusal(command_words(line)) or "")


def test_every_link_leads_somewhere_and_the_index_names_every_page() -> None:
    assert broken_links() == []
    assert unlisted() == []


def test_a_broken_link_and_a_page_that_nobody_lists_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "README.md").write_text("[a](https://example.org/x) [b](none.md#c)")
    (tmp_path / "docs" / "lost.md").write_text("[top](README.md)")

    assert broken_links(tmp_path) == ["docs/README.md: none.md"]
    assert unlisted(tmp_path) == ["lost.md"]


def copy_project(target: Path) -> None:
    """A copy that shares this environment, which `make` there takes for up to date."""
    for path in files(ROOT):
        place = target / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, place)
    environment = target / ".venv"
    environment.mkdir()
    for entry in BIN.parent.iterdir():
        if not entry.name.startswith(".installed"):
            (environment / entry.name).symlink_to(entry)
    for stamp in (".installed-run", ".installed-dev", ".installed-project"):
        (environment / stamp).touch()


@pytest.mark.parametrize("block", [b for b in blocks() if b.kind == "sh run"], ids=named)
def test_a_block_marked_so_runs(block: Block, tmp_path: Path) -> None:
    copy_project(tmp_path)

    run = subprocess.run(  # noqa: S603 - the project's own documents
        ["/bin/sh", "-eu", "-c", block.script],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=RUN_SECONDS,
    )

    assert run.returncode == 0, run.stdout


def test_what_no_test_runs_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    counts = {kind: sum(block.kind == kind for block in blocks()) for kind in KINDS}

    with capsys.disabled():
        sys.stdout.write(f"\nblocks of commands in the documents: {counts}\n")

    assert counts["sh"] + counts["sh run"] > 0
