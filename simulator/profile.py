"""The bot's face: commands by scope and language, name, descriptions, menu button."""

import re
from collections.abc import Iterator
from typing import Any

from simulator.chats import Chat
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
    ) -> bool:
        """Whether it is a change.

        Refuses (400) more than 100, and names or descriptions that Telegram refuses.
        """
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if COMMAND.fullmatch(command["command"]) is None:
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        ensure_language(language)
        place = scope_key(scope), language
        before = self._commands.get(place)
        self._commands[place] = [
            command | {"command": command["command"].removeprefix("/")} for command in commands
        ]
        return self._commands[place] != before

    def delete_commands(self, scope: Scope | None, language: str) -> bool:
        return self._commands.pop((scope_key(scope), language), None) is not None

    def commands(self, scope: Scope | None, language: str) -> list[dict[str, Any]]:
        """Exactly what was set for that scope and language."""
        return self._commands.get((scope_key(scope), language), [])

    def commands_seen(self, chat: Chat, user_id: int, language: str) -> list[dict[str, Any]]:
        """What a person's menu shows in a chat: the narrowest scope that was set."""
        for scope in scopes(chat, user_id):
            for code in (language, ""):
                found = self._commands.get((scope_key(scope), code))
                if found:
                    return found
        return []

    def set_text(self, kind: str, language: str, text: str) -> bool:
        """`kind` is name, description or short_description; an empty text removes it."""
        ensure_language(language)
        before = self._texts.get((kind, language), "")
        if text or (kind, language) == ("name", ""):
            self._texts[kind, language] = text
        else:
            self._texts.pop((kind, language), None)
        return text != before

    def text(self, kind: str, language: str) -> str:
        return self._texts.get((kind, language)) or self._texts.get((kind, ""), "")

    def set_menu(self, chat_id: int | None, button: dict[str, Any] | None) -> bool:
        before = self._menus.get(chat_id)
        if button is None or button["type"] == "default":
            self._menus.pop(chat_id, None)
        else:
            self._menus[chat_id] = button
        return self._menus.get(chat_id) != before

    def menu(self, chat_id: int | None) -> dict[str, Any]:
        return self._menus.get(chat_id) or self._menus.get(None) or DEFAULT_MENU


def scopes(chat: Chat, user_id: int) -> Iterator[Scope | None]:
    """Where Telegram's clients look for commands, the narrowest scope first."""
    here: Scope = {"chat_id": chat.id}
    if chat.is_private:
        yield {"type": "chat", **here}
        yield {"type": "all_private_chats"}
    else:
        administers = user_id == chat.creator_id
        yield {"type": "chat_member", **here, "user_id": user_id}
        if administers:
            yield {"type": "chat_administrators", **here}
        yield {"type": "chat", **here}
        if administers:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    yield None


def ensure_language(code: str) -> None:
    if code and re.fullmatch(r"[a-z]{2}", code) is None:
        raise bad_request("LANG_CODE_INVALID")
