"""Updates that are none: each becomes a closed row or a parked one, others are served."""

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.phone import Phone
from storage.inbox import InboxState
from tests.conversations import raw
from tests.conversations.commune import Commune
from tests.conversations.walking import bot_messages

MALFORMED: dict[str, dict[str, Any]] = {
    "nothing inside": {},
    "a message that is empty": {"message": {}},
    "a message that is a list": {"message": [1, 2]},
    "a message that is a word": {"message": "x"},
    "a message that is null": {"message": None},
    "a tap that is a number": {"callback_query": 5},
    "a chat that is a word": {"message": {"chat": "x", "from": {"id": 7}, "text": "hi"}},
    "a sender without a number": {"message": {"from": {"first_name": "x"}, "text": "hi"}},
    "a sender whose number is true": {"message": {"from": {"id": True}, "text": "hi"}},
    "a sender whose number is a word": {"message": {"from": {"id": "7"}, "text": "hi"}},
    "a sender with a huge number": {"message": {"from": {"id": 2**70}, "chat": {"id": 2**70}}},
    "a sender with a negative number": {"message": {"from": {"id": -(2**63)}, "text": "x"}},
    "a sender whose number is a fraction": {"message": {"from": {"id": 1.5}, "text": "x"}},
    "rubbish in rubbish": {"message": {"message": {"message": [[[[{"x": [None]}]]]]}}},
    "an empty key": {"": {}},
    "a very long key": {"x" * 5000: {"from": {"id": 7}}},
    "a NUL in a key": {"mess\u0000age": {"from": {"id": 7}}},
    "half a character in a key": {"\ud83d": {}},
    "an own event in disguise": {"event": "present", "chat_id": 7},
}


async def test_malformed_updates_harm_nobody(commune: Commune, amina: Phone) -> None:
    assert MALFORMED
    for update in MALFORMED.values():
        await commune.town.push_update(copy.deepcopy(update))

    await amina.sends("/start")
    await amina.waits_for(button="Consultations")
    await commune.settled()

    assert sum((await commune.inbox()).values()) == len(MALFORMED) + 1
    assert not (await commune.inbox()).get(InboxState.WAITING)


async def test_unknown_kinds_of_updates_are_counted_and_closed(
    commune: Commune, amina: Phone
) -> None:
    for kind in ("poll_answer", "chat_boost", "business_message", "something_of_2031"):
        await commune.town.push_update({kind: {"from": amina.user, "id": "1"}})

    await amina.sends("/start")
    await amina.waits_for()
    await commune.settled()

    assert await commune.inbox() == {InboxState.UNKNOWN: 4, InboxState.DONE: 1}
    assert len(await bot_messages(amina)) == 1


async def test_an_update_that_cannot_be_read_is_parked_and_its_person_told(
    commune: Commune, amina: Phone
) -> None:
    await amina.sends("/start")
    await amina.waits_for()
    broken = raw.message(amina, "bonjour")
    broken["message"]["message_id"] = {"not": "a number"}

    await commune.town.push_update(broken)
    told = await amina.waits_for("donnez cette référence")

    (parked,) = await commune.parked()
    assert parked.reference is not None
    assert parked.reference in told.text
    assert parked.error is not None
    assert "message.message_id" in parked.error
    assert "bonjour" not in parked.error


async def test_an_update_whose_number_is_known_already_is_ignored(
    commune: Commune, amina: Phone
) -> None:
    number = await commune.town.push_update(raw.message(amina, "/start"))
    await commune.settled()

    await commune.town.push_update({"update_id": number, **raw.message(amina, "/help")})
    await amina.sends("/start")
    await amina.waits_for()
    await commune.settled()

    assert await commune.inbox() == {InboxState.DONE: 2}


RUBBISH = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20),
    st.just([]),
    st.just({}),
    st.just({"id": 7}),
    st.just("\ud800"),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside an update that can be bent."""
    found = [path] if path else []
    if isinstance(value, dict):
        for key, inner in value.items():
            found += _places(inner, (*path, key))
    return found


@st.composite
def bent(draw: st.DrawFn, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A real update with one to three places replaced by rubbish, or taken out."""
    update = copy.deepcopy(make())
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(_places(update)))
        holder: Any = update
        for key in place[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[place[-1]] = draw(RUBBISH)
        else:
            del holder[place[-1]]
        if not _places(update):
            break
    return update


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_real_updates_bent_out_of_shape_harm_nobody(
    commune: Commune, amina: Phone, hassan: Phone, data: st.DataObject
) -> None:
    makes = [
        lambda: raw.message(amina, "/start"),
        lambda: raw.message(amina, "bonjour", edit_date=5),
        lambda: raw.tap(amina, "OpenMenu:0"),
        lambda: {"edited_message": raw.message(amina, "x")["message"]},
        lambda: {
            "my_chat_member": {
                "chat": {"id": amina.chat_id, "type": "private"},
                "from": amina.user,
                "date": 1,
                "old_chat_member": {"user": {"id": 1, "is_bot": True, "first_name": "b"}},
                "new_chat_member": {"status": "member", "user": {"id": 1}},
            }
        },
    ]
    updates = data.draw(
        st.lists(st.one_of(*(bent(make) for make in makes)), min_size=5, max_size=15)
    )

    for update in updates:
        await commune.town.push_update(update)
    await hassan.sends("/start")
    await hassan.waits_for(button="Français")
    await commune.settled()

    assert not (await commune.inbox()).get(InboxState.WAITING)
