"""From the first question to the receipt, and every detour on the way."""

from datetime import UTC, datetime

from sqlalchemy import select

from participation.receipts import hash_of
from storage.people import Consent
from storage.running import Tally
from storage.submissions import Submission, SubmissionState
from tests.handlers.desk import Desk, Shown, Visitor

AFTER_CLOSING = datetime(2026, 12, 1, 10, tzinfo=UTC)
AFTER_GRACE = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)


async def submissions(desk: Desk) -> list[Submission]:
    async with desk.database.reading() as session:
        return list(await session.scalars(select(Submission)))


async def answers(desk: Desk) -> dict[str, object]:
    (only,) = await submissions(desk)
    return only.answers


async def begin(visitor: Visitor) -> Shown:
    """Arrive by the link, agree to the notice, read the note: the first question."""
    fill, agree, go_on = (
        ("Remplir", "J’accepte", "Continuer")
        if visitor.language == "fr"
        else ("تعبئة", "أوافق", "متابعة")
    )
    await visitor.sends("/start c_houses")
    await visitor.taps(fill)
    await visitor.taps(agree)
    return await visitor.taps(go_on)


async def answer_all(amina: Visitor) -> Shown:
    """Answer a question of every type: the review."""
    await begin(amina)
    await amina.taps("Oui")
    await amina.taps("Sport")
    await amina.taps("Terminé")
    await amina.sends("Pour <lire>")
    await amina.sends("٣٤")
    await amina.sends("2,5")
    return await amina.sends("23 novembre 2026")


