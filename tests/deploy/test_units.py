"""The files of ``deploy/`` are what systemd takes, and name what there is."""

import re
import subprocess
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.house.project import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service")) + sorted(DEPLOY.glob("*.timer"))
SECONDS = 30


def verified(systemd_analyze: Path, folder: Path, units: dict[str, str]) -> tuple[int, str]:
    """What ``systemd-analyze verify`` says of units, with a program that is on this machine."""
    for name, unit in units.items():
        words = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", unit, flags=re.MULTILINE)
        (folder / name).write_text(words)
    run = subprocess.run(  # noqa: S603 - the machine's own systemd
        [systemd_analyze, "verify", "--man=no", *(folder / name for name in units)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


def test_systemd_takes_the_units(systemd_analyze: Path, tmp_path: Path) -> None:
    assert len(UNITS) == 3

    code, said = verified(
        systemd_analyze, tmp_path, {unit.name: unit.read_text() for unit in UNITS}
    )

    assert (code, said) == (0, "")


def test_a_planted_fault_is_noticed(systemd_analyze: Path, tmp_path: Path) -> None:
    unit = (
        (DEPLOY / "musharaka.service").read_text().replace("Restart=on-failure", "Restart=maybe")
    )

    _, said = verified(systemd_analyze, tmp_path, {"planted.service": unit})

    assert "maybe" in said


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"], ids=str)
def test_a_service_has_no_rights_and_a_limit_that_fits_a_small_server(unit: Path) -> None:
    lines = unit.read_text().splitlines()
    limit = next(line for line in lines if line.startswith("MemoryMax="))

    assert "User=musharaka" in lines
    assert {"NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet="} <= {*lines}
    assert int(limit.removeprefix("MemoryMax=").removesuffix("M")) <= 700


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"], ids=str)
def test_commands_that_are_typed_read_the_settings_of_the_service(unit: Path) -> None:
    """As the first day says: there they stand in the folder in which the service runs."""
    lines = dict(line.split("=", 1) for line in unit.read_text().splitlines() if "=" in line)
    folder, file = lines["WorkingDirectory"], lines["EnvironmentFile"]
    program = lines["ExecStart"].split()[0]
    page = (ROOT / "docs" / "operators" / "first-day.md").read_text().splitlines()

    read = Settings.model_config["env_file"]

    assert f"ln -s {file} {folder}/{read}" in page
    assert f"chmod 600 {file}" in page
    assert f"cd {folder}" in page
    assert f"ln -s {program} /usr/local/bin/musharaka" in page


def test_the_container_copies_what_there_is_and_runs_without_rights() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    copied = {word for line in lines if line.startswith("COPY ") for word in line.split()[1:-1]}
    project = (ROOT / "pyproject.toml").read_text()
    packages = re.search(r"^packages = \[(.*)\]$", project, re.MULTILINE)
    assert packages is not None

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert set(re.findall(r'"(\w+)"', packages[1])) <= copied
    assert lines.index("USER musharaka") < lines.index('ENTRYPOINT ["musharaka"]')


def test_the_container_sets_what_the_bot_reads() -> None:
    words = (DEPLOY / "Containerfile").read_text()
    names = set(re.findall(r"\b([A-Z_]+)=", words)) - {"PYTHONUNBUFFERED"}

    assert names
    assert names <= {name.upper() for name in Settings.model_fields}
