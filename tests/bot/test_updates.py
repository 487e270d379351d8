"""An update's outside, whatever the update is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.updates import EVENT, envelope, update_id

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_any_json_has_an_envelope_that_a_row_can_hold(raw: Any) -> None:
    found = envelope(raw)

    assert found.kind.isascii()
    assert 0 < len(found.kind) <= 40
    assert found.kind != EVENT
    assert found.person is None or abs(found.person) < 2**52
    assert found.chat is None or abs(found.chat) < 2**52


@pytest.mark.parametrize("key", ["event", "", "\ud83d", "mess\u0000age", "x" * 41, "a b", "é"])
def test_a_type_that_telegram_cannot_have_meant_is_malformed(key: str) -> None:
    assert envelope({"update_id": 1, key: {"from": {"id": 7}}}).kind == "malformed"


@pytest.mark.parametrize("number", [None, True, "1", 1.0, 2**53, [], {}])
def test_a_number_that_is_none_is_no_update_id(number: Any) -> None:
    assert update_id({"update_id": number}) is None


def test_a_tap_belongs_to_the_chat_of_its_message() -> None:
    tap = {"from": {"id": 7, "language_code": "fr"}, "message": {"chat": {"id": 9}}}

    found = envelope({"update_id": 1, "callback_query": tap})

    assert (found.person, found.chat, found.language) == (7, 9, "fr")


def test_a_tap_without_a_message_belongs_to_the_chat_of_its_person() -> None:
    assert envelope({"callback_query": {"from": {"id": 7}}}).chat == 7


def test_what_other_bots_say_is_not_private_talk() -> None:
    assert not envelope({"message": {"from": {"id": 7, "is_bot": True}}}).private


def test_what_is_said_in_groups_is_not_private_talk() -> None:
    assert not envelope({"message": {"from": {"id": 7}, "chat": {"type": "group"}}}).private
