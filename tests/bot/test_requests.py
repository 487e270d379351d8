"""What is stored of a Bot API method is what will be posted."""

import json
from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.dispatcher import RequestOnTheHotPath, silent_bot
from bot.requests import request_of

ME = {"id": 1000001, "is_bot": True, "first_name": "Musharaka"}


def test_defaults_are_resolved_and_what_is_absent_is_dropped() -> None:
    method, params = request_of(SendMessage(chat_id=7, text="Bonjour"))

    assert method == "sendMessage"
    assert params == {
        "chat_id": 7,
        "text": "Bonjour",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


def test_keyboards_become_plain_json() -> None:
    button = InlineKeyboardButton(text="Oui", callback_data="x")
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])

    _, params = request_of(SendMessage(chat_id=7, text="?", reply_markup=keyboard))

    assert json.loads(json.dumps(params))["reply_markup"] == {
        "inline_keyboard": [[{"text": "Oui", "callback_data": "x"}]]
    }


def test_what_has_no_place_in_a_request_is_refused() -> None:
    words: Any = object()
    odd = SendMessage.model_construct(chat_id=7, text=words)

    with pytest.raises(TypeError, match="object has no place"):
        request_of(odd)


async def test_a_handler_that_awaits_a_method_fails_loudly() -> None:
    bot = silent_bot("1000001:token-of-a-test", ME)

    with pytest.raises(RequestOnTheHotPath):
        await bot(AnswerCallbackQuery(callback_query_id="1"))
