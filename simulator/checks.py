"""Checks of single values: the primitives of the Bot API, sizes, and what a button may be."""

import json
from collections.abc import Callable, Mapping
from typing import Any

Check = Callable[[Any], Any]


class Mismatch(Exception):
    """A value that is not of its type; the path to it grows while the error travels outwards."""

    def __init__(self, problem: str, *path: str | int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.path = [*path]

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'value'}: {self.problem}"


def integer(value: Any) -> Any:
    if type(value) is not int:
        raise Mismatch(f"must be an Integer, found {shown(value)}")
    return value


def fraction(value: Any) -> Any:
    if type(value) not in (int, float):
        raise Mismatch(f"must be a Float, found {shown(value)}")
    return value


def string(value: Any) -> Any:
    if type(value) is not str:
        raise Mismatch(f"must be a String, found {shown(value)}")
    return value


def boolean(value: Any) -> Any:
    if value is not True and value is not False:
        raise Mismatch(f"must be a Boolean, found {shown(value)}")
    return value


def true(value: Any) -> Any:
    if value is not True:
        raise Mismatch(f"must be True, found {shown(value)}")
    return value


def false(value: Any) -> Any:
    if value is not False:
        raise Mismatch(f"must be False, found {shown(value)}")
    return value


def upload(value: Any) -> Any:
    raise Mismatch(f"must be a file uploaded as multipart/form-data, found {shown(value)}")


def shown(value: Any) -> str:
    words = repr(value)
    return f"{words[:60]}…" if len(words) > 60 else words


PRIMITIVES: Mapping[str, Check] = {
    "integer": integer, "float": fraction, "string": string, "boolean": boolean,
    "true": true, "false": false, "file": upload,
}  # fmt: skip


def array_of(check: Check) -> Check:
    def check_array(value: Any) -> Any:
        if type(value) is not list:
            raise Mismatch(f"must be an Array, found {shown(value)}")
        for index, inner in enumerate(value):
            try:
                check(inner)
            except Mismatch as mismatch:
                mismatch.path.insert(0, index)
                raise
        return value

    return check_array


def one_of(allowed: list[Any]) -> Check:
    values = frozenset(allowed)

    def check(value: Any) -> Any:
        if type(value) not in (str, int) or value not in values:
            raise Mismatch(
                f"must be one of {', '.join(map(str, allowed[:12]))}, found {shown(value)}"
            )
        return value

    return check


def sized_text(least: int, most: int) -> Check:
    def check(value: Any) -> Any:
        if not least <= len(string(value)) <= most:
            raise Mismatch(f"must have {least}-{most} characters, found {len(value)}")
        return value

    return check


def sized_bytes(least: int, most: int) -> Check:
    def check(value: Any) -> Any:
        size = len(string(value).encode())
        if not least <= size <= most:
            raise Mismatch(f"BUTTON_DATA_INVALID, must have {least}-{most} bytes, found {size}")
        return value

    return check


def is_integer(text: Any) -> bool:
    return (
        isinstance(text, str)
        and text.removeprefix("-").isascii()
        and text.removeprefix("-").isdigit()
    )


BOOLEANS = {"true": True, "True": True, "false": False, "False": False}


def from_json(text: Any) -> Any:
    """A parameter's value out of its text form."""
    if not isinstance(text, str):
        return text
    if text in BOOLEANS:
        return BOOLEANS[text]
    try:
        return json.loads(text)
    except ValueError:
        raise Mismatch(f"can't parse JSON {shown(text)}") from None


BUTTON_ACTIONS = frozenset({
    "url", "callback_data", "web_app", "login_url", "switch_inline_query",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "copy_text",
    "callback_game", "pay", "disabled",
})  # fmt: skip


def one_action(button: Any) -> None:
    """An inline button does exactly one thing; Telegram would take the first one it finds."""
    actions = BUTTON_ACTIONS & button.keys()
    if not actions:
        raise Mismatch("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Mismatch(f"an inline button does one thing, found {', '.join(sorted(actions))}")
    url = button.get("url")
    if url is not None and not url.startswith(("http://", "https://", "tg://")):
        raise Mismatch(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if not button["text"].strip():
        raise Mismatch("the text of an inline keyboard button can't be empty")


def not_too_long(markup: Any) -> None:
    if sum(map(len, markup["inline_keyboard"])) > 100:
        raise Mismatch("reply markup is too long")


FURTHER: Mapping[str, Callable[[Any], None]] = {
    "InlineKeyboardButton": one_action,
    "InlineKeyboardMarkup": not_too_long,
}
