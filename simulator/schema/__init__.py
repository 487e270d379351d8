"""The Bot API as machine-readable data: methods with their parameters, types with their fields."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("bot_api.json")


@cache
def bot_api() -> dict[str, Any]:
    """The vendored schema; the caller leaves it as it is."""
    schema: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return schema


def bot_api_version() -> str:
    """For people: `Bot API 10.3 (24.08.2026), @gramio/types 10.3.1`."""
    schema = bot_api()
    package = f"{schema['source']} {schema['version']}"
    return f"Bot API {schema['bot_api']} ({schema['bot_api_date']}), {package}"
