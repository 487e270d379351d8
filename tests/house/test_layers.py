"""The contracts between the layers refuse what they are written against."""

import re
import subprocess
import sys
from pathlib import Path

from tests.house.project import ROOT, copy_packages, settings

LINTER = Path(sys.executable).with_name("lint-imports")
PLANTED = {
    "Imports point one way": ("storage/planted_a.py", "import participation"),
    "Rules, rows and forms know no Telegram library": (
        "participation/planted_b.py",
        "import aiogram",
    ),
    "Handlers know no SQL": ("handlers/planted_c.py", "import sqlalchemy"),
    "Views know no Telegram library": ("handlers/views/planted_d.py", "import aiogram"),
    "Whoever invites staff does not wait for aiogram to be imported": (
        "bot/staffing.py",
        "import aiogram",
    ),
    "Workbooks are read in a child process only": ("bot/planted_e.py", "import pyxform"),
    "The simulator stands apart": ("simulator/planted_f.py", "import storage"),
    "Only the command line and the demo start the simulator": (
        "bot/planted_g.py",
        "import simulator",
    ),
    "The product does not import its tests": ("forms/planted_h.py", "import tests"),
}


def broken_contracts(folder: Path) -> set[str]:
    """The contracts that lint-imports finds broken in the packages of a folder."""
    run = subprocess.run(  # noqa: S603 - the linter of this environment
        [LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )
    broken = set(re.findall(r"^(.+) BROKEN\b", run.stdout, re.MULTILINE))
    assert (run.returncode == 0) == (not broken), run.stdout + run.stderr
    return broken


def test_every_contract_has_a_fault_planted_against_it() -> None:
    contracts = {contract["name"] for contract in settings()["tool"]["importlinter"]["contracts"]}

    assert contracts == set(PLANTED)


def test_each_planted_import_is_refused(tmp_path: Path) -> None:
    copy_packages(tmp_path)
    for place, line in PLANTED.values():
        inside_a_function = f"def later() -> None:\n    {line}\n"
        (tmp_path / place).write_text(inside_a_function)

    assert broken_contracts(tmp_path) == set(PLANTED)


def test_the_product_keeps_every_contract() -> None:
    assert broken_contracts(ROOT) == set()
