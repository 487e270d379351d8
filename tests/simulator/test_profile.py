"""The bot's face: what is set by scope and language, and what a person's menu shows of it."""

from typing import Any

import pytest

from simulator.phone import Phone
from simulator.town import Town
from tests.simulator.asking import Asking

FRENCH = [{"command": "aide", "description": "Aide"}]
ARABIC = [{"command": "help", "description": "مساعدة"}]
OFFICERS = [{"command": "export", "description": "Exporter"}]


async def test_the_menu_shows_the_narrowest_scope_in_the_persons_language(
    bot: Asking, amina: Phone, town: Town
) -> None:
    hassan = await town.phone("Hassan", language="ar")
    naima = await town.phone("Naima", language="fr")
    private = {"type": "all_private_chats"}
    await bot("setMyCommands", commands=FRENCH)
    await bot("setMyCommands", commands=ARABIC, language_code="ar", scope=private)
    await bot("setMyCommands", commands=OFFICERS, scope={"type": "chat", "chat_id": naima.id})

    assert (await amina.menu())["commands"] == FRENCH
    assert (await hassan.menu())["commands"] == ARABIC
    assert (await naima.menu())["commands"] == OFFICERS
    assert await bot("getMyCommands", scope=private, language_code="ar") == ARABIC
    assert await bot("getMyCommands", scope=private) == []
    await bot("deleteMyCommands", scope=private, language_code="ar")
    assert (await hassan.menu())["commands"] == FRENCH


async def test_a_groups_menu_has_scopes_of_its_own(bot: Asking, amina: Phone, town: Town) -> None:
    """The first member has made the group and administers it."""
    hassan = await town.phone("Hassan", language="ar")
    group = await town.group("Conseil", amina, hassan)
    here = {"chat_id": group["id"]}
    scopes = {
        "commune": None,
        "groups": {"type": "all_group_chats"},
        "presidents": {"type": "all_chat_administrators"},
        "council": {"type": "chat", **here},
        "president": {"type": "chat_administrators", **here},
        "hassan": {"type": "chat_member", **here, "user_id": hassan.id},
    }
    menus = []

    for name, scope in scopes.items():
        commands = [{"command": name, "description": "x"}]
        await bot("setMyCommands", commands=commands, **({"scope": scope} if scope else {}))
        seen = [(await phone.within(group).menu())["commands"] for phone in (amina, hassan)]
        menus.append([only["command"] for (only,) in seen])

    assert menus == [
        ["commune", "commune"],
        ["groups", "groups"],
        ["presidents", "groups"],
        ["council", "council"],
        ["president", "council"],
        ["president", "hassan"],
    ]
    assert (await amina.menu())["commands"][0]["command"] == "commune"


@pytest.mark.parametrize(
    ("params", "problem"),
    [
        ({"commands": [{"command": "Aide", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "é", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "1-256 characters"),
        ({"commands": FRENCH, "language_code": "fr-MA"}, "LANG_CODE_INVALID"),
        ({"commands": FRENCH, "scope": {"type": "everybody"}}, "scope"),
        ({"commands": FRENCH, "scope": {"type": "chat", "chat_id": 42}}, "chat not found"),
        ({"commands": [{"command": f"c{i}", "description": "x"} for i in range(101)]}, "TOO_MUCH"),
    ],
)
async def test_commands_telegram_would_not_take_are_refused(
    bot: Asking, params: dict[str, Any], problem: str
) -> None:
    refused = await bot.refused("setMyCommands", **params)

    assert refused.status == 400
    assert problem in refused.description


async def test_name_and_descriptions_follow_the_language(bot: Asking, town: Town) -> None:
    hassan = await town.phone("Hassan", language="ar")
    await bot("setMyName", name="Musharaka")
    await bot("setMyName", name="مشاركة", language_code="ar")
    await bot("setMyDescription", description="La commune écoute")
    await bot("setMyShortDescription", short_description="Écoute", language_code="fr")

    menu = await hassan.menu()
    assert (menu["name"], menu["description"]) == ("مشاركة", "La commune écoute")
    assert await bot("getMyName") == {"name": "Musharaka"}
    assert (await bot("getMe"))["first_name"] == "Musharaka"
    assert await bot("getMyShortDescription", language_code="fr") == {
        "short_description": "Écoute"
    }
    assert await bot("getMyShortDescription") == {"short_description": ""}


async def test_the_menu_button_is_set_for_all_or_for_one_chat(bot: Asking, amina: Phone) -> None:
    page = {"type": "web_app", "text": "Carte", "web_app": {"url": "https://a.ma"}}
    await bot("setChatMenuButton", chat_id=amina.id, menu_button=page)

    assert await bot("getChatMenuButton", chat_id=amina.id) == page
    assert await bot("getChatMenuButton") == {"type": "commands"}
