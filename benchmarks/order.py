"""Whether a chat's replies reached the server in the order of its updates."""

from collections.abc import Collection

from benchmarks.scripts import Script
from benchmarks.telegram import Telegram


def out_of_order(
    telegram: Telegram, since: int, chats: Collection[int], script: Script, first: int, count: int
) -> int:
    """Replies in the record that came after a later one of their chat, and those that are missing.

    ``script`` says what each act's replies are; everybody did its acts ``first`` and following.
    """
    expected = [text for act in script[first : first + count] for text in act.said]
    place = {text: number for number, text in enumerate(expected)}
    came: dict[int, list[int]] = {chat: [] for chat in chats}
    for entry in telegram.world.record.since(since):
        text = entry.params.get("text")
        if entry.chat_id in came and text in place:
            came[entry.chat_id].append(place[text])
    return sum(_wrong(places, len(expected)) for places in came.values())


def _wrong(places: list[int], count: int) -> int:
    late, furthest = 0, -1
    for place in places:
        late += place < furthest
        furthest = max(furthest, place)
    return late + max(0, count - len(set(places)))
