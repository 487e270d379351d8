"""Methods about the bot's face: commands, name, descriptions, menu button."""

from typing import Any

from simulator.methods.registry import Call, method
from simulator.world import World

AUDIENCE = ("scope", "language_code")


@method("setMyCommands", "commands", *AUDIENCE)
def set_my_commands(world: World, call: Call) -> bool:
    params = call.params
    language = params.get("language_code", "")
    changed = world.profile.set_commands(scope_of(world, call), language, params["commands"])
    return told(world, changed=changed)


@method("deleteMyCommands", *AUDIENCE)
def delete_my_commands(world: World, call: Call) -> bool:
    language = call.params.get("language_code", "")
    changed = world.profile.delete_commands(scope_of(world, call), language)
    return told(world, changed=changed)


@method("getMyCommands", *AUDIENCE)
def get_my_commands(world: World, call: Call) -> list[dict[str, Any]]:
    return world.profile.commands(scope_of(world, call), call.params.get("language_code", ""))


@method("setMyName", "name", "language_code")
def set_my_name(world: World, call: Call) -> bool:
    return set_text(world, call, "name")


@method("setMyDescription", "description", "language_code")
def set_my_description(world: World, call: Call) -> bool:
    return set_text(world, call, "description")


@method("setMyShortDescription", "short_description", "language_code")
def set_my_short_description(world: World, call: Call) -> bool:
    return set_text(world, call, "short_description")


@method("getMyName", "language_code")
def get_my_name(world: World, call: Call) -> dict[str, str]:
    return text(world, call, "name")


@method("getMyDescription", "language_code")
def get_my_description(world: World, call: Call) -> dict[str, str]:
    return text(world, call, "description")


@method("getMyShortDescription", "language_code")
def get_my_short_description(world: World, call: Call) -> dict[str, str]:
    return text(world, call, "short_description")


@method("setChatMenuButton", "chat_id", "menu_button")
def set_chat_menu_button(world: World, call: Call) -> bool:
    chat_id, button = call.params.get("chat_id"), call.params.get("menu_button")
    return told(world, changed=world.profile.set_menu(chat_id, button))


@method("getChatMenuButton", "chat_id")
def get_chat_menu_button(world: World, call: Call) -> dict[str, Any]:
    return world.profile.menu(call.params.get("chat_id"))


def scope_of(world: World, call: Call) -> dict[str, Any] | None:
    """The scope given; refuses (400) one that names a chat the bot does not know."""
    scope: dict[str, Any] | None = call.params.get("scope")
    if scope is not None and "chat_id" in scope:
        return scope | {"chat_id": world.chats.find(scope["chat_id"]).id}
    return scope


def set_text(world: World, call: Call, kind: str) -> bool:
    language, words = call.params.get("language_code", ""), call.params.get(kind, "")
    return told(world, changed=world.profile.set_text(kind, language, words))


def told(world: World, *, changed: bool) -> bool:
    """Phones look at the bot's face again when it has changed; the bot hears that it is done."""
    if changed:
        world.events.add("profile", 0)
    return True


def text(world: World, call: Call, kind: str) -> dict[str, str]:
    return {kind: world.profile.text(kind, call.params.get("language_code", ""))}
