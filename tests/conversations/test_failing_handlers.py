"""A handler that fails harms nobody but the update it failed on."""

import re

from simulator.phone import Phone
from storage.inbox import InboxState
from tests.conversations.commune import Commune
from tests.conversations.faults import Fault, planted
from tests.conversations.walking import (
    AGE_GROUP,
    IDEA,
    MINUTES,
    bot_messages,
    question_with,
    reaches_idea,
    reaches_minutes,
)

SORRY = "Un problème est survenu de notre côté"


async def neighbours(commune: Commune, count: int) -> list[Phone]:
    return [await commune.town.phone(f"Voisine {number}", "fr") for number in range(count)]


async def test_an_update_that_keeps_failing_is_parked_and_the_person_gets_a_reference(
    commune: Commune, amina: Phone
) -> None:
    await reaches_idea(amina)

    with planted(Fault("maudit")) as fault:
        await amina.sends("un mot maudit")
        told = await amina.waits_for(SORRY)

    (parked,) = await commune.parked()
    assert parked.reference
    assert f"⁨{parked.reference}⁩" in told.text
    assert parked.error is not None
    assert re.fullmatch(r"Planted faults\.py:__call__:\d+", parked.error)
    assert len(fault.struck) == 4
    assert (await commune.submission()).answers.get("house/idea") is None


async def test_what_fails_again_at_the_same_place_is_tried_once(
    commune: Commune, amina: Phone
) -> None:
    await reaches_idea(amina)

    with planted(Fault("maudit")) as fault:
        await amina.sends("un mot maudit")
        await amina.waits_for(SORRY)
        first = len(fault.struck)
        await amina.sends("encore maudit")
        await commune.settled()

    assert (first, len(fault.struck)) == (4, 5)
    assert len(await commune.parked()) == 2
    assert [SORRY in one.text for one in (await bot_messages(amina))[-1:]] == [True]


async def test_what_a_person_sends_after_a_parked_update_is_worked_on_in_order(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)

    with planted(Fault("maudit")):
        await amina.sends("maudit")
        await amina.sends("15")
        await amina.waits_for("Quand la maison")
        await commune.settled()

    said = [one.text for one in await bot_messages(amina)]
    sorry = next(place for place, text in enumerate(said) if SORRY in text)
    assert any("Quand la maison" in text for text in said[sorry + 1 :])
    assert (await commune.submission()).answers["house/walking_minutes"] == 15
    assert await commune.inbox() == {
        InboxState.PARKED: 1,
        InboxState.DONE: (await commune.inbox())[InboxState.DONE],
    }


async def test_others_in_the_same_batch_are_served(commune: Commune, amina: Phone) -> None:
    others = await neighbours(commune, 8)
    await amina.sends("/start")
    await amina.waits_for()
    await commune.stop()

    for other in others[:4]:
        await other.sends("/start")
    await amina.sends("maudit")
    for other in others[4:]:
        await other.sends("/start")
    with planted(Fault("maudit")):
        await commune.start()
        for other in others:
            await other.waits_for(button="Consultations")
        await amina.waits_for(SORRY)

    assert len(await commune.parked()) == 1


async def test_a_failure_that_passes_parks_nothing(commune: Commune, amina: Phone) -> None:
    await reaches_idea(amina)

    with planted(Fault("maudit", times=2)):
        await amina.sends("un mot maudit")
        await amina.waits_for(AGE_GROUP)
        await commune.settled()

    assert (await commune.submission()).answers["house/idea"] == "un mot maudit"
    assert not await commune.parked()
    assert sum(IDEA in one.text for one in await bot_messages(amina)) == 1


async def test_an_error_at_the_flush_is_traced_to_its_update(
    commune: Commune, amina: Phone
) -> None:
    others = await neighbours(commune, 7)
    await reaches_idea(amina)
    await commune.stop()

    for other in others[:3]:
        await other.sends("/start")
    await amina.sends("un mot maudit")
    for other in others[3:]:
        await other.sends("/start")
    with planted(Fault("maudit", at_flush=True)):
        await commune.start()
        for other in others:
            await other.waits_for(button="Consultations")
        await amina.waits_for(SORRY)

    (parked,) = await commune.parked()
    assert parked.error is not None
    assert parked.error.startswith("IntegrityError ")
    assert "maudit" not in parked.error


async def test_after_a_failure_the_person_goes_on_where_they_stood(
    commune: Commune, amina: Phone
) -> None:
    await reaches_idea(amina)
    with planted(Fault("maudit", at_flush=True)):
        await amina.sends("un mot maudit")
        await amina.waits_for(SORRY)

    await amina.sends("un beau mot")
    await amina.waits_for(AGE_GROUP)

    assert "un beau mot" in (await question_with(amina, IDEA)).text


async def test_two_people_who_fail_in_one_batch_are_both_told(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    await reaches_minutes(amina)
    await hassan.sends("/start")
    await hassan.waits_for()
    await commune.stop()

    await amina.sends("maudit")
    await hassan.sends("maudit")
    await amina.sends("20")
    await hassan.sends("/start")
    with planted(Fault("maudit")):
        await commune.start()
        await amina.waits_for("Quand la maison")
        await hassan.waits_for(button="Français")
        await commune.settled()

    assert len(await commune.parked()) == 2
    assert MINUTES in (await question_with(amina, MINUTES)).text
