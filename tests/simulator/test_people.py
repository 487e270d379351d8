"""Who may live in the town: people with a name, and with a language that is one."""

from typing import Any

import pytest

from simulator.control_client import ControlClient, ControlRefused
from simulator.town import Town
from tests.simulator.asking import Asking

NOBODY: list[dict[str, Any]] = [
    {},
    {"name": ""},
    {"name": "  "},
    {"name": 5},
    {"name": ["Amina"]},
    {"name": "Amina", "language": "<b>"},
    {"name": "Amina", "language": ""},
    {"name": "Amina", "language": 7},
    {"name": "Amina", "id": "7"},
    {"name": "Amina", "age": 34},
]


@pytest.mark.parametrize("asked", NOBODY, ids=str)
async def test_nobody_moves_in_whom_no_phone_could_show(
    bot: Asking, town: Town, asked: dict[str, Any]
) -> None:
    control = ControlClient(town.base_url, bot.session)

    with pytest.raises(ControlRefused):
        await control.post("/people", asked)

    assert await control.get("/people") == []


@pytest.mark.parametrize("language", [None, "ar", "fr-MA", "zgh", "zh-Hant-TW"])
async def test_any_language_is_one(bot: Asking, town: Town, language: str | None) -> None:
    control = ControlClient(town.base_url, bot.session)

    person = await control.post("/people", {"name": "ⵜⵉⵣⵉⵔⵉ", "language": language})

    assert person.get("language_code") == language
