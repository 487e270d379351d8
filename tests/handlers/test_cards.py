"""A draft's card: texts in two languages, window, mode, as an officer writes them."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from forms.form import Form
from storage.consultations import Consultation, ConsultationState, Mode
from storage.people import Person
from tests.handlers.desk import TITLE, Desk, Visitor
from tests.handlers.drafting import acts, draft, hired, jobs, manages, the


@pytest.fixture
async def number(desk: Desk, form: Form) -> int:
    return await draft(desk, form, title={}, stake={}, contact=None)


@pytest.fixture
async def naima(desk: Desk, number: int) -> Visitor:
    """The officer, before the draft's card."""
    naima = await hired(desk, desk.visitor("Naima", 600, "fr"))
    await manages(naima, number)
    return naima


async def test_one_message_with_two_paragraphs_writes_both_languages(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Titre")

    card = await naima.sends("دور   الحي\n\nMaisons de quartier")

    row = await the(desk, number)
    assert row.title == {"ar": "دور الحي", "fr": "Maisons de quartier"}
    assert "Maisons de quartier" in card.text
    assert "Ouvrir la consultation" in card.labels
    assert await acts(desk) == ["consultation.text"]


async def test_two_messages_write_one_language_each_and_lose_nothing(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Enjeu")

    between = await naima.sends("Ce qui change.\n\nEt ce qui ne change pas.")
    await naima.sends("ما الذي يتغير؟")
    after = await naima.sends("hors de propos")

    row = await the(desk, number)
    assert "Pas encore écrit." in between.text
    assert row.stake == {
        "fr": "Ce qui change.\n\nEt ce qui ne change pas.",
        "ar": "ما الذي يتغير؟",
    }
    assert "ne répond à aucune question" in after.text


async def test_a_number_alone_is_the_contact_in_both_languages(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Contact")

    await naima.sends("0800 00 85 85")

    row = await the(desk, number)
    assert row.contact == {"ar": "0800 00 85 85", "fr": "0800 00 85 85"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("a" * 101, "101"), ("\u200b", "Rien n’est lisible")],
)
async def test_a_text_that_is_refused_is_asked_again_where_one_stands(
    desk: Desk, naima: Visitor, number: int, words: str, sentence: str
) -> None:
    await naima.taps("Titre")

    refused = await naima.sends(words)
    await naima.sends("Jardins\nحدائق")

    assert sentence in refused.text
    assert "Écrivez le titre" in refused.text
    assert (await the(desk, number)).title == {"fr": "Jardins", "ar": "حدائق"}


async def test_going_back_to_the_card_ends_the_writing(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Titre")
    await naima.taps("Retour à la consultation")

    await naima.sends("Jardins\nحدائق")

    assert (await the(desk, number)).title == {}


async def test_a_window_of_days_is_taken_by_a_button(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Période")

    card = await naima.taps("14")

    row = await the(desk, number)
    assert row.window_days == 14
    assert (row.opens_on, row.closes_on) == (date(2026, 11, 23), date(2026, 12, 6))
    assert "Ouvrir la consultation" in card.labels


async def test_a_last_day_that_is_typed_stays_the_last_day(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Période")

    await naima.sends("14/12/2026")

    row = await the(desk, number)
    assert row.window_days is None
    assert row.closes_on == date(2026, 12, 14)
    assert row.closes_at.isoformat() == "2026-12-15T00:00:00+00:00"


async def test_fewer_than_ten_days_ask_for_a_written_reason(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Période")

    asked = await naima.sends("9")
    card = await naima.sends("La subvention <expire>.")

    row = await the(desk, number)
    assert "Moins de \u206810\u2069 jours" in asked.text
    assert row.short_reason == "La subvention <expire>."
    assert "La subvention &lt;expire&gt;." in card.text
    assert await acts(desk) == ["consultation.window", "consultation.short_reason"]


async def test_more_days_need_no_reason_any_more(desk: Desk, naima: Visitor, number: int) -> None:
    await naima.taps("Période")
    await naima.sends("3")
    await naima.sends("Urgent")

    await naima.taps("Période")
    await naima.taps("21")

    row = await the(desk, number)
    assert (row.window_days, row.short_reason) == (21, None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("bientôt", "un nombre de jours"),
        ("0", "ne peut pas précéder"),
        ("-5", "ne peut pas précéder"),
        ("367", "un an au plus"),
        ("9999999", "un an au plus"),
        ("22/11/2026", "ne peut pas précéder"),
        ("23/11/2027", ""),
        ("24/11/2027", "un an au plus"),
    ],
)
async def test_a_window_that_cannot_be_is_refused_and_asked_again(
    desk: Desk, naima: Visitor, number: int, words: str, sentence: str
) -> None:
    await naima.taps("Période")

    answer = await naima.sends(words)

    changed = (await the(desk, number)).window_days != 21
    assert changed == (not sentence)
    assert sentence in answer.text


@pytest.mark.parametrize("mode", [Mode.PSEUDONYMOUS, Mode.IDENTIFIED])
async def test_the_mode_is_chosen_with_what_it_means(
    desk: Desk, naima: Visitor, number: int, mode: Mode
) -> None:
    words = {Mode.PSEUDONYMOUS: "Sous un numéro", Mode.IDENTIFIED: "Nominative"}[mode]
    screen = await naima.taps("Identité")
    meanings = screen.text

    card = await naima.taps(words)

    assert "détruite" in meanings
    assert "quel compte a répondu" in meanings
    assert (await the(desk, number)).mode is mode
    assert words in card.text


async def test_the_contact_may_be_corrected_while_people_answer_and_not_afterwards(
    desk: Desk, naima: Visitor, number: int, amina: Visitor
) -> None:
    async with desk.database.unit_of_work() as session:
        row = await session.get_one(Consultation, number)
        row.state, row.title = ConsultationState.PUBLISHED, TITLE
        row.created_by = await session.scalar(select(Person.id).where(Person.channel_id == 600))
    await manages(naima, number)

    await naima.taps("Contact")
    card = await naima.sends("0800 00 85 85")
    await amina.sends("/start")
    await amina.taps_data(f"OpenConsultation:{number}")
    desk.now = row.closes_at + timedelta(hours=25)
    await naima.taps_data(f"WriteCardText:{number}:contact")

    assert {"Contact", "Documents"} <= set(card.labels)
    assert not {"Titre", "Enjeu", "Période", "Identité", "Aperçu"} & set(card.labels)
    assert "0800 00 85 85" in amina.newest.text
    assert "plus personne ne peut répondre" in naima.notices[-1]
    assert await acts(desk) == ["consultation.text"]


async def test_what_is_open_is_not_written_any_more(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps("Titre")
    async with desk.database.unit_of_work() as session:
        row = await the(desk, number)
        row = await session.merge(row)
        row.state = ConsultationState.PUBLISHED

    answer = await naima.sends("Jardins")
    await naima.taps_data(f"SetMode:{number}:identified")
    await naima.taps_data(f"SetWindow:{number}:30")

    row = await the(desk, number)
    assert "annoncé ne change plus" in answer.text
    assert len(naima.notices) == 2
    assert (row.title, row.mode, row.window_days) == ({}, Mode.ANONYMOUS, 21)


async def test_a_mode_that_does_not_exist_is_refused(
    desk: Desk, naima: Visitor, number: int
) -> None:
    await naima.taps_data(f"SetMode:{number}:secret")

    assert naima.notices == ["Ce choix n’existe pas."]


async def test_a_draft_waits_for_its_days_until_it_is_opened(
    desk: Desk, naima: Visitor, number: int
) -> None:
    desk.now += timedelta(days=10)

    shown = await naima.taps("Période")

    assert "23 décembre" in shown.text.replace("\u00a0", " ")


VOICE = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 1}}
FILE = {"document": {"file_id": "f", "file_unique_id": "f", "file_name": "a.xlsx"}}
PHOTO = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}


@pytest.mark.parametrize("sent", [VOICE, FILE, PHOTO])
@pytest.mark.parametrize(
    ("button", "asked"), [("Titre", "Écrivez le titre"), ("Période", "Choisissez un nombre")]
)
async def test_what_is_no_text_leaves_the_step_as_it_was(
    desk: Desk, naima: Visitor, number: int, sent: dict[str, Any], button: str, asked: str
) -> None:
    await naima.taps(button)

    again = await naima.sends(**sent)
    await naima.sends("دور الحي\n\nMaisons" if button == "Titre" else "30")

    row = await the(desk, number)
    assert "Écrivez ici, ou touchez un bouton." in again.text
    assert asked in again.text
    assert row.title.get("fr") == "Maisons" or row.window_days == 30
    assert await jobs(desk) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("\u200f\u2060", "Rien n’est lisible"),
        ("14", "Écrivez le motif avec des mots."),
        ("١٤/١٢/٢٠٢٦ .", "Écrivez le motif avec des mots."),
    ],
)
async def test_a_reason_that_says_nothing_is_none(
    desk: Desk, naima: Visitor, number: int, typed: str, told: str
) -> None:
    await naima.taps("Période")
    await naima.sends("5")

    again = await naima.sends(typed)

    assert again.text.startswith(told)
    assert "Choisir plus de jours" in again.labels
    assert (await the(desk, number)).short_reason is None


@pytest.mark.parametrize("field", ["mode", "foo"])
async def test_a_text_that_there_is_not_is_an_old_button(
    naima: Visitor, number: int, field: str
) -> None:
    await naima.taps_data(f"WriteCardText:{number}:{field}")

    assert naima.notices == ["Ce bouton n’est plus utilisé."]