async def test_every_type_of_question_is_answered_and_sent(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await answer_all(amina)
    await amina.taps("Envoyer")

    (row,) = await submissions(desk)
    assert row.state is SubmissionState.SUBMITTED
    assert row.answers == {
        "hello": None,
        "use": "yes",
        "wants": ["sport"],
        "why": "Pour <lire>",
        "age": 34,
        "walk": "2.5",
        "visit": "2026-11-23",
    }
    assert row.language == "fr"
    assert "Votre code de reçu" in amina.said("code de reçu").text


async def test_the_receipt_opens_its_submission_and_is_not_kept(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await answer_all(amina)
    await amina.taps("Envoyer")
    receipt = amina.said("code de reçu")

    code = receipt.text.split("<code>")[1].split("</code>")[0]
    (row,) = await submissions(desk)
    assert row.receipt_hash == hash_of(code.lower().replace("-", " "))


async def test_a_question_keeps_its_answer_and_loses_its_buttons(
    amina: Visitor, houses: int
) -> None:
    question = await begin(amina)
    following = await amina.taps("Oui")

    assert question.text.endswith("Votre réponse : \u2068Oui\u2069")
    assert question.buttons == []
    assert following.id != question.id


async def test_a_typed_answer_settles_the_question_in_the_slot(
    amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")
    question = amina.newest

    following = await amina.sends("Pour <b>lire</b>")

    assert "&lt;b&gt;lire&lt;/b&gt;" in question.text
    assert question.buttons == []
    assert "Quel âge" in following.text


async def test_the_consent_says_neither_when_nor_on_which_day(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)

    async with desk.database.reading() as session:
        consent = (await session.scalars(select(Consent))).one()
        counts = {row.what: row.count for row in await session.scalars(select(Tally))}
    assert (consent.given_on, consent.subject_id, consent.language) == (None, houses, "fr")
    assert counts == {"started": 1}


async def test_a_double_tap_answers_once(desk: Desk, amina: Visitor, houses: int) -> None:
    question = await begin(amina)
    data = question.data("Oui")
    await amina.taps_data(data, question)
    seen = len(amina.chat)

    await amina.taps_data(data, question)

    assert len(amina.chat) == seen
    assert amina.notices[-1].startswith("Vous avez déjà répondu")
    assert await answers(desk) == {"hello": None, "use": "yes"}


async def test_a_double_tap_on_a_tick_ticks_once(desk: Desk, amina: Visitor, houses: int) -> None:
    await begin(amina)
    question = await amina.taps("Oui")
    data = question.data("Sport")

    await amina.taps_data(data, question)
    await amina.taps_data(data, question)

    (row,) = await submissions(desk)
    assert row.choosing == ["sport"]
    assert "✅ Sport" in question.labels
    assert "Choix actuel : \u2068Sport\u2069" in question.text


async def test_agreeing_twice_asks_once(amina: Visitor, houses: int) -> None:
    await amina.sends("/start c_houses")
    notice = await amina.taps("Remplir")
    data = notice.data("J’accepte")

    await amina.taps_data(data, notice)
    await amina.taps_data(data, notice)

    assert len(amina.chat) == 2
    assert amina.notices == ["Vous avez déjà commencé : votre question est plus bas."]


async def test_going_back_offers_to_keep_the_answer(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")
    await amina.sends("Pour lire")

    again = await amina.taps("Retour")
    assert "Votre réponse : \u2068Pour lire\u2069" in again.text
    following = await amina.taps("Garder")

    assert "Quel âge" in following.text
    assert (await answers(desk))["why"] == "Pour lire"


async def test_only_what_a_correction_changed_is_asked_again(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    for words in (None, "Pour lire", "34", "2", "23/11/2026"):
        await (amina.taps("Non") if words is None else amina.sends(words))

    await amina.taps("Changer \u20681")
    opened = await amina.taps("Oui")
    assert "Que voulez-vous" in opened.text
    review = await amina.taps("Passer")

    assert "Voici vos réponses" in review.text
    assert (await answers(desk))["why"] == "Pour lire"


async def test_an_answer_can_be_erased_where_it_is_optional(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await answer_all(amina)

    await amina.taps("Changer \u20683")
    await amina.taps("Effacer")

    assert (await answers(desk))["why"] is None


async def test_a_choice_is_answered_by_typing_it_or_its_number(
    desk: Desk, amina: Visitor, hassan: Visitor, houses: int
) -> None:
    await begin(amina)
    await begin(hassan)

    await amina.sends("oui")
    await hassan.sends("٢")

    assert sorted(row.answers["use"] for row in await submissions(desk)) == ["no", "yes"]


async def test_words_that_are_no_choice_bring_the_question_again_with_a_hint(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)

    again = await amina.sends("peut-être")

    assert again.text.startswith(
        "Cette réponse n’est pas enregistrée.\nTouchez l’une des réponses"
    )
    assert "Oui" in again.labels
    assert await answers(desk) == {"hello": None}


async def test_an_answer_that_is_too_long_is_told_the_limit(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")

    again = await amina.sends("ا" * 10_000)

    assert "\u20684000\u2069" in again.text
    assert "why" not in await answers(desk)


async def test_the_forms_own_words_refuse_an_answer(
    desk: Desk, hassan: Visitor, houses: int
) -> None:
    await begin(hassan)
    await hassan.taps("لا")
    await hassan.taps("تخطي")

    again = await hassan.sends("١٢")

    assert again.text.startswith("لم يتم تسجيل هذا الجواب.\nابتداء من 15 سنة")


async def test_words_at_a_note_are_no_answer(desk: Desk, amina: Visitor, houses: int) -> None:
    await amina.sends("/start c_houses")
    await amina.taps("Remplir")
    await amina.taps("J’accepte")

    note = await amina.sends("d’accord")

    assert note.text.startswith("Il n’y a rien à écrire")
    assert "Continuer" in note.labels
    assert await answers(desk) == {}


async def test_words_at_the_review_are_no_answer(desk: Desk, amina: Visitor, houses: int) -> None:
    await answer_all(amina)

    review = await amina.sends("merci")

    assert review.text.startswith("Votre message n’a pas été ajouté")
    assert "merci" not in str(await answers(desk))


async def test_the_language_changes_in_the_middle_and_answers_stay(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    question = await amina.taps("Non")

    same = await amina.taps("العربية")

    assert same.id == question.id
    assert "لماذا؟" in same.text
    assert await answers(desk) == {"hello": None, "use": "no"}


async def test_one_resumes_days_later_where_one_stopped(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")
    await amina.taps("Finir plus tard")
    desk.now = datetime(2026, 11, 29, 9, tzinfo=UTC)

    stray = await amina.sends("bonjour")
    question = await amina.taps("Continuer", stray)

    assert "why" not in await answers(desk)
    assert "Pourquoi" in question.text


async def test_resuming_by_a_typed_command_asks_the_question_again(
    amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.sends("/stop")

    assert "Connaissez-vous" in (await amina.sends("/resume")).text


async def test_a_photo_and_a_voice_message_get_a_sentence_and_the_question(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 3}
    photo = {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}

    for content in ({"voice": voice}, {"photo": [photo]}):
        again = await amina.sends(**content)

        assert "écouter les messages vocaux" in again.text
        assert "Connaissez-vous" in again.text


async def test_an_edited_message_changes_no_answer(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")
    await amina.sends("Pour lire")

    said = await amina.edits("Pour écrire")

    assert said.text.startswith("Vous avez modifié un message")
    assert (await answers(desk))["why"] == "Pour lire"


async def test_an_unknown_command_is_not_an_answer(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")

    again = await amina.sends("/rseume")

    assert again.text.startswith("Nous ne connaissons pas cette commande")
    assert "why" not in await answers(desk)


async def test_a_fraction_is_an_answer_and_no_command(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")

    await amina.sends("/ 2 fois")

    assert (await answers(desk))["why"] == "/ 2 fois"


async def test_somebody_elses_button_touches_nothing(
    desk: Desk, amina: Visitor, hassan: Visitor, houses: int
) -> None:
    question = await begin(amina)

    await hassan.taps_data(question.data("Oui"), question)

    assert hassan.notices == ["لم تبدؤوا بعد تعبئة هذه الاستمارة. المرجو فتح التشاور للبدء."]
    assert await answers(desk) == {"hello": None}


async def test_forged_data_gets_a_sentence_and_the_question(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    question = await begin(amina)
    forged = ("AnswerChoice", "AnswerChoice:1:1", "AnswerChoice:1:1:x", "Nobody:1", "é:1", ":")

    for data in forged:
        await amina.taps_data(data, question)

        assert amina.notices[-1] == "Ce bouton n’est plus utilisé."
        assert "Connaissez-vous" in amina.newest.text
    assert await answers(desk) == {"hello": None}


async def test_a_choice_that_is_not_there_is_refused(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    question = await begin(amina)

    for data in (f"AnswerChoice:{houses}:1:99", f"TickChoice:{houses}:1:0:1"):
        await amina.taps_data(data, question)

        assert amina.notices[-1].startswith("Cette réponse ne fait pas partie")
    for data in (f"AnswerChoice:{houses}:99:0", f"KeepAnswer:{houses}:5"):
        await amina.taps_data(data, question)

        assert amina.notices[-1].startswith("Ce bouton date d’une étape")
    assert await answers(desk) == {"hello": None}


async def test_a_required_question_is_not_passed_over_by_a_forged_skip(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    question = await begin(amina)
    assert "Passer" not in question.labels

    await amina.taps_data(f"SkipQuestion:{houses}:1", question)

    assert amina.notices[-1] == "Cette question demande une réponse."
    assert await answers(desk) == {"hello": None}


async def test_nothing_is_begun_outside_the_window(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await amina.sends("/start c_houses")
    data = amina.newest.data("Remplir")
    desk.now = AFTER_CLOSING

    await amina.taps_data(data)

    assert "s’est terminée le" in amina.notices[-1]
    assert await submissions(desk) == []


async def test_who_began_in_time_may_finish_for_a_day_and_is_told(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    desk.now = AFTER_CLOSING

    following = await amina.taps("Non")

    assert "pouvez encore finir" in following.text
    assert await answers(desk) == {"hello": None, "use": "no"}


async def test_after_the_grace_words_and_taps_are_refused_kindly(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    question = await begin(amina)
    desk.now = AFTER_GRACE

    await amina.taps("Non", question)
    said = await amina.sends("Pour lire")

    assert "s’est terminée" in amina.notices[-1]
    assert "s’est terminée" in said.text
    assert await answers(desk) == {"hello": None}


async def test_answers_are_sent_once(desk: Desk, amina: Visitor, houses: int) -> None:
    review = await answer_all(amina)
    data = review.data("Envoyer")
    await amina.taps_data(data, review)
    seen = len(amina.chat)

    await amina.taps_data(data, review)
    await amina.taps_data(f"ChangeAnswer:{houses}:3", review)
    await amina.taps_data(f"BeginAnswering:{houses}", review)

    assert len(amina.chat) == seen
    assert all("déjà envoyé" in notice for notice in amina.notices[-3:])
    card = await amina.sends("/start c_houses")
    assert "Vous avez envoyé vos réponses le" in card.text
    assert not any("Remplir" in label for label in card.labels)


async def test_what_a_correction_leaves_open_is_asked_before_sending(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await answer_all(amina)
    (row,) = await submissions(desk)
    async with desk.database.unit_of_work() as session:
        stored = (await session.scalars(select(Submission))).one()
        stored.answers = {name: v for name, v in row.answers.items() if name != "use"}

    asked = await amina.taps("Envoyer")

    assert asked.text.startswith("Avant l’envoi, relisez cette question")
    assert "Connaissez-vous" in asked.text
