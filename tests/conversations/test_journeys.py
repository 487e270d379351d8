"""Whole journeys, from a link to a receipt."""

import re
from datetime import timedelta

from simulator.phone import Phone
from storage.submissions import SubmissionState
from tests.conversations.commune import HOUSES, Commune
from tests.conversations.walking import (
    AGE_GROUP,
    ANSWERED_BY_AMINA,
    ARABIC,
    FRENCH,
    IDEA,
    LAST_VISIT,
    MINUTES,
    RECEIPT,
    REVIEW,
    WHY_NEVER,
    answers_everything,
    begins,
    bot_messages,
    question_with,
    reaches_idea,
    taps,
    writes,
)


async def test_amina_answers_in_french_to_the_receipt(commune: Commune, amina: Phone) -> None:
    await begins(amina)
    await answers_everything(amina)
    await taps(amina, FRENCH.send)
    receipt = await amina.waits_for(RECEIPT)

    submission = await commune.submission()
    assert submission.state is SubmissionState.SUBMITTED
    assert submission.language == "fr"
    assert submission.answers == {"welcome": None, **ANSWERED_BY_AMINA}
    assert re.search(r"code de reçu\s: ⁨[0-9A-Z-]{8,}⁩", receipt.text)
    await commune.settled()
    assert not await commune.parked()


async def test_what_was_answered_is_what_is_handed_in(commune: Commune, amina: Phone) -> None:
    await begins(amina)
    await answers_everything(amina)
    await taps(amina, FRENCH.send)
    await amina.waits_for(RECEIPT)

    assert await commune.record() == {**ANSWERED_BY_AMINA, "house/uses_house": "yes"}


