"""What must not stand in the tree: registry hosts, paths of one machine, other tools' locks."""

import re
from pathlib import Path

import pytest

from tests.house.project import ROOT, files

# Written in pieces, so that this file does not contain what it looks for.
HOSTS = ("py" + "pi.org", "pythonhosted" + ".org", "registry." + "npmjs", "deb." + "debian.org")
HOST_WORDS = ("art" + "ifactory", "index-" + "url", "find-" + "links =")
FOLDERS = ("work", "root", r"home/\w+", r"Users/\w+", r"opt/\w+/" + "simple")
FORBIDDEN = {
    "a registry host": re.compile("|".join(map(re.escape, HOSTS)), re.IGNORECASE),
    "an index address": re.compile(
        "|".join(map(re.escape, HOST_WORDS)) + r"|https?://[^\s/]+/" + r"simple\b", re.IGNORECASE
    ),
    "a path of one machine": re.compile(rf"(?<![\w./}}-])/(?:{'|'.join(FOLDERS)})\b"),
}
TOOL_OPTION = "--no-emit-" + HOST_WORDS[1]
OTHER_LOCKS = {"uv" + ".lock", "poetry" + ".lock", "Pipfile" + ".lock"}


def offences(root: Path) -> list[str]:
    """Each forbidden thing found below a folder: place, line, what it is."""
    found = []
    for path in files(root):
        place = path.relative_to(root)
        if path.name in OTHER_LOCKS:
            found.append(f"{place}: another tool's lock")
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            lines = [path.read_bytes().decode("latin-1")]
        for number, line in enumerate(lines, 1):
            for what, pattern in FORBIDDEN.items():
                if pattern.search(line.replace(TOOL_OPTION, "")):
                    found.append(f"{place}:{number}: {what}")
    return found


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("lock.txt", f"--index https://{HOSTS[0]}/x", "lock.txt:1: a registry host"),
        ("lock.bin", f"\xff{HOSTS[1]}", "lock.bin:1: a registry host"),
        ("pip.conf", "\nextra-" + HOST_WORDS[1] + " = x", "pip.conf:2: an index address"),
        ("notes.md", "look in /" + "work/main", "notes.md:1: a path of one machine"),
        ("notes.md", '"/' + 'root/.ssh"', "notes.md:1: a path of one machine"),
        ("notes.md", "/" + "home/amina/x", "notes.md:1: a path of one machine"),
        ("uv" + ".lock", "", "uv" + ".lock: another tool's lock"),
    ],
)
def test_a_planted_one_is_found(tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(text, encoding="latin-1")

    assert offences(tmp_path) == [what]


def test_an_ordinary_path_and_address_is_let_through(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("docs/work/a.md https://example.org/work ./root/ and /workshop")

    assert offences(tmp_path) == []


def test_the_tree_holds_none() -> None:
    assert len(files()) > 50

    assert offences(ROOT) == []
