"""The bot's face: commands by scope and language, name, descriptions, menu button."""

import re
from typing import Any

from simulator.refusals import bad_request

Scope = dict[str, Any]
COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
DEFAULT_MENU = {"type": "commands"}


def scope_key(scope: Scope | None) -> tuple[Any, ...]:
    scope = scope or {"type": "default"}
    return scope["type"], scope.get("chat_id"), scope.get("user_id")


class Profile:
    def __init__(self, name: str) -> None:
        self._commands: dict[tuple[tuple[Any, ...], str], list[dict[str, Any]]] = {}
        self._texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._menus: dict[int | None, dict[str, Any]] = {}

    def set_commands(
        self, scope: Scope | None, language: str, commands: list[dict[str, Any]]
    ) -> None:
        """Refuses (400) more than 100, and names or descriptions that Telegram refuses."""
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if COMMAND.fullmatch(command["command"]) is None:
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        ensure_language(language)
        self._commands[scope_key(scope), language] = [
            command | {"command": command["command"].removeprefix("/")} for command in commands
        ]

    def delete_commands(self, scope: Scope | None, language: str) -> None:
        self._commands.pop((scope_key(scope), language), None)

    def commands(self, scope: Scope | None, language: str) -> list[dict[str, Any]]:
        """Exactly what was set for that scope and language."""
        return self._commands.get((scope_key(scope), language), [])

    def commands_seen(self, chat_id: int, language: str) -> list[dict[str, Any]]:
        """What a person's menu shows in a private chat: the narrowest scope that was set."""
        chat: Scope = {"type": "chat", "chat_id": chat_id}
        for scope in (chat, {"type": "all_private_chats"}, None):
            for code in (language, ""):
                found = self._commands.get((scope_key(scope), code))
                if found:
                    return found
        return []

    def set_text(self, kind: str, language: str, text: str) -> None:
        """`kind` is name, description or short_description; an empty text removes it."""
        ensure_language(language)
        if text or (kind, language) == ("name", ""):
            self._texts[kind, language] = text
        else:
            self._texts.pop((kind, language), None)

    def text(self, kind: str, language: str) -> str:
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_menu(self, chat_id: int | None, button: dict[str, Any] | None) -> None:
        if button is None or button["type"] == "default":
            self._menus.pop(chat_id, None)
        else:
            self._menus[chat_id] = button

    def menu(self, chat_id: int | None) -> dict[str, Any]:
        return self._menus.get(chat_id) or self._menus.get(None) or DEFAULT_MENU


def ensure_language(code: str) -> None:
    if code and re.fullmatch(r"[a-z]{2}", code) is None:
        raise bad_request("LANG_CODE_INVALID")
