"""The example of settings names every setting, and what it shows are the defaults."""

from pathlib import Path

import pytest

from bot.settings import Settings
from tests.house.project import ROOT

EXAMPLE = ROOT / ".env.example"


def shown(example: str) -> dict[str, str]:
    """The settings that an example file shows."""
    lines = [line for line in example.splitlines() if line and not line.startswith("#")]
    assert lines
    return dict(line.split("=", 1) for line in lines)


def test_every_setting_is_shown_and_nothing_else() -> None:
    assert list(Settings.model_fields)

    assert set(shown(EXAMPLE.read_text())) == {name.upper() for name in Settings.model_fields}


def test_every_setting_is_explained_on_the_line_above() -> None:
    lines = EXAMPLE.read_text().splitlines()

    for name in shown(EXAMPLE.read_text()):
        place = next(n for n, line in enumerate(lines) if line.startswith(f"{name}="))
        assert lines[place - 1].startswith("# "), name


def test_the_example_as_it_stands_gives_the_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    read = Settings(_env_file=EXAMPLE).model_dump()  # type: ignore[call-arg, unused-ignore]
    defaults = Settings(_env_file=None).model_dump()  # type: ignore[call-arg, unused-ignore]

    assert {name: value or None for name, value in read.items()} == {
        name: value or None for name, value in defaults.items()
    }
