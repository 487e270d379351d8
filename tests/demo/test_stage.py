"""What the page asks of the demo happens to a real process, and no word is lost."""

import json
import os
import re
import signal
import time

import pytest

from bot.demo.backstage import PLAY
from bot.demo.example import LINK
from participation.sharing import PARAMETER
from simulator.control_client import ControlRefused
from simulator.phone import NothingSaid
from simulator.town import Town
from tests.demo.behind import Behind, queue
from tests.demo.terminal import Demo, is_alive

AT_ONCE_SECONDS = 5.0
"""Half a second on a machine that has nothing else to do."""


async def test_what_is_written_to_a_dead_bot_is_answered_when_it_is_back(
    town: Town, behind: Behind
) -> None:
    khadija = await town.phone("Khadija", "fr")
    before = (await behind.shown())["bot"]

    asked_at = time.monotonic()
    await behind.asks("kill")
    dead = await behind.becomes("killed")
    killed_after = time.monotonic() - asked_at
    await khadija.sends("/start")
    with pytest.raises(NothingSaid):
        await khadija.waits_for(timeout=1)
    waiting = await town.pending_updates()
    await behind.asks("start")
    alive = (await behind.becomes("running"))["bot"]

    assert not is_alive(before["pid"])
    assert killed_after < AT_ONCE_SECONDS
    assert dead["acts"] == ["start"]
    assert waiting == 1
    assert alive["pid"] != before["pid"]
    assert alive["starts"] == before["starts"] + 1
    assert await khadija.waits_for("Taroudant", timeout=30)
    await town.quiet(timeout=30)  # confirmed by the poll that follows the commit
    assert await town.pending_updates() == 0


async def test_a_bot_that_is_asked_to_stop_ends_in_good_order(behind: Behind) -> None:
    await behind.asks("stop")

    stopped = await behind.becomes("stopped")

    assert stopped["acts"] == ["start"]
    assert stopped["bot"]["sentence"] is None
    with pytest.raises(ControlRefused):
        await behind.asks("kill")


async def test_a_bot_killed_from_elsewhere_is_seen_to_be_dead(behind: Behind) -> None:
    os.kill((await behind.shown())["bot"]["pid"], signal.SIGKILL)

    assert (await behind.becomes("killed"))["bot"]["pid"] is None


async def test_a_bot_can_be_killed_while_it_starts(behind: Behind) -> None:
    await behind.asks("kill")
    await behind.becomes("killed")
    await behind.asks("start")
    await behind.becomes("starting")

    await behind.asks("kill")

    assert (await behind.becomes("killed"))["acts"] == ["start"]


async def test_the_queues_tell_kinds_and_states_and_neither_people_nor_words(
    demo: Demo, town: Town, behind: Behind
) -> None:
    zineb = await town.phone("Zineb", "fr")
    await zineb.sends("une phrase que personne ne doit lire")
    await zineb.waits_for(timeout=30)
    seen = await behind.until(lambda shown: bool(queue(shown, "inbox")["rows"]))

    shown = json.dumps(seen, ensure_ascii=False)
    rows = queue(seen, "inbox")["rows"]
    assert rows[0].keys() == {"id", "what", "state", "at"}
    assert rows[0]["what"] == "message"
    assert abs(rows[0]["at"] - time.time()) < 60
    assert [one["name"] for one in seen["queues"]] == ["inbox", "outbox", "deliveries"]
    assert not re.search(rf"Zineb|phrase|{zineb.id}|{re.escape(town.token)}", shown)


async def test_answers_that_cannot_leave_wait_in_sight(town: Town, behind: Behind) -> None:
    brahim = await town.phone("Brahim", "ar")
    fault = await town.fault("error", "send*", status=502)

    await brahim.sends("/start")
    seen = await behind.until(lambda shown: "waiting" in queue(shown, "outbox")["counts"])
    await town.clear_faults(fault)

    assert {row["what"] for row in queue(seen, "outbox")["rows"]} == {"sendMessage"}
    assert await brahim.waits_for(timeout=60)


async def test_posters_carry_the_title_in_both_languages_and_a_link_that_works(
    town: Town, behind: Behind
) -> None:
    links = (await behind.shown())["links"]

    assert [link["start"] for link in links] == ["c_neighbourhood-houses"]  # one is closed
    for link in links:
        assert link["label"].keys() >= {"ar", "fr"}
        lahcen = await town.phone("Lahcen", "fr")
        await lahcen.opens_link(link["start"])
        card = await lahcen.waits_for(timeout=30)
        assert link["label"]["fr"] in " ".join(card.text.split())  # whatever the spaces are


async def test_hassan_and_amina_live_there(demo: Demo, town: Town) -> None:
    hassan, amina = await town.phone("Hassan"), await town.phone("Amina")

    assert (hassan.user["language_code"], amina.user["language_code"]) == ("ar", "fr")
    assert hassan.id < amina.id
    assert demo.says("musharaka phone --name")


async def test_a_day_can_be_watched_on_the_phones_of_the_page(town: Town, behind: Behind) -> None:
    await behind.asks(PLAY)
    seen = await behind.until(lambda shown: bool((shown["journey"] or {}).get("people")))

    people = {person.id for person in [await town.phone("Amina"), await town.phone("Hassan")]}

    assert seen["journey"]["running"]
    assert set(seen["journey"]["people"]) == people
    assert seen["acts"] == ["kill", "stop"]
    assert await (await town.phone("Amina")).waits_for(timeout=30)


def test_the_demo_writes_links_as_the_bot_reads_them() -> None:
    assert LINK == PARAMETER
