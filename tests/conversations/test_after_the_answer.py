"""After the answer, over the network: hiding, withdrawing, several on one phone, a recording."""

import asyncio
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from participation.clock import system_clock
from simulator.phone import Phone
from storage.database import Database
from storage.documents import Document
from storage.traces import Trace
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.walking import (
    FRENCH,
    IDEA,
    RECEIPT,
    bot_messages,
    reaches_idea,
    reaches_review,
    taps,
)

HIDDEN = "Masqué à votre demande"
MANAGE = "Masquer ou retirer mes réponses"
TYPED = "Une salle calme pour réviser."


async def submits(phone: Phone) -> int:
    """Type one answer, pass over the rest, send; the number of the typed message."""
    await reaches_idea(phone)
    typed = await phone.sends(TYPED)
    await taps(phone, *[FRENCH.skip] * 4, FRENCH.send)
    await phone.waits_for(RECEIPT)
    return typed


async def traces(commune: Commune) -> int:
    async def ask(session: Any) -> int:
        return len((await session.scalars(select(Trace))).all())

    return await commune.read(ask)


async def test_hiding_changes_what_the_bot_said_and_deletes_what_was_typed(
    commune: Commune, amina: Phone
) -> None:
    typed = await submits(amina)
    await commune.settled()
    told = [one for one in await bot_messages(amina) if TYPED in one.text or "Jamais" in one.text]
    assert len(told) >= 2

    await taps(amina, MANAGE, "Masquer mes réponses ici")
    summary = await amina.waits_for("en cours de masquage")
    await commune.settled()

    chat = await amina.chat()
    assert typed not in [one.id for one in chat]
    assert [one for one in chat if TYPED in one.text or "Jamais" in one.text] == []
    hidden = [one for one in chat if HIDDEN in one.text]
    assert len(hidden) > 10
    assert all(not one.button_texts for one in hidden)
    assert "1\u2069 message que vous avez écrit" in summary.text
    assert [one for one in chat if RECEIPT in one.text]
    assert await traces(commune) == 0
    assert (await commune.submission()).answers["house/idea"] == TYPED


async def test_what_is_older_than_two_days_is_said_and_left(
    commune: Commune, amina: Phone
) -> None:
    typed = await submits(amina)
    await commune.settled()
    await commune.passes(timedelta(days=3))

    await taps(amina, MANAGE, "Masquer mes réponses ici")
    summary = await amina.waits_for("a plus de 48 heures")
    await commune.settled()

    assert "Telegram ne permet qu’à vous" in summary.text
    assert typed in [one.id for one in await amina.chat()]
    assert [one for one in await bot_messages(amina) if TYPED in one.text] == []


async def test_a_message_that_the_person_has_deleted_is_not_said_anew(
    commune: Commune, amina: Phone
) -> None:
    await submits(amina)
    await commune.settled()
    await commune.town.fault(
        "error",
        "editMessageText",
        status=400,
        description="Bad Request: message to edit not found",
    )

    await taps(amina, MANAGE, "Masquer mes réponses ici")
    await amina.waits_for("en cours de masquage")
    await commune.settled()

    assert [one for one in await bot_messages(amina) if HIDDEN in one.text] == []


async def test_withdrawn_answers_are_gone_and_another_may_be_given(
    commune: Commune, amina: Phone
) -> None:
    await submits(amina)

    await taps(amina, MANAGE, "Retirer mes réponses")
    await amina.waits_for("effacées définitivement")
    await amina.taps(None, "Oui, les effacer")
    await amina.waits_for("ne sont plus comptées")
    await commune.settled()

    assert await commune.submissions() == []
    await taps(amina, FRENCH.fill, FRENCH.agree)
    await amina.waits_for(button=FRENCH.go_on)
    assert len(await commune.submissions()) == 1


