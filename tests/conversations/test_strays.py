"""What is no answer: old buttons, double taps, stray words, photos, commands, groups."""

import asyncio
from collections.abc import Awaitable, Callable

from simulator.phone import Phone
from storage.consultations import Consultation
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.walking import (
    FRENCH,
    IDEA,
    MINUTES,
    RECEIPT,
    REVIEW,
    TIMES,
    VISITS,
    WHY_NEVER,
    begins,
    bot_messages,
    reaches_idea,
    reaches_minutes,
    reaches_review,
    taps,
)


async def count_of(phone: Phone, text: str) -> int:
    """How many of the bot's messages hold these words."""
    return sum(text in message.text for message in await bot_messages(phone))


async def test_two_quick_taps_have_one_effect_and_one_next_question(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)

    await asyncio.gather(amina.taps(first, "Jamais"), amina.taps(first, "Jamais"))
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert await count_of(amina, WHY_NEVER) == 1
    assert (await commune.submission()).answers == {"welcome": None, "house/visits": "never"}
    assert "Vous avez déjà répondu." in "".join(await amina.notices())


async def test_of_two_quick_taps_on_different_answers_the_first_counts(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)

    await amina.taps(first, "Jamais")
    await amina.taps(first, "Chaque mois")
    await amina.waits_for(WHY_NEVER)
    await commune.settled()

    assert (await commune.submission()).answers["house/visits"] == "never"


async def test_two_quick_ticks_are_one_tick(commune: Commune, amina: Phone) -> None:
    await begins(amina)
    await taps(amina, "Jamais")
    asked = await amina.waits_for(WHY_NEVER, button="Elle est trop loin")

    await amina.taps(asked, "Elle est trop loin")
    await amina.taps(asked, "Elle est trop loin")
    await commune.settled()

    assert (await commune.submission()).choosing == ["far"]


async def test_two_quick_agreements_begin_once(commune: Commune, amina: Phone) -> None:
    await amina.opens_link(f"c_{HOUSES}")
    await taps(amina, FRENCH.fill)
    notice = await amina.waits_for(button=FRENCH.agree)

    await asyncio.gather(amina.taps(notice, FRENCH.agree), amina.taps(notice, FRENCH.agree))
    await amina.waits_for(button=FRENCH.go_on)
    await commune.settled()

    assert len(await commune.submissions()) == 1
    assert await count_of(amina, "Bienvenue. Voici quelques questions") == 1


async def test_two_quick_sendings_give_one_receipt(commune: Commune, amina: Phone) -> None:
    review = await reaches_review(amina)

    await asyncio.gather(amina.taps(review, FRENCH.send), amina.taps(review, FRENCH.send))
    await amina.waits_for(RECEIPT)
    await commune.settled()

    assert await count_of(amina, RECEIPT) == 1