async def test_each_answered_question_keeps_its_answer_and_loses_its_buttons(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await answers_everything(amina)
    await amina.waits_for(REVIEW)
    await commune.settled()

    chat = await bot_messages(amina)
    with_buttons = [message for message in chat if message.buttons]
    answers = [message.text for message in chat if "Votre réponse" in message.text]
    assert [message.text[:18] for message in with_buttons] == [REVIEW]
    assert len(answers) == 11
    assert any(MINUTES in text and text.endswith("⁨12⁩") for text in answers)
    assert any(IDEA in text and "Une salle calme pour lire." in text for text in answers)
    assert any(LAST_VISIT in text and "23\u00a0novembre 2023" in text for text in answers)
    assert any("Le soir, Le samedi" in text for text in answers)


async def test_each_next_question_is_a_new_message(commune: Commune, amina: Phone) -> None:
    question = await begins(amina)
    seen = [question.id]

    await taps(amina, "Chaque semaine")
    seen.append((await amina.waits_for(LAST_VISIT, new=True)).id)
    await amina.sends("23/11/2023")
    seen.append((await amina.waits_for(MINUTES, new=True)).id)
    await commune.settled()

    assert seen == sorted(set(seen))
    assert [one.id for one in await bot_messages(amina)][-3:] == seen


async def test_hassan_changes_the_language_in_the_middle_and_keeps_his_answers(
    commune: Commune, hassan: Phone
) -> None:
    await begins(hassan, ARABIC)
    await taps(hassan, "لا أذهب إليها")
    asked = await hassan.waits_for("لماذا لا تذهبون", button="بعيدة عني")

    await hassan.taps(asked, "بعيدة عني")
    await hassan.taps(await hassan.waits_for(button="✅ بعيدة عني"), "Français")
    in_french = await hassan.waits_for(WHY_NEVER, button="✅ Elle est trop loin")
    await hassan.taps(in_french, "العربية")
    await taps(hassan, ARABIC.done)
    await hassan.waits_for("كم دقيقة تمشون")
    await hassan.sends("٢٥")
    await taps(hassan, *[ARABIC.skip] * 9)
    await taps(hassan, ARABIC.send)
    await hassan.waits_for("⁨", new=True)

    submission = await commune.submission()
    assert in_french.id == asked.id
    assert submission.state is SubmissionState.SUBMITTED
    assert submission.language == "ar"
    assert submission.answers["house/never_reason"] == ["far"]
    assert submission.answers["house/walking_minutes"] == 25


async def test_the_first_screen_offers_the_other_language_in_its_own_script(
    commune: Commune, amina: Phone, hassan: Phone
) -> None:
    await amina.sends("/start")
    await hassan.sends("/start")

    assert "العربية" in (await amina.waits_for()).button_texts
    assert "Français" in (await hassan.waits_for()).button_texts


async def test_a_language_that_nobody_chose_is_asked_for_first(commune: Commune) -> None:
    tiziri = await commune.town.phone("Tiziri", "en")

    await tiziri.opens_link(f"c_{HOUSES}")
    choice = await tiziri.waits_for()
    await tiziri.taps(choice, "Français")
    card = await tiziri.waits_for(button=FRENCH.fill)

    assert choice.button_texts == ["العربية", "Français"]
    assert card.id == choice.id


async def test_words_before_a_language_is_chosen_ask_for_the_language(commune: Commune) -> None:
    tiziri = await commune.town.phone("Tiziri", "en")

    await tiziri.sends("Azul")
    choice = await tiziri.waits_for()

    assert choice.button_texts == ["العربية", "Français"]
    assert (await commune.people())[0].language is None


async def test_saving_for_later_and_resuming_after_days(commune: Commune, amina: Phone) -> None:
    asked = await reaches_idea(amina)
    await amina.taps(asked, FRENCH.later)
    saved = await amina.waits_for(button="Continuer")

    await commune.passes(timedelta(days=3))
    await amina.taps(saved, saved.button_texts[0])
    await writes(amina, IDEA, "Des livres")
    await amina.waits_for(AGE_GROUP)

    assert (await commune.submission()).answers["house/idea"] == "Des livres"


async def test_resume_is_understood_when_typed_after_a_restart(
    commune: Commune, amina: Phone
) -> None:
    asked = await reaches_idea(amina)
    await amina.taps(asked, FRENCH.later)
    await amina.waits_for(button="Continuer")

    await commune.restart()
    await amina.sends("/resume")
    again = await amina.waits_for(IDEA)

    assert again.id > asked.id
    assert FRENCH.skip in again.button_texts


async def test_an_answer_after_a_restart_goes_on_where_it_stood(
    commune: Commune, amina: Phone
) -> None:
    await reaches_idea(amina)

    await commune.restart()
    await amina.sends("Ouvrir le soir")
    await amina.waits_for(AGE_GROUP)

    answered = await question_with(amina, IDEA)
    assert (await commune.submission()).answers["house/idea"] == "Ouvrir le soir"
    assert answered.text.endswith("⁨Ouvrir le soir⁩")
    assert not answered.buttons


async def test_a_second_attempt_is_told_kindly_that_it_is_one(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await taps(amina, "Jamais", *[FRENCH.skip] * 11, FRENCH.send)
    await amina.waits_for(RECEIPT)

    await amina.opens_link(f"c_{HOUSES}")
    card = await amina.waits_for("Vous avez envoyé vos réponses")

    assert FRENCH.fill not in card.button_texts
    assert len(await commune.submissions()) == 1


async def test_an_old_fill_in_button_after_submitting_begins_nothing_new(
    commune: Commune, amina: Phone
) -> None:
    await amina.opens_link(f"c_{HOUSES}")
    card = await amina.waits_for(button=FRENCH.fill)
    await amina.taps(card, FRENCH.fill)
    await taps(amina, FRENCH.agree, FRENCH.go_on, "Jamais", *[FRENCH.skip] * 11, FRENCH.send)
    await amina.waits_for(RECEIPT)

    await amina.taps(card, FRENCH.fill)

    assert "Vous avez déjà envoyé vos réponses" in await amina.waits_for_notice()
    assert len(await commune.submissions()) == 1