async def test_several_people_answer_on_one_phone(commune: Commune, amina: Phone) -> None:
    await reaches_review(amina)
    await taps(amina, FRENCH.send)
    await amina.waits_for(RECEIPT)

    await amina.taps(None, "Une autre personne répond ici")
    await taps(amina, FRENCH.agree, FRENCH.go_on, "Chaque semaine", *[FRENCH.skip] * 11)
    await taps(amina, FRENCH.send)
    await commune.settled()

    found = {one.seat: one.answers["house/visits"] for one in await commune.submissions()}
    assert found == {0: "never", 1: "weekly"}


async def test_a_guest_who_stops_and_starts_goes_on_within_the_grace(
    commune: Commune, amina: Phone
) -> None:
    await reaches_review(amina)
    await taps(amina, FRENCH.send)
    await amina.waits_for(RECEIPT)
    await amina.taps(None, "Une autre personne répond ici")
    await taps(amina, FRENCH.agree, FRENCH.go_on)
    await taps(amina, "Chaque semaine")
    await amina.waits_for(button=FRENCH.skip)

    await amina.sends("/stop")
    await amina.waits_for(button="Continuer mes réponses")
    await amina.sends("/start")
    await amina.waits_for(button="Continuer mes réponses")
    closes = (await commune.consultation()).closes_at
    await commune.passes(closes + timedelta(hours=2) - system_clock(timedelta(0))())
    await amina.taps(None, "Continuer mes réponses")
    late = await amina.waits_for("pouvez encore finir")

    assert FRENCH.skip in late.button_texts
    await taps(amina, *[FRENCH.skip] * 11, FRENCH.send)
    await commune.settled()
    assert sorted(one.state for one in await commune.submissions()) == ["submitted"] * 2


async def test_a_number_in_a_free_text_is_kept_nowhere(commune: Commune, amina: Phone) -> None:
    await reaches_idea(amina)

    await amina.sends("Appelez-moi : 06 12 34 56 78, JC123456")
    again = await amina.waits_for("disent qui est quelqu’un")
    await commune.settled()

    assert IDEA in again.text
    assert "house/idea" not in (await commune.submission()).answers
    await amina.sends(TYPED)
    await taps(amina, FRENCH.skip)
    await commune.settled()
    assert (await commune.submission()).answers["house/idea"] == TYPED


async def test_the_outcome_is_wished_and_announcements_are_taken(
    commune: Commune, amina: Phone
) -> None:
    await reaches_review(amina)
    await taps(amina, FRENCH.send)

    await taps(amina, "Oui, m’informer")
    await amina.waits_for("ouverture de chaque nouvelle consultation")
    await amina.taps(None, "M’informer des suites")
    await amina.waits_for("informé(e) ici des suites")

    (person,) = await commune.people()
    assert person.subscribed is True


async def test_a_recording_of_the_commune_is_heard(commune: Commune, amina: Phone) -> None:
    await _record(commune)
    await asyncio.sleep(1.2)  # the process looks at documents once a second
    await amina.opens_link(f"c_{HOUSES}")
    card = await amina.waits_for(button=FRENCH.fill)
    assert len([one for one in card.button_texts if "Lire" in one]) == 1

    await taps(amina, FRENCH.fill, "Écouter")
    voice = await amina.waits_for("à écouter", button=FRENCH.agree)

    assert voice.file is not None
    assert (await amina.downloads(voice)).startswith(b"OggS")
    await amina.taps(voice, FRENCH.agree)
    await amina.waits_for(button=FRENCH.go_on)


async def _record(commune: Commune) -> None:
    """What loading a recording writes."""
    consultation = await commune.consultation()
    content = b"OggS" + bytes(64)
    database = Database(commune.database_url)
    async with database.unit_of_work() as session:
        session.add(
            Document(
                consultation_id=consultation.id,
                slug="spoken-notice",
                language="fr",
                position=1000,
                title=consultation.title,
                summary=None,
                file_name="notice.ogg",
                media_type="audio/ogg",
                size=len(content),
                sha256=sha256(content).hexdigest(),
                content=content,
            )
        )
    await database.close()
