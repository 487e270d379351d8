"""What became of a consultation, and a human who answers: whole conversations over HTTP."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from simulator.chat_message import ChatMessage
from simulator.phone import Phone
from storage.announcements import Delivery
from storage.database import Database
from storage.people import Person
from storage.reports import ReportBack, ReportFile
from storage.wishes import OutcomeWish
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.staffing import arrives_as
from tests.privacy.copies import backed_up, read_backup

HEARD = "Ouvrir le soir"
SPOKEN = b"OggS what the commune answers"
ASKED = "أين أجد استمارة الدعم؟ رقمي 0612345678"
ANSWER = "Au guichet 3, de 9h à 12h."


async def person(commune: Commune, phone: Phone) -> Person:
    async def ask(session: Any) -> Person:
        found = await session.scalars(select(Person).where(Person.channel_id == phone.id))
        return found.one()  # type: ignore[no-any-return]

    return await commune.read(ask)


async def write(commune: Commune, row: Any) -> None:
    """A row written from beside, as another command would."""
    database = Database(commune.database_url)
    try:
        async with database.unit_of_work() as session:
            session.add(row)
    finally:
        await database.close()


async def arrives(phone: Phone) -> None:
    await phone.sends("/start")
    await phone.waits_for()


async def officer(commune: Commune) -> Phone:
    """Naima, who reads French and answers for the commune."""
    naima = await commune.town.phone("Naima", "fr")
    return await arrives_as(commune, naima)


async def taps(phone: Phone, *labels: str) -> ChatMessage:
    """Tap one button after the other, each in whatever message has it newest."""
    for label in labels:
        message = await phone.waits_for(button=label)
        await phone.taps(message, next(one for one in message.button_texts if label in one))
    return message


async def all_rows(commune: Commune) -> dict[str, Any]:
    """A logical backup of everything."""
    database = Database(commune.database_url)
    try:
        return read_backup(await backed_up(database))
    finally:
        await database.close()


async def kept_content(commune: Commune) -> bytes | None:
    async def ask(session: Any) -> bytes | None:
        return await session.scalar(select(ReportFile.content))  # type: ignore[no-any-return]

    return await commune.read(ask)


async def count(commune: Commune, row: type[Any]) -> int:
    async def ask(session: Any) -> int:
        return len((await session.scalars(select(row))).all())

    return await commune.read(ask)


async def test_a_closed_consultation_is_reported_back_and_its_wishers_are_told(
    commune: Commune, hassan: Phone
) -> None:
    naima = await officer(commune)
    await arrives(hassan)
    wisher, houses = await person(commune, hassan), await commune.consultation()
    await write(commune, OutcomeWish(person_id=wisher.id, consultation_id=houses.id))
    await commune.passes(timedelta(days=30))

    await naima.sends("/staff")
    await taps(naima, "Toutes les consultations", "Maisons de quartier", "Suites données")
    await taps(naima, "Ajouter un thème")
    await naima.waits_for("Thème ⁨1⁩")
    await naima.sends(HEARD)
    await naima.waits_for("العربية", button="Pas dans cette langue")
    await naima.sends("فتح دور الحي مساء")
    await taps(naima, "Retenu en partie")
    await naima.waits_for("Écrivez le motif")
    await naima.sends("Deux maisons d’abord.")
    await naima.waits_for("العربية", button="Pas dans cette langue")
    await naima.sends("داران أولا.")
    await naima.waits_for("Choisissez la suite")
    await commune.restart()
    await taps(naima, "Retour aux suites données", "Fichier ou voix\u00a0: العربية")
    await naima.waits_for("Envoyez un fichier")
    await naima.sends_voice(SPOKEN)
    await naima.waits_for("Le fichier est gardé")
    await taps(naima, "Publier", "Publier et les informer")
    await naima.waits_for("⁨1⁩ personne est en train")

    async def content_is_kept() -> bool:
        return await kept_content(commune) == SPOKEN

    await commune.until(content_is_kept)
    assert await count(commune, ReportBack) == 1
    assert await count(commune, Delivery) == 1
    await hassan.opens_link(f"c_{HOUSES}")
    card = await hassan.waits_for("أجابت الجماعة.", button="جواب الجماعة")
    await hassan.taps(card, "جواب الجماعة")
    outcome = await hassan.waits_for("🟡 مقبول جزئيا", button="🔊")
    assert "داران أولا." in outcome.text
    await taps(hassan, "🔊")
    await hassan.waits_for("مآل")
    await commune.settled()
    assert not await commune.parked()


async def test_hassan_asks_in_arabic_and_a_human_answers(commune: Commune, hassan: Phone) -> None:
    naima = await officer(commune)
    await hassan.sends("/help")
    await taps(hassan, "ترك رسالة")
    await hassan.waits_for("30 يوما")
    await hassan.sends(ASKED)
    await hassan.waits_for("تم الاحتفاظ برسالتكم")

    await naima.waits_for("⁨1⁩ message attend une réponse")
    await taps(naima, "Messages en attente", "Ouvrir le message")
    opened = await naima.waits_for(ASKED)
    await taps(naima, "Répondre")
    await naima.waits_for("écrivez votre réponse")
    await naima.sends(ANSWER)
    await naima.waits_for("en route")
    answered = await hassan.waits_for(ANSWER, button="الكتابة من جديد")

    assert "تجيب الجماعة عن رسالتكم" in answered.text
    assert ASKED in opened.text
    await commune.settled()
    assert not await commune.parked()


async def test_an_answer_that_met_a_blocked_chat_comes_when_the_person_returns(
    commune: Commune, hassan: Phone
) -> None:
    naima = await officer(commune)
    await hassan.sends("/help")
    await taps(hassan, "ترك رسالة")
    await hassan.waits_for("30 يوما")
    await hassan.sends(ASKED)
    await naima.waits_for("⁨1⁩ message attend une réponse")
    await taps(naima, "Messages en attente", "Ouvrir le message", "Répondre")
    await naima.waits_for("écrivez votre réponse")

    await commune.town.fault("latency", "sendMessage", seconds=0.5, chat_id=hassan.chat_id)
    await naima.sends(ANSWER)
    await naima.waits_for("en route")
    await hassan.blocks()
    await commune.settled()
    missed = not any(ANSWER in one.text for one in await hassan.chat())
    await commune.town.clear_faults()
    await hassan.unblocks()
    await hassan.waits_for(ANSWER, button="الكتابة من جديد")
    await hassan.sends("/start")
    await commune.settled()

    assert missed
    assert sum(ANSWER in one.text for one in await hassan.chat()) == 1


async def test_a_backup_without_the_key_file_tells_nothing_of_who_asked_what(
    commune: Commune, hassan: Phone
) -> None:
    naima = await officer(commune)
    await hassan.sends("/help")
    await taps(hassan, "ترك رسالة")
    await hassan.waits_for("30 يوما")
    await hassan.sends(ASKED)
    await naima.waits_for("⁨1⁩ message attend une réponse")
    await taps(naima, "Messages en attente", "Ouvrir le message", "Répondre")
    await naima.waits_for("écrivez votre réponse")
    await naima.sends(ANSWER)
    await hassan.waits_for(ANSWER)
    await commune.settled()

    rows = await all_rows(commune)

    asker = await person(commune, hassan)
    planted = {"help_request": [{"words": f"…{ASKED}…".encode()}]}
    assert tells(planted, ASKED)
    assert tells({"help_request": [{"words": ASKED}]}, ASKED)
    assert len(rows["help_request"]) == 1
    for words in (ASKED, "0612345678", ANSWER, "guichet 3"):
        assert not tells(rows, words)
    values = [value for row in rows["help_request"] for value in row.values()]
    assert {asker.id, asker.channel_id}.isdisjoint(
        value for value in values if isinstance(value, int)
    )


def tells(rows: dict[str, Any], words: str) -> bool:
    """Whether words stand anywhere in rows, as text or as bytes."""
    return words in repr(rows) or words.encode() in b"|".join(_bytes_of(rows))


def _bytes_of(rows: dict[str, Any]) -> list[bytes]:
    return [
        bytes(value)
        for table in rows.values()
        for row in table
        for value in row.values()
        if isinstance(value, bytes | memoryview)
    ]
