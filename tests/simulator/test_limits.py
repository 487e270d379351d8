"""429 with `retry_after`, by Telegram's documented figures."""

import pytest

from simulator.clock import Clock
from simulator.limits import Limits
from simulator.phone import Phone
from simulator.refusals import Refused
from simulator.settings import UNLIMITED, Settings
from simulator.town import Town
from tests.simulator.asking import Asking

SILENT_FOR = 3600.0


async def test_one_chat_takes_a_short_burst_and_then_one_message_a_second(
    bot: Asking, amina: Phone, town: Town
) -> None:
    for number in range(20):
        await bot("sendMessage", chat_id=amina.id, text=str(number))

    refused = await bot.refused("sendMessage", chat_id=amina.id, text="too many")
    await town.advance_clock(refused.parameters["retry_after"])
    await bot("sendMessage", chat_id=amina.id, text="in time")

    assert refused.status == 429
    assert refused.description == "Too Many Requests: retry after 1"
    assert refused.parameters == {"retry_after": 1}


async def test_edits_and_answers_do_not_count(bot: Asking, amina: Phone) -> None:
    sent = await bot("sendMessage", chat_id=amina.id, text="0")
    place = {"chat_id": amina.id, "message_id": sent["message_id"]}

    for number in range(1, 30):
        await bot("editMessageText", **place, text=str(number))


async def test_a_broadcast_is_stopped_above_thirty_a_second(bot: Asking, town: Town) -> None:
    people = [await town.phone(f"Person {number}") for number in range(32)]
    for person in people:
        await person.sends("/start")
    await town.advance_clock(SILENT_FOR)

    for person in people[:30]:
        await bot("sendMessage", chat_id=person.id, text="Séance ouverte")
    refused = await bot.refused("sendMessage", chat_id=people[30].id, text="Séance ouverte")
    await people[31].sends("Salam")
    await bot("sendMessage", chat_id=people[31].id, text="a reply does not wait for a broadcast")
    await town.advance_clock(1)
    await bot("sendMessage", chat_id=people[30].id, text="Séance ouverte")

    assert (refused.status, refused.parameters) == (429, {"retry_after": 1})


async def test_a_paid_broadcast_is_faster(bot: Asking, town: Town) -> None:
    people = [await town.phone(f"Person {number}") for number in range(40)]
    for person in people:
        await person.sends("/start")
    await town.advance_clock(SILENT_FOR)

    for person in people:
        await bot("sendMessage", chat_id=person.id, text="x", allow_paid_broadcast=True)


async def test_a_group_takes_twenty_a_minute(bot: Asking, amina: Phone, town: Town) -> None:
    group = await town.group("Conseil", amina)

    for number in range(20):
        await bot("sendMessage", chat_id=group["id"], text=str(number))
    refused = await bot.refused("sendMessage", chat_id=group["id"], text="too many")
    await town.advance_clock(refused.parameters["retry_after"])
    await bot("sendMessage", chat_id=group["id"], text="in time")

    assert 55 <= refused.parameters["retry_after"] <= 60


async def test_limits_can_be_switched_off(bot: Asking, amina: Phone, town: Town) -> None:
    await town.settings(**UNLIMITED)

    for number in range(60):
        await bot("sendMessage", chat_id=amina.id, text=str(number))


def test_any_second_holds_thirty_not_any_whole_second() -> None:
    clock, settings = Clock(), Settings()
    limits = Limits(clock)
    for chat_id in range(1, 31):
        limits.admit(settings, chat_id, spoken_at=None, paid=False)
    clock.advance(0.6)

    with pytest.raises(Refused):
        limits.admit(settings, 31, spoken_at=None, paid=False)

    clock.advance(1.01)
    limits.admit(settings, 31, spoken_at=None, paid=False)