async def test_an_old_button_changes_nothing_and_is_answered_kindly(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await taps(amina, "Jamais")
    await amina.waits_for(WHY_NEVER)

    await amina.taps(first, "Chaque semaine")

    assert "Vous avez déjà répondu." in await amina.waits_for_notice()
    assert (await commune.submission()).answers["house/visits"] == "never"


async def test_an_old_button_after_a_restart_is_answered_kindly(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    await taps(amina, "Jamais")
    await amina.waits_for(WHY_NEVER)

    await commune.restart()
    await amina.taps(first, "Chaque semaine")

    assert "Vous avez déjà répondu." in await amina.waits_for_notice()


async def test_a_review_sent_twice_from_an_old_message_is_told_so(
    commune: Commune, amina: Phone
) -> None:
    review = await reaches_review(amina)
    await amina.taps(review, FRENCH.send)
    await amina.waits_for(RECEIPT)

    await amina.taps(review, review.button_texts[0])

    assert "Vous avez déjà envoyé vos réponses" in await amina.waits_for_notice()


async def test_words_where_a_tap_is_awaited_get_the_question_again(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)

    await amina.sends("peut-être")
    again = await amina.waits_for(VISITS, new=True)

    assert again.id > first.id
    assert "Touchez l’une des réponses" in again.text
    assert "Jamais" in again.button_texts


async def test_a_choice_may_be_typed_by_its_label_or_its_number(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)

    await amina.sends("jamais")
    await amina.waits_for(WHY_NEVER)

    assert (await commune.submission()).answers["house/visits"] == "never"


async def test_words_at_the_review_are_not_lost_in_silence(commune: Commune, amina: Phone) -> None:
    await reaches_review(amina)

    await amina.sends("Et aussi des livres")

    assert "n’a pas été ajouté" in (await amina.waits_for(REVIEW, new=True)).text


async def test_words_from_nowhere_get_the_menu(commune: Commune, amina: Phone) -> None:
    await amina.sends("Bonjour ?")
    menu = await amina.waits_for("Merci pour votre message.")

    assert "Consultations" in menu.button_texts


async def test_a_word_like_a_command_or_a_button_is_an_answer(
    commune: Commune, amina: Phone
) -> None:
    await reaches_idea(amina)

    await amina.sends("Envoyer mes réponses ✅")
    await amina.waits_for("votre tranche")

    assert (await commune.submission()).answers["house/idea"] == "Envoyer mes réponses ✅"


UNSUPPORTED: dict[str, Callable[[Phone], Awaitable[int]]] = {
    "photo": lambda phone: phone.sends_photo(caption="ma rue"),
    "voice": lambda phone: phone.sends_voice(),
    "sticker": lambda phone: phone.sends_sticker(),
    "location": lambda phone: phone.sends_location(30.47, -8.88),
    "contact": lambda phone: phone.sends_contact("+212600000000"),
    "document": lambda phone: phone.sends_document(b"%PDF-1.7", "lettre.pdf"),
}


async def test_what_cannot_be_read_is_acknowledged_and_the_question_asked_again(
    commune: Commune, amina: Phone
) -> None:
    asked = await reaches_minutes(amina)
    assert UNSUPPORTED

    for kind, sends in UNSUPPORTED.items():
        await sends(amina)
        again = await amina.waits_for("pas encore", new=True)

        assert again.id > asked.id, kind
        assert MINUTES in again.text
    assert "house/walking_minutes" not in (await commune.submission()).answers


async def test_a_photo_from_nowhere_is_acknowledged_with_the_menu(
    commune: Commune, amina: Phone
) -> None:
    await amina.sends_photo()

    assert "Consultations" in (await amina.waits_for("pas encore")).button_texts


async def test_an_edited_message_changes_no_answer_and_says_how_to(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)
    typed = await amina.sends("20")
    await amina.waits_for(TIMES)

    await amina.edits(typed, "30")
    said = await amina.waits_for("Vous avez modifié un message", new=True)

    assert TIMES in said.text
    assert (await commune.submission()).answers["house/walking_minutes"] == 20


async def test_stop_is_understood_when_typed_and_keeps_the_answers(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)

    await amina.sends("/stop")
    stopped = await amina.waits_for("nous nous arrêtons là")
    await amina.taps(stopped, stopped.button_texts[0])

    assert "Vos réponses sont conservées." in stopped.text
    assert MINUTES in (await amina.waits_for(MINUTES)).text


async def test_words_after_stop_answer_no_question(commune: Commune, amina: Phone) -> None:
    await reaches_minutes(amina)
    await amina.sends("/stop")
    await amina.waits_for("nous nous arrêtons là")

    await amina.sends("20")
    await amina.waits_for("Merci pour votre message.")

    assert "house/walking_minutes" not in (await commune.submission()).answers


async def test_resume_with_nothing_begun_shows_the_menu(commune: Commune, amina: Phone) -> None:
    await amina.sends("/resume")

    assert "Consultations" in (await amina.waits_for()).button_texts


async def test_an_unknown_command_is_no_answer(commune: Commune, amina: Phone) -> None:
    await reaches_idea(amina)

    await amina.sends("/vote Hassan")
    again = await amina.waits_for(IDEA, new=True)

    assert "Nous ne connaissons pas cette commande." in again.text
    assert "house/idea" not in (await commune.submission()).answers


async def test_start_in_the_middle_shows_the_menu_and_the_way_back(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)

    await amina.sends("/start")
    menu = await amina.waits_for(button="Continuer")
    await amina.taps(menu, menu.button_texts[0])

    assert MINUTES in (await amina.waits_for(MINUTES)).text


async def test_an_unknown_link_is_a_normal_start(commune: Commune, amina: Phone) -> None:
    for parameter in ("c_nowhere", "xyz", "c_", "c_' OR 1=1 --", "c_" + "x" * 60):
        await amina.opens_link(parameter)

        assert "Consultations" in (await amina.waits_for()).button_texts


async def test_a_link_to_a_closed_consultation_shows_its_card_without_a_form(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)

    await amina.opens_link("c_charter-2024")
    card = await amina.waits_for("Charte de la participation citoyenne")

    assert "Terminée." in card.text
    assert FRENCH.fill not in card.button_texts


async def test_a_link_to_the_same_consultation_offers_to_continue(
    commune: Commune, amina: Phone
) -> None:
    await reaches_minutes(amina)

    await amina.opens_link(f"c_{HOUSES}")
    card = await amina.waits_for(button="Continuer mes réponses")
    await amina.taps(card, "Continuer mes réponses")

    assert MINUTES in (await amina.waits_for(MINUTES)).text


async def test_groups_are_not_answered(commune: Commune, amina: Phone, hassan: Phone) -> None:
    group = await commune.town.group("Le quartier", amina, hassan)

    await amina.within(group).sends("/start")
    await amina.within(group).sends("Bonjour")
    await hassan.sends("/start")
    await hassan.waits_for()
    await commune.settled()

    assert not await commune.town.requests(chat_id=group["id"])
    assert not await bot_messages(amina.within(group))
    assert not await commune.parked()


async def test_a_button_of_another_person_does_nothing_to_them(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    await hassan.sends("/start")
    menu = await hassan.waits_for()
    first = await begins(amina)
    data = first.button("Jamais").callback_data
    assert data is not None

    await hassan.taps_data(menu.id, data)
    notice = await hassan.waits_for_notice()

    assert notice
    assert (await commune.submission()).answers == {"welcome": None}


FORGED = [
    "AnswerChoice:1:1:99",
    "AnswerChoice:1:99:0",
    "AnswerChoice:999:1:0",
    "AnswerChoice:1:1",
    "AnswerChoice:1:1:0:0",
    "AnswerChoice:-1:1:0",
    "AnswerChoice:١:1:0",
    "AnswerChoice:999999999999999999:1:0",
    "TickChoice:1:1:0:1",
    "FinishChoosing:1:1",
    "ChangeAnswer:1:5",
    "ReviewAnswers:1:0",
    "SubmitAnswers:1",
    "KeepAnswer:1:1",
    "SpeakLanguage:zz:0",
    "ReadDocument:999",
    "OpenConsultation:999",
    "ListConsultations:999999",
    "TurnChoices:1:1:99",
    "Nothing",
    ":",
    "x" * 64,
    "\u0000",
    "👍" * 16,
]


async def test_a_forged_button_is_answered_and_changes_no_answer(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    consultation = await commune.consultation()
    before = (await commune.submission()).answers
    assert FORGED

    for data in FORGED:
        query = await amina.taps_data(first.id, with_id(data, consultation))
        assert (await amina.answer_to(query))["answered"], data
    await commune.settled()

    assert (await commune.submission()).answers == before
    assert not await commune.parked()


def with_id(data: str, consultation: Consultation) -> str:
    """The data with the example's number where it says 1."""
    name, colon, rest = data.partition(":")
    number, *more = rest.split(":")
    return ":".join([name, str(consultation.id), *more]) if colon and number == "1" else data
