"""The make targets set themselves up, and say plainly what a machine lacks."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.project import ROOT

SCRIPT = ROOT / "requirements" / "environment.sh"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)
OLD = "#!/bin/sh\ncase $1 in --version) echo Python 3.9.1;; *) exit 1;; esac\n"
WITHOUT_VENV = '#!/bin/sh\ncase $2 in *ensurepip*) exit 1;; *) exec {python} "$@";; esac\n'


def set_up(venv: Path, python: str) -> subprocess.CompletedProcess[str]:
    """The result of asking for an environment made by an interpreter."""
    return subprocess.run(  # noqa: S603 - our own script
        ["/bin/sh", SCRIPT, venv],
        env={"PATH": "/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def interpreter(folder: Path, script: str) -> str:
    """A stand-in for an interpreter that this machine does not have."""
    path = folder / "python3"
    path.write_text(script)
    path.chmod(0o755)
    return str(path)


def pins(lock: str) -> dict[str, str]:
    """Library and version of a lock."""
    return dict(PIN.findall((ROOT / "requirements" / lock).read_text()))


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment made where one lay whose interpreter is gone."""
    venv = tmp_path_factory.mktemp("environment") / "venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").symlink_to(venv / "gone")
    set_up(venv, sys.executable).check_returncode()
    return venv


def test_an_older_python_is_refused_in_a_sentence(tmp_path: Path) -> None:
    result = set_up(tmp_path / "venv", interpreter(tmp_path, OLD))

    assert result.returncode == 1
    assert "needs Python 3.11 or newer; this machine has Python 3.9.1" in result.stderr
    assert not (tmp_path / "venv").exists()


def test_a_missing_venv_module_names_the_package(tmp_path: Path) -> None:
    script = WITHOUT_VENV.format(python=sys.executable)

    result = set_up(tmp_path / "venv", interpreter(tmp_path, script))

    assert result.returncode == 1
    assert "apt-get install python3-venv" in result.stderr


def test_an_environment_whose_python_went_is_made_anew(renewed: Path) -> None:
    assert (renewed / "bin" / "python").exists()


def test_an_environment_that_works_is_left_alone(renewed: Path, tmp_path: Path) -> None:
    (renewed / "ours").touch()

    result = set_up(renewed, interpreter(tmp_path, OLD))

    assert result.returncode == 0
    assert (renewed / "ours").exists()


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_every_line_of_a_lock_has_its_hashes(lock: str) -> None:
    requirements = (ROOT / "requirements" / lock).read_text().replace("\\\n", "").splitlines()
    named = [line for line in requirements if PIN.match(line)]
    assert len(named) > 40

    assert [line for line in named if "--hash=sha256:" not in line] == []
    assert {"hatchling", "editables"} <= pins(lock).keys()


def test_both_locks_agree_where_they_name_the_same() -> None:
    run, dev = pins("run.txt"), pins("dev.txt")

    assert run.items() <= dev.items()


def test_cleaning_leaves_data_keys_and_settings(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "Makefile", tmp_path / "Makefile")
    kept = [tmp_path / name for name in (".env", "musharaka.db", "musharaka.keys", "a.py")]
    for path in (*kept, tmp_path / "Makefile"):
        path.touch()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "bot" / "__pycache__").mkdir(parents=True)

    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)  # noqa: S607

    assert all(path.exists() for path in kept)
    assert not (tmp_path / ".venv").exists()
    assert not (tmp_path / "bot" / "__pycache__").exists()


def test_ci_calls_the_two_commands_and_nothing_else() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert [line for line in lines if line.startswith("make")] == ["make lint", "make test"]
    assert "set -euo pipefail" in lines
