"""What Telegram is told of the bot, and the documents that people read."""

from typing import Any

from simulator.chat_message import ChatMessage
from simulator.phone import Phone
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.staffing import arrives_as

CITIZENS = ["start", "consultations", "language", "help"]


async def introduced(commune: Commune) -> None:
    async def is_so() -> bool:
        return len(await commune.town.requests(method="setMyShortDescription")) == 3

    await commune.until(is_so)


async def test_commands_are_set_by_language_for_private_chats_only(commune: Commune) -> None:
    await introduced(commune)

    asked = await commune.town.requests(method="setMyCommands")
    assert {one.params.get("language_code", "") for one in asked} == {"ar", "fr", ""}
    assert all(one.params["scope"] == {"type": "all_private_chats"} for one in asked)
    assert all(one.status == 200 for one in asked)
    for one in asked:
        assert [command["command"] for command in one.params["commands"]] == CITIZENS


async def test_each_reads_the_commands_and_the_description_in_their_language(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    tiziri = await commune.town.phone("Tiziri", "en")
    await introduced(commune)

    french, arabic, both = [await one.menu() for one in (amina, hassan, tiziri)]
    assert words_of(french)["help"] == "Aide"
    assert words_of(arabic)["help"] == "مساعدة"
    assert "Aide" in words_of(both)["help"]
    assert "مساعدة" in words_of(both)["help"]
    assert "Commune de Taroudant" in french["description"]
    assert "sans votre nom" in french["description"]


async def test_a_failed_introduction_keeps_nobody_waiting(commune: Commune, amina: Phone) -> None:
    await commune.town.fault("error", "setMy*", status=500)
    await commune.restart()

    await amina.sends("/start")

    assert (await amina.waits_for()).buttons


async def test_an_introduction_that_failed_is_made_once_telegram_is_back(
    commune: Commune, amina: Phone
) -> None:
    naima = await arrives_as(commune, await commune.town.phone("Naima", "fr"))
    await introduced(commune)
    fault = await commune.town.fault("error", "setMy*", status=502)
    await commune.restart()
    await commune.until(lambda: happened(commune, fault))
    assert "staff" not in words_of(await naima.menu())

    await commune.town.clear_faults()

    async def in_the_menu() -> bool:
        return "staff" in words_of(await naima.menu())

    await commune.until(in_the_menu, seconds=30)
    assert words_of(await naima.menu())["export"] == "Exporter les réponses"


async def happened(commune: Commune, fault: int) -> bool:
    """Whether it has struck."""
    (found,) = [one for one in await commune.town.faults() if one["id"] == fault]
    return bool(found["happened"])


async def test_a_document_comes_in_the_language_of_the_person(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    for person, button in ((amina, "Lire"), (hassan, "الاطلاع")):
        await person.opens_link(f"c_{HOUSES}")
        await person.taps(await person.waits_for(button=button), button)
    french = await fetched(amina, "Recevoir le fichier")
    arabic = await fetched(hassan, "الحصول على الملف")

    assert french.file is not None
    assert arabic.file is not None
    assert french.file.name == "houses-note-fr.pdf"
    assert arabic.file.name == "houses-note-ar.pdf"
    assert (await amina.downloads(french)).startswith(b"%PDF-")


async def test_a_document_is_uploaded_once_and_then_sent_by_its_number(
    commune: Commune, amina: Phone
) -> None:
    await amina.opens_link(f"c_{HOUSES}")
    card = await amina.waits_for(button="Lire")

    await amina.taps(card, "Lire")
    first = await fetched(amina, "Recevoir le fichier")
    await commune.settled()
    await commune.restart()
    second = await fetched(amina, "Recevoir le fichier")

    sent = [one.params["document"] for one in await commune.town.requests(method="sendDocument")]
    assert first.file is not None
    assert second.id > first.id
    assert isinstance(sent[0], dict)
    assert sent[1] == first.file.file_id


async def test_a_file_number_that_telegram_forgot_is_replaced_by_an_upload(
    commune: Commune, amina: Phone
) -> None:
    await amina.opens_link(f"c_{HOUSES}")
    card = await amina.waits_for(button="Lire")
    await amina.taps(card, "Lire")
    await fetched(amina, "Recevoir le fichier")
    await commune.settled()

    await commune.town.fault(
        "error",
        "sendDocument",
        count=1,
        status=400,
        description="Bad Request: wrong file identifier/HTTP URL specified",
    )

    again = await fetched(amina, "Recevoir le fichier")
    assert again.file is not None


async def fetched(person: Phone, button: str) -> ChatMessage:
    """The file itself, which follows what it says in a few lines."""
    summary = await person.waits_for(button=button, after=0)
    await person.taps(summary, button)
    return await person.waits_for(new=True)


def words_of(menu: dict[str, Any]) -> dict[str, str]:
    return {one["command"]: one["description"] for one in menu["commands"]}
