"""The vendored Bot API schema, and its walk: every method is acted out, or says that it is not."""

import json
from pathlib import Path
from typing import Any

import pytest

from simulator.checks import Mismatch
from simulator.methods import METHODS
from simulator.schema import FILE, bot_api
from simulator.schema.convert import convert, written
from simulator.validation import Schema
from tests.simulator.asking import Asking

SAMPLES: dict[str, Any] = {
    "integer": 1,
    "float": 1.5,
    "string": "x",
    "boolean": True,
    "true": True,
}


def test_the_schema_holds_the_methods_of_its_version() -> None:
    schema = bot_api()

    assert len(schema["methods"]) >= 180
    assert len(schema["types"]) >= 350
    assert (schema["bot_api"], schema["version"]) == ("10.3", "10.3.1")
    send = schema["methods"]["sendMessage"]["params"]
    assert send["chat_id"] == {"type": {"union": ["integer", "string"]}, "required": True}
    assert send["text"]["characters_after_entities"] == [1, 4096]
    assert "InlineKeyboardMarkup" in send["reply_markup"]["type"]["union"]
    button = schema["types"]["InlineKeyboardButton"]["fields"]
    assert button["callback_data"] == {"type": "string", "bytes": [1, 64]}
    assert schema["types"]["Location"]["fields"]["latitude"]["type"] == "float"
    assert "my_chat_member" in schema["types"]["UpdateType"]["type"]["literals"]
    assert schema["methods"]["getUpdates"]["returns"] == {"array": "Update"}


def test_every_type_that_is_named_is_declared_and_compiles() -> None:
    schema = Schema(bot_api())

    for name in bot_api()["types"]:
        with pytest.raises(Mismatch):
            schema.check_object(name, object())


def test_the_licence_of_the_schema_stands_beside_it() -> None:
    licence = FILE.with_name("LICENSE-gramio-types").read_text(encoding="utf-8")

    assert licence.startswith("MIT License")


def test_the_converter_reads_what_the_package_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "package.json").write_text('{"version": "10.3.1"}')
    (tmp_path / "out" / "methods.d.ts").write_text(
        """/** Based on Bot API v10.3 (24.08.2026) */
        export interface APIMethods {
            /** Sends. */
            sendThing: CallAPI<
                Params.SendThingParams,
                Objects.TelegramThing | true
            >
            getMe: CallAPIWithoutParams<Objects.TelegramThing[]>
        }"""
    )
    (tmp_path / "out" / "params.d.ts").write_text(
        """export type SendThingColour = | "red" | "green"
        export interface SendThingParams {
            /** Text, 1-30 characters after entities parsing */
            text: string | { toString(): string }
            colour?: SendThingColour
            markup?: | Objects.TelegramThing
                | { toJSON(): Objects.TelegramThing } | (Objects.TelegramOther | number)[]
            allowed_updates?: Exclude<keyof Objects.TelegramUpdate, "update_id">[]
        }"""
    )
    (tmp_path / "out" / "objects.d.ts").write_text(
        """export interface TelegramUpdate { update_id: number
            message?: TelegramThing }
        export interface TelegramThing { latitude: number
            /** 1-64 bytes */
            data?: string
            rows: TelegramOther[][] }
        export interface TelegramOther { }
        export type TelegramInputFile = Blob
        export interface TelegramAPIResponseOk<Methods extends X = Y> { ok: true }"""
    )

    schema = convert(tmp_path)

    assert schema["methods"] == {
        "sendThing": {
            "params": {
                "text": {"type": "string", "required": True, "characters_after_entities": [1, 30]},
                "colour": {"type": "SendThingColour"},
                "markup": {
                    "type": {"union": ["Thing", {"array": {"union": ["Other", "integer"]}}]}
                },
                "allowed_updates": {"type": {"array": "UpdateType"}},
            },
            "returns": {"union": ["Thing", "true"]},
        },
        "getMe": {"params": {}, "returns": {"array": "Thing"}},
    }
    assert schema["types"]["Thing"]["fields"] == {
        "latitude": {"type": "float", "required": True},
        "data": {"type": "string", "bytes": [1, 64]},
        "rows": {"type": {"array": {"array": "Other"}}, "required": True},
    }
    assert schema["types"]["SendThingColour"] == {"type": {"literals": ["red", "green"]}}
    assert json.loads(written(schema)) == schema


def test_every_method_acted_out_is_of_the_schema_and_takes_parameters_of_the_schema() -> None:
    methods = bot_api()["methods"]

    assert len(METHODS) >= 35
    for method in METHODS.values():
        assert method.takes <= methods[method.name]["params"].keys(), method.name


async def test_every_method_refuses_an_unknown_parameter(bot: Asking) -> None:
    methods = bot_api()["methods"]

    assert methods
    for name, described in methods.items():
        refused = await bot.refused(name, colour="red", **sample(described["params"]))

        assert (refused.status, 'unknown parameter "colour"' in refused.description) == (400, True)


async def test_every_method_that_is_not_acted_out_says_so_by_name(bot: Asking) -> None:
    missing = bot_api()["methods"].keys() - METHODS.keys()

    assert missing
    for name in sorted(missing):
        refused = await bot.refused(name, **sample(bot_api()["methods"][name]["params"]))

        assert refused.status == 501
        assert name in refused.description


async def test_every_method_refuses_when_a_required_parameter_is_missing(bot: Asking) -> None:
    checked = 0
    for name, described in bot_api()["methods"].items():
        params = sample(described["params"])
        for parameter in params:
            rest = {key: value for key, value in params.items() if key != parameter}
            refused = await bot.refused(name, **rest)
            checked += 1

            assert (refused.status, f'"{parameter}"' in refused.description) == (400, True)
    assert checked > 200


def sample(params: dict[str, Any]) -> dict[str, Any]:
    """A value of the right type for each required parameter."""
    return {name: value_of(what["type"]) for name, what in params.items() if what.get("required")}


def value_of(kind: Any) -> Any:
    if isinstance(kind, dict):
        if "union" in kind:
            return value_of(next(part for part in kind["union"] if part != "file"))
        return [] if "array" in kind else kind["literals"][0]
    if kind in SAMPLES:
        return SAMPLES[kind]
    if kind == "file":
        return b"content"
    declared = bot_api()["types"][kind]
    return value_of(declared["type"]) if "type" in declared else sample(declared["fields"])
