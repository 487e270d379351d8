"""Whatever a person types arrives as it was typed, from ten phones at once too."""

import asyncio

import pytest

from simulator.control_client import ControlRefused
from simulator.phone import Phone
from simulator.town import Town
from tests.simulator.asking import Asking
from tests.simulator.following import Following

MARKUP = [
    "<b>gras</b>",
    "<script>alert(1)</script>",
    "*gras* _italique_ `code` [lien](https://a.ma)",
    "&lt;b&gt; &amp; &nbsp;",
    "</p><img src=x onerror=alert(1)>",
    "\u202eمقلوب\u202c",
    "{{7*7}} %s ${x} \\n",
]


@pytest.mark.parametrize("emoji", ["😀", "❤️", "👨‍👩‍👧‍👦"])
async def test_4096_emoji_arrive_as_they_were_typed(
    bot: Asking, amina: Phone, town: Town, emoji: str
) -> None:
    """Longer texts leave in parts of 4096, as clients send them."""
    typed = emoji * 4096
    async with Following.open(town.base_url, bot.session) as stream:
        await amina.sends(typed)

        updates = await bot.updates()
        told = [(await stream.next("message"))["message"]["text"] for _ in updates]
        shown = [message.text for message in (await amina.chat())[1:]]
    assert "".join(update["message"]["text"] for update in updates) == typed
    assert "".join(told) == "".join(shown) == typed


@pytest.mark.parametrize("typed", MARKUP)
async def test_markup_stays_what_was_typed(
    bot: Asking, amina: Phone, town: Town, typed: str
) -> None:
    await amina.sends(typed)
    await amina.sends_document(b"x", "a.txt", caption=typed)
    await amina.edits(2, f"{typed}!")

    said, sent, edited = (update for update in await bot.updates())

    assert (said["message"]["text"], sent["message"]["caption"]) == (typed, typed)
    assert edited["edited_message"]["text"] == f"{typed}!"
    entities = said["message"].get("entities", []) + sent["message"].get("caption_entities", [])
    assert {entity["type"] for entity in entities} <= {"url"}
    assert [message.text for message in await amina.chat()][1:] == [f"{typed}!", typed]


@pytest.mark.parametrize(
    ("text", "words"), [("", "empty"), (" \n", "empty"), ("x" * 4097, "4096")]
)
async def test_a_correction_is_a_message_too(
    bot: Asking, amina: Phone, text: str, words: str
) -> None:
    written = await amina.sends("Bonjour")
    await bot.updates()

    with pytest.raises(ControlRefused, match=words):
        await amina.edits(written, text)

    assert (await amina.chat())[-1].text == "Bonjour"


async def test_ten_phones_write_at_once_and_each_sees_its_own(bot: Asking, town: Town) -> None:
    phones = [await town.phone(f"Voisin {number}") for number in range(10)]

    await asyncio.gather(*(write(phone) for phone in phones))

    updates = await bot.updates()
    assert len(updates) == 100
    for phone in phones:
        wanted = [f"{phone.name} {number}" for number in range(10)]
        assert [message.text for message in await phone.chat()] == wanted
        mine = [one["message"] for one in updates if one["message"]["from"]["id"] == phone.id]
        assert [message["text"] for message in mine] == wanted


async def write(phone: Phone) -> None:
    for number in range(10):
        await phone.sends(f"{phone.name} {number}")
