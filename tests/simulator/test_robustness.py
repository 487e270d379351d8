"""Whatever is asked, the server answers it: well-typed nonsense included."""

import random
from typing import Any

import pytest

from simulator.methods import METHODS
from simulator.phone import Phone
from simulator.schema import bot_api
from simulator.settings import UNLIMITED
from simulator.town import Town
from tests.simulator.asking import Asking

EXPECTED = {200, 400, 401, 403, 404, 409, 413, 429, 501}
WORDS = ["", " ", "x", "<b>x</b>", "<b>", "attach://x", "/start", "مرحبا 😀", "x" * 300, "en", "1"]
SEEDS = range(25)


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"getUpdates"}))
async def test_no_well_typed_request_breaks_the_server(
    bot: Asking, amina: Phone, town: Town, method: str
) -> None:
    await town.settings(**UNLIMITED)
    sent = await bot("sendMessage", chat_id=amina.id, text="here")
    fields = bot_api()["methods"][method]["params"]
    statuses: set[int] = set()

    for seed in SEEDS:
        draw = random.Random(seed)  # noqa: S311 - repeatable on purpose
        params = values(fields, draw) | {
            name: value
            for name, value in (("chat_id", amina.id), ("message_id", sent["message_id"]))
            if name in fields and draw.random() < 0.8
        }
        async with bot.session.post(f"{bot.url}/{method}", json=params) as response:
            body = await response.json()
        statuses.add(response.status)
        assert body["ok"] is (response.status == 200)
        if not body["ok"]:
            assert body["description"]

    assert statuses <= EXPECTED


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("people", {}),
        ("people/1/messages", {"text": "x"}),
        ("people/x/messages", {"text": "x"}),
        ("people/7000000001/messages", {}),
        ("people/7000000001/messages", {"document": {"content": "%%%"}}),
        ("people/7000000001/messages", {"text": "x", "chat_id": 5}),
        ("people/7000000001/taps", {"data": "x"}),
        ("groups", {"title": "x"}),
        ("groups/1/migrate", {}),
        ("faults", {"kind": "latency", "speed": 3}),
        ("clock", {"advance": -1}),
        ("updates", []),
        ("updates", {"update_id": "x"}),
    ],
)
async def test_no_mistake_breaks_the_control_interface(
    bot: Asking, amina: Phone, town: Town, path: str, body: Any
) -> None:
    async with bot.session.post(f"{town.base_url}/control/{path}", json=body) as response:
        said = await response.json()

    assert response.status in {400, 404}
    assert said["error"]


def values(fields: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    return {
        name: value(what["type"], draw)
        for name, what in fields.items()
        if what.get("required") or draw.random() < 0.25
    }


def value(kind: Any, draw: random.Random, depth: int = 0) -> Any:
    if isinstance(kind, dict):
        if "union" in kind:
            return value(
                draw.choice([part for part in kind["union"] if part != "file"]), draw, depth
            )
        if "literals" in kind:
            return draw.choice(kind["literals"])
        return [value(kind["array"], draw, depth + 1) for _ in range(draw.randint(0, 3))]
    match kind:
        case "integer":
            return draw.choice([-1, 0, 1, 2, 100, 2**40])
        case "float":
            return draw.choice([0, 1.5, -8.87])
        case "boolean":
            return draw.random() < 0.5
        case "true" | "false":
            return kind == "true"
        case "string" | "file":
            return draw.choice(WORDS)
    declared = bot_api()["types"][kind]
    if "type" in declared:
        return value(declared["type"], draw, depth)
    return {
        name: value(what["type"], draw, depth + 1)
        for name, what in declared["fields"].items()
        if what.get("required") or (depth < 3 and draw.random() < 0.2)
    }
