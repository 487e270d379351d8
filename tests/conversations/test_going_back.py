"""Back, keep, skip, review and change: what was answered stays, what changed is asked again."""

from simulator.phone import Phone
from storage.submissions import SubmissionState
from tests.conversations.commune import Commune
from tests.conversations.walking import (
    ANSWERED_BY_AMINA,
    FRENCH,
    LAST_VISIT,
    MINUTES,
    RECEIPT,
    REVIEW,
    TIMES,
    VISITS,
    WHY_NEVER,
    answers_everything,
    begins,
    reaches_review,
    taps,
)


async def test_going_back_asks_the_question_before_in_the_same_message(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await taps(amina, "Jamais")
    asked = await amina.waits_for(WHY_NEVER)

    await amina.taps(asked, FRENCH.back)
    again = await amina.waits_for(VISITS, button=FRENCH.keep)

    assert again.id == asked.id
    assert (await commune.submission()).answers["house/visits"] == "never"


async def test_keeping_an_answer_goes_on_with_it(commune: Commune, amina: Phone) -> None:
    await begins(amina)
    await taps(amina, "Jamais", FRENCH.back)
    again = await amina.waits_for(VISITS, button=FRENCH.keep)

    await amina.taps(again, FRENCH.keep)
    await amina.waits_for(WHY_NEVER, new=True)

    assert (await commune.submission()).answers == {"welcome": None, "house/visits": "never"}


async def test_going_back_to_the_first_screen_is_possible_from_the_first_question(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)

    await amina.taps(first, FRENCH.back)
    note = await amina.waits_for("Bienvenue", button=FRENCH.go_on)
    await amina.taps(note, FRENCH.go_on)

    assert VISITS in (await amina.waits_for(VISITS, button="Jamais")).text


async def test_a_question_that_needs_an_answer_cannot_be_skipped(
    commune: Commune, amina: Phone
) -> None:
    first = await begins(amina)
    forged = first.button(FRENCH.back).callback_data
    assert forged is not None

    await amina.taps_data(first.id, forged.replace("GoBack", "SkipQuestion"))

    assert "Choisissez une réponse pour continuer." in await amina.waits_for_notice()
    assert "house/visits" not in (await commune.submission()).answers


async def test_skipping_passes_over_and_says_so(commune: Commune, amina: Phone) -> None:
    await begins(amina)
    await taps(amina, "Jamais")
    asked = await amina.waits_for(WHY_NEVER, button=FRENCH.skip)

    await amina.taps(asked, FRENCH.skip)
    await amina.waits_for(MINUTES)
    passed = await amina.waits_for(WHY_NEVER)

    assert "Vous n’avez pas répondu." in passed.text
    assert not passed.buttons
    assert (await commune.submission()).answers["house/never_reason"] is None


async def test_a_changed_answer_asks_only_what_it_has_changed(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await answers_everything(amina)
    review = await amina.waits_for(REVIEW)

    await amina.taps(review, review.button_texts[0])
    await taps(amina, "Jamais")
    await taps(amina, "Elle est trop loin", FRENCH.done)
    after = await amina.waits_for(REVIEW)
    await amina.taps(after, FRENCH.send)
    await amina.waits_for(RECEIPT)

    kept = {path: value for path, value in ANSWERED_BY_AMINA.items() if path != "house/last_visit"}
    changed = {"house/visits": "never", "house/never_reason": ["far"], "house/uses_house": "no"}
    assert await commune.record() == {**kept, **changed}


async def test_an_answer_that_counts_again_needs_no_second_asking(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await answers_everything(amina)
    review = await amina.waits_for(REVIEW)
    await amina.taps(review, review.button_texts[0])
    await taps(amina, "Jamais", FRENCH.skip)
    review = await amina.waits_for(REVIEW)

    await amina.taps(review, review.button_texts[0])
    await taps(amina, "Chaque mois")
    await amina.waits_for(REVIEW)

    assert (await commune.record())["house/last_visit"] == "2023-11-23"


async def test_a_change_that_changes_nothing_else_leads_back_to_the_review(
    commune: Commune, amina: Phone
) -> None:
    review = await reaches_review(amina)

    await amina.taps(review, "Changer \u20686\u2069")
    asked = await amina.waits_for(button="Livres")
    await amina.taps(asked, "Livres")
    again = await amina.waits_for(REVIEW, new=True)

    assert asked.id == review.id
    assert "Livres" in again.text


async def test_the_review_shows_every_answer_over_its_pages(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await answers_everything(amina)
    first = await amina.waits_for(REVIEW)

    await amina.taps(first, "Page suivante")
    second = await amina.waits_for(button="Page précédente")

    both = first.text + second.text
    assert first.id == second.id
    for answer in ("Chaque semaine", "23\u00a0novembre 2023", "⁨12⁩", "Livres", "Femme", "Assarag"):
        assert answer in both


async def test_a_refused_answer_is_explained_and_asked_again(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await taps(amina, "Jamais", FRENCH.skip)
    await amina.waits_for(MINUTES)

    await amina.sends("500")
    refused = await amina.waits_for("Écrivez un nombre entre 0 et 180.")
    await amina.sends("dix")
    not_a_number = await amina.waits_for("Écrivez un nombre en chiffres, sans virgule")
    await amina.sends("20")
    await amina.waits_for(TIMES)

    assert MINUTES in refused.text
    assert MINUTES in not_a_number.text
    assert (await commune.submission()).answers["house/walking_minutes"] == 20


async def test_a_date_to_come_is_refused_with_the_form_s_own_words(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await taps(amina, "Chaque mois")
    await amina.waits_for(LAST_VISIT)

    await amina.sends("23/11/2999")

    assert "pas encore arrivée" in (await amina.waits_for(LAST_VISIT, new=True)).text
    assert "house/last_visit" not in (await commune.submission()).answers


async def test_too_many_ticks_are_explained_and_the_ticks_stay(
    commune: Commune, amina: Phone
) -> None:
    await begins(amina)
    await taps(amina, "Jamais", *[FRENCH.skip] * 3)

    for activity in ("Soutien scolaire", "Alphabétisation", "Sport", "Culture et arts"):
        await taps(amina, activity)
    await taps(amina, FRENCH.done)
    notice = await amina.waits_for_notice()
    asked = await amina.waits_for(button="✅ Sport", after=0)
    await amina.taps(asked, "✅ Sport")
    await taps(amina, FRENCH.done)
    await amina.waits_for("Quel équipement")

    assert notice == "Vous avez choisi plus de 3 activités. Gardez-en 3."
    assert (await commune.submission()).answers["house/activities"] == [
        "tutoring",
        "literacy",
        "culture",
    ]


async def test_the_answers_stay_a_draft_until_they_are_sent(
    commune: Commune, amina: Phone
) -> None:
    review = await reaches_review(amina)

    before = (await commune.submission()).state
    await amina.taps(review, FRENCH.send)
    await amina.waits_for(RECEIPT)

    assert before is SubmissionState.DRAFT
    assert (await commune.submission()).state is SubmissionState.SUBMITTED
