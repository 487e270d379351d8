"""The first screens, the menu, the documents, and being left in peace."""

from datetime import date

import pytest
from sqlalchemy import select

from forms.form import Form
from storage.people import Person
from tests.handlers.desk import Desk, Visitor
from tests.handlers.test_sentences import first_strong


async def person(desk: Desk, visitor: Visitor) -> Person:
    async with desk.database.reading() as session:
        found = await session.scalars(select(Person).where(Person.channel_id == visitor.number))
        return found.one()


async def test_the_first_screen_speaks_the_apps_language_and_offers_the_other(
    desk: Desk, amina: Visitor, hassan: Visitor, houses: int
) -> None:
    french = await amina.sends("/start")
    arabic = await hassan.sends("/start")

    assert "Bienvenue" in french.text
    assert "العربية" in french.labels
    assert "مرحبا بكم" in arabic.text
    assert "Français" in arabic.labels
    assert [(await person(desk, one)).language for one in (amina, hassan)] == ["fr", "ar"]


async def test_a_regional_language_code_is_understood(desk: Desk, houses: int) -> None:
    assert "Bienvenue" in (await desk.visitor("Sami", 7, "fr-MA").sends("/start")).text


async def test_who_speaks_neither_is_asked_in_both(desk: Desk, houses: int) -> None:
    stranger = desk.visitor("Ann", 8, "en")

    asked = await stranger.sends("/start")
    labels = asked.labels
    await stranger.taps("العربية")

    assert labels == ["العربية", "Français"]
    assert "مرحبا بكم" in asked.text
    assert (await person(desk, stranger)).language == "ar"


async def test_who_speaks_neither_reads_no_english(desk: Desk, houses: int) -> None:
    for number, words in enumerate(("/help", "/consultations", "/stop", "/resume", "hello")):
        stranger = desk.visitor("Ann", 800 + number, "en")

        shown = await stranger.sends(words)
        await stranger.taps_data("OpenConsultation:99", shown)

        assert {"العربية", "Français", "القائمة الرئيسية"} & set(shown.labels)
        assert first_strong(shown.text) == first_strong(stranger.notices[-1]) == "AL"


async def test_a_link_lands_in_its_consultation_even_when_the_language_is_asked_first(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    stranger = desk.visitor("Ann", 8, None)

    await stranger.sends("/start c_houses")
    card = await stranger.taps("Français")

    assert "Étape 2" in card.text
    assert card.text == (await amina.sends("/start c_houses")).text


async def test_an_unknown_link_is_an_ordinary_start(amina: Visitor, houses: int) -> None:
    for parameter in ("c_nothing", "nothing", "c_", "c_<b>", "é"):
        assert "Bienvenue" in (await amina.sends(f"/start {parameter}")).text


async def test_a_first_word_without_a_command_brings_the_menu(amina: Visitor, houses: int) -> None:
    menu = await amina.sends("salam")

    assert "Merci pour votre message" in menu.text
    assert "Consultations" in menu.labels


async def test_everything_is_reachable_by_buttons(amina: Visitor, houses: int) -> None:
    await amina.sends("/start")
    await amina.taps("Aide")
    assert "Numéro gratuit : \u20680800008585\u2069" in amina.newest.text
    assert "old.example" not in amina.newest.text
    await amina.taps("Menu principal")
    await amina.taps("Consultations")

    card = await amina.taps("Maisons")

    assert len(amina.chat) == 1
    assert "&lt;nous&gt;" in card.text
    assert "lundi 30 novembre 2026" in card.text


async def test_the_document_comes_in_the_readers_language(
    desk: Desk, hassan: Visitor, houses: int
) -> None:
    await hassan.sends("/start c_houses")

    summary = await hassan.taps("الاطلاع على")
    document = await hassan.taps("الحصول على الملف")

    assert "ملخص" in summary.text
    assert document.document == "stored:1"
    assert document.text.startswith("<b>بطاقة</b>")
    assert "تعبئة الاستمارة" in document.labels


async def test_beginning_from_a_document_opens_a_new_message(amina: Visitor, houses: int) -> None:
    await amina.sends("/start c_houses")
    await amina.taps("Lire")
    document = await amina.taps("Recevoir le fichier")

    notice = await amina.taps("Remplir")

    assert notice.id != document.id
    assert "J’accepte" in notice.labels


async def test_a_closed_and_a_coming_consultation_say_so(
    desk: Desk, form: Form, amina: Visitor
) -> None:
    await desk.opens(form, slug="old", opens_on=date(2024, 4, 3), closes_on=date(2024, 4, 15))
    await desk.opens(form, slug="new", opens_on=date(2026, 12, 1), closes_on=date(2026, 12, 9))

    listed = await amina.sends("/consultations")

    assert "Ouvrira le \u2068mardi 1er décembre 2026\u2069" in listed.text
    assert "du \u20683 avril 2024\u2069 au \u206815 avril 2024\u2069" in listed.text
    assert "Aucune consultation n’est ouverte" in (await amina.sends("/start")).text
    assert not any("Remplir" in label for label in (await amina.sends("/start c_old")).labels)


async def test_stopping_is_confirmed_at_once(desk: Desk, amina: Visitor, houses: int) -> None:
    await amina.sends("/start")
    async with desk.database.unit_of_work() as session:
        (await session.scalars(select(Person))).one().subscribed = True

    said = await amina.sends("/stop")

    assert "nous nous arrêtons là" in said.text
    assert "ni annonces ni suites" in said.text
    assert (await person(desk, amina)).subscribed is False


@pytest.mark.parametrize("typed", ["/stop\nMerci", "/stop\u00a0merci", "/STOP@bot\tmerci"])
async def test_a_stop_with_words_below_is_a_stop_and_no_answer(
    desk: Desk, amina: Visitor, houses: int, typed: str
) -> None:
    await amina.sends("/start c_houses")
    await amina.taps("Remplir")
    await amina.taps("J’accepte")

    said = await amina.sends(typed)

    assert "nous nous arrêtons là" in said.text


async def test_a_block_is_remembered_until_the_person_returns(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await amina.sends("/start")

    await amina.blocks()
    blocked = (await person(desk, amina)).unreachable_at
    requests = await amina.unblocks()

    assert blocked == desk.now
    assert (await person(desk, amina)).unreachable_at is None
    assert requests == []


async def test_the_bot_is_silent_in_groups(desk: Desk, amina: Visitor, houses: int) -> None:
    group = {"id": -100, "type": "group", "title": "Voisins"}
    message = {"message_id": 1, "date": 1, "chat": group, "from": amina.user, "text": "/start"}
    tap = {
        "id": "1",
        "from": amina.user,
        "chat_instance": "1",
        "message": message,
        "data": "OpenHelp",
    }

    for kind, body in (
        ("message", message),
        ("edited_message", message | {"edit_date": 2}),
        ("channel_post", message | {"chat": group | {"type": "channel"}}),
        ("callback_query", tap),
    ):
        assert await amina.receives(kind, body) == []
