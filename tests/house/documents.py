"""The commands that the documents show, in their ``sh`` blocks.

```sh                   each command must exist, with the options shown
```sh run               and the block is run by a test, in a copy of the project
```sh another-machine   exists too, but needs what no test has; counted and printed
"""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

from tests.house.project import ROOT, files

FENCE = re.compile(r"^```(?P<kind>sh\b[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)\s#]+)[^)]*\)")
KINDS = ("sh", "sh run", "sh another-machine")
PAGES = ("docs", "examples", "requirements", "simulator")


@dataclass(frozen=True)
class Block:
    """One block of commands of a document."""

    place: str
    kind: str
    script: str

    @property
    def commands(self) -> list[list[str]]:
        """Each command's words, without settings before it and what is piped after it."""
        lines = self.script.replace("\\\n", " ").splitlines()
        return [words for line in lines if (words := command_words(line))]


def command_words(line: str) -> list[str]:
    """The words of a command line; none for an empty line or a remark."""
    words = shlex.split(re.split(r"\s(?:[|&;>]|[0-9]>)", line)[0], comments=True)
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        words.pop(0)
    return words


def documents(root: Path = ROOT) -> list[Path]:
    """The pages that show commands: those on top, and those of the folders that have some."""
    folders = [path for name in PAGES for path in files(root / name, "*.md")]
    return [*sorted(root.glob("*.md")), *folders]


def blocks(root: Path = ROOT) -> list[Block]:
    """Every ``sh`` block of the documents."""
    return [
        Block(str(page.relative_to(root)), fence["kind"].strip(), fence["body"])
        for page in documents(root)
        for fence in FENCE.finditer(page.read_text())
    ]


def broken_links(root: Path = ROOT) -> list[str]:
    """Each link to a file of the tree that is not there: page and target."""
    return [
        f"{page.relative_to(root)}: {link['target']}"
        for page in documents(root)
        for link in LINK.finditer(page.read_text())
        if "://" not in link["target"] and not (page.parent / link["target"]).exists()
    ]


def unlisted(root: Path = ROOT) -> list[str]:
    """The pages below docs/ that its index does not link."""
    index = root / "docs" / "README.md"
    linked = {link["target"] for link in LINK.finditer(index.read_text())}
    pages = {str(page.relative_to(index.parent)) for page in files(index.parent, "*.md")}
    return sorted(pages - linked - {index.name})
