"""After the answer: taking it back, others on the same phone, hiding, hearing of the outcome."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from participation.counts import Counts, counts_of
from storage.base import ConsultationId
from storage.people import Consent, Person, Purpose
from storage.submissions import SubmissionState
from storage.wishes import OutcomeWish
from tests.handlers.desk import Desk, Shown, Visitor
from tests.handlers.test_answering import AFTER_CLOSING, answer_all, begin, submissions

BEFORE_SEALING = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
AFTER_SEALING = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)


async def rows(desk: Desk, kind: type[Any]) -> Sequence[Any]:
    async with desk.database.reading() as session:
        return (await session.scalars(select(kind))).all()


async def counts(desk: Desk, consultation: int) -> Counts:
    async with desk.database.reading() as session:
        return await counts_of(session, ConsultationId(consultation))


async def consents(desk: Desk) -> list[Consent]:
    """Those to consultations."""
    found = await rows(desk, Consent)
    return [one for one in found if one.purpose is Purpose.CONSULTATION]


async def submits(amina: Visitor) -> Shown:
    """Answer everything and send; the receipt."""
    await answer_all(amina)
    await amina.taps("Envoyer")
    return amina.said("code de reçu")


async def somebody_else_answers(amina: Visitor, receipt: Shown, use: str = "Non") -> Shown:
    """On Amina's phone, from the receipt on; the new receipt."""
    await amina.taps("Une autre personne", receipt)
    await amina.taps("J’accepte")
    await amina.taps("Continuer")
    await amina.taps(use)
    await amina.sends("Pour moi")
    for _question in range(3):
        await amina.taps("Passer")
    await amina.taps("Envoyer")
    return amina.said("code de reçu")


async def asks_to_withdraw(amina: Visitor, shown: Shown) -> Shown:
    """From a receipt or a card, past what hiding and what withdrawing does."""
    return await amina.taps("Retirer", await amina.taps("Masquer ou retirer", shown))


# --- withdrawing -------------------------------------------------------------------------------


async def test_an_answer_is_withdrawn_by_two_taps_and_leaves_nothing(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)

    asked = await asks_to_withdraw(amina, receipt)
    assert "effacées définitivement" in asked.text
    assert len(await submissions(desk)) == 1
    done = await amina.taps("Oui, les effacer", asked)

    assert "sont effacées" in done.text
    assert await submissions(desk) == []
    assert await consents(desk) == []
    assert await counts(desk, houses) == Counts(started=0, submitted=0, shared=0, withdrawn=1)


async def test_what_was_begun_can_be_withdrawn_from_the_card(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    card = await amina.sends("/start c_houses")

    asked = await asks_to_withdraw(amina, card)
    await amina.taps("Oui, les effacer", asked)

    assert await submissions(desk) == []
    assert await counts(desk, houses) == Counts(started=0, submitted=0, shared=0, withdrawn=0)
    assert "Remplir le formulaire" in (await amina.sends("/start c_houses")).labels


async def test_who_has_withdrawn_may_answer_anew_and_is_told_anew(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    await amina.taps("Oui, les effacer", await asks_to_withdraw(amina, receipt))

    again = await submits(amina)

    (row,) = await submissions(desk)
    assert row.state is SubmissionState.SUBMITTED
    assert len(await consents(desk)) == 1
    assert again.text != receipt.text
    assert await counts(desk, houses) == Counts(started=1, submitted=1, shared=0, withdrawn=1)


async def test_who_has_withdrawn_may_answer_while_somebody_else_is_at_it(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    await amina.taps("Une autre personne", receipt)
    await amina.taps("J’accepte")
    await amina.taps_data(f"WithdrawAnswer:{houses}")

    card = await amina.sends("/start c_houses")
    assert "Une autre personne a commencé sur ce téléphone" in card.text
    assert "Vous avez commencé" not in card.text
    assert "Continuer mes réponses" in card.labels
    await amina.taps("Remplir le formulaire", card)
    await amina.taps("J’accepte")

    assert sorted(row.seat or 0 for row in await submissions(desk)) == [0, 1]


async def test_withdrawing_and_agreeing_anew_fit_in_one_batch(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await submits(amina)

    await desk.feed(
        *(
            {"update_id": number, "callback_query": tap(amina, number, data)}
            for number, data in enumerate(
                (
                    f"WithdrawAnswer:{houses}",
                    f"AgreeToNotice:{houses}",
                    f"WithdrawAnswer:{houses}",
                    f"AgreeToNotice:{houses}",
                ),
                start=9_000,
            )
        )
    )

    (row,) = await submissions(desk)
    assert row.state is SubmissionState.DRAFT
    assert await counts(desk, houses) == Counts(started=1, submitted=0, shared=0, withdrawn=1)


async def test_a_second_withdrawal_is_a_kind_word(desk: Desk, amina: Visitor, houses: int) -> None:
    receipt = await submits(amina)
    asked = await asks_to_withdraw(amina, receipt)
    data = asked.data("Oui, les effacer")
    await amina.taps_data(data, asked)

    await amina.taps_data(data, asked)

    assert amina.notices[-1].startswith("Il n’y a ici aucune réponse")
    assert (await counts(desk, houses)).withdrawn == 1


async def test_after_closing_it_can_still_be_withdrawn_until_it_is_sealed(
    desk: Desk, amina: Visitor, hassan: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    desk.now = BEFORE_SEALING

    done = await amina.taps("Oui, les effacer", await asks_to_withdraw(amina, receipt))

    assert "répondre de nouveau" not in done.text
    assert await submissions(desk) == []


async def test_once_sealed_the_sentence_says_that_nobody_can_find_it(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    desk.now = AFTER_SEALING

    await asks_to_withdraw(amina, receipt)

    assert "plus personne ne peut retrouver" in amina.notices[-1]
    assert len(await submissions(desk)) == 1


# --- others on the same phone ------------------------------------------------------------------


async def test_somebody_else_answers_on_the_same_phone_and_is_counted_apart(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)

    notice = await amina.taps("Une autre personne", receipt)
    assert "Anonyme" in notice.text
    await somebody_else_answers(amina, receipt)

    found = {row.seat: row for row in await submissions(desk)}
    assert sorted(found) == [0, 1]
    assert (found[0].answers["why"], found[1].answers["why"]) == ("Pour <lire>", "Pour moi")
    assert len({one.respondent_key for one in found.values()}) == 2
    assert await counts(desk, houses) == Counts(started=2, submitted=2, shared=1, withdrawn=0)


async def test_nobody_else_begins_before_the_owner_has_answered(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    card = await amina.sends("/start c_houses")
    assert not [one for one in card.labels if "Une autre personne" in one]

    await amina.taps_data(f"BeginForAnother:{houses}", card)
    await amina.taps_data(f"AgreeToNotice:{houses}:1", card)

    assert all(one.startswith("Envoyez d’abord") for one in amina.notices[-2:])
    assert await submissions(desk) == []


async def test_five_others_may_answer_and_a_sixth_is_told_so(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    for _other in range(5):
        receipt = await somebody_else_answers(amina, receipt)

    assert "Une autre personne répond ici" not in receipt.labels
    await amina.taps_data(f"BeginForAnother:{houses}", receipt)

    assert amina.notices[-1].startswith("Cinq autres personnes")
    assert sorted(row.seat for row in await submissions(desk)) == [0, 1, 2, 3, 4, 5]
    assert (await counts(desk, houses)).shared == 5


async def test_a_button_of_one_seat_never_answers_for_another(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    question = await begin(amina)
    old = question.data("Oui")
    await amina.taps("Non")
    await amina.sends("Pour lire")
    for _question in range(3):
        await amina.taps("Passer")
    await amina.taps("Envoyer")
    await amina.taps("Une autre personne", amina.said("code de reçu"))
    await amina.taps("J’accepte")
    await amina.taps("Continuer")

    await amina.taps_data(old, question)

    assert "déjà envoyé" in amina.notices[-1]
    (guest,) = (row for row in await submissions(desk) if row.seat == 1)
    assert guest.answers == {"hello": None}


async def test_a_guest_who_is_interrupted_finds_everything_again(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    await amina.taps("Une autre personne", receipt)
    await amina.taps("J’accepte")
    await amina.taps("Continuer")
    await amina.taps("Non")

    for way in ("/stop", "/start", "/start c_houses"):
        shown = await amina.sends(way)
        again = await amina.taps("Continuer mes réponses", shown)
        assert "Pourquoi" in again.text
    assert "Pourquoi" in (await amina.sends("/resume")).text
    desk.now = AFTER_CLOSING
    late = await amina.sends("Pour moi")

    assert "pouvez encore finir" in late.text
    found = {row.seat: row for row in await submissions(desk)}
    assert found[1].answers["why"] == "Pour moi"
    assert found[0].answers["why"] == "Pour <lire>"


async def test_of_several_answers_one_says_whose_is_withdrawn(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    await somebody_else_answers(amina, receipt)
    card = await amina.sends("/start c_houses")

    whose = await asks_to_withdraw(amina, card)
    asked = await amina.taps("Les miennes", whose)
    await amina.taps("Oui, les effacer", asked)

    assert [row.seat for row in await submissions(desk)] == [1]
    assert len(await consents(desk)) == 1
    assert await counts(desk, houses) == Counts(started=1, submitted=1, shared=1, withdrawn=1)
    again = await submits(amina)
    assert "Masquer ou retirer mes réponses" in again.labels
    assert sorted(row.seat for row in await submissions(desk)) == [0, 1]


async def test_a_guest_withdraws_from_their_own_receipt(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await somebody_else_answers(amina, await submits(amina))

    await amina.taps("Oui, les effacer", await asks_to_withdraw(amina, receipt))

    assert [row.seat for row in await submissions(desk)] == [0]
    assert await counts(desk, houses) == Counts(started=1, submitted=1, shared=0, withdrawn=1)


# --- hearing of it -----------------------------------------------------------------------------


async def test_a_wish_to_hear_the_outcome_is_one_row_and_can_be_taken_back(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)

    told = await amina.taps("M’informer des suites", receipt)
    await amina.taps("M’informer des suites", receipt)

    assert len(await rows(desk, OutcomeWish)) == 1
    assert amina.notices[-1].endswith("c’est déjà noté.")
    assert told.labels == ["Ne pas m’informer", "Menu principal"]
    await amina.taps("Ne pas m’informer", told)
    assert await rows(desk, OutcomeWish) == []
    assert told.text.startswith("C’est entendu")
    assert told.labels == ["M’informer des suites", "Menu principal"]


async def test_a_receipt_is_short_and_all_of_it_is_one_tap_deeper(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)

    assert receipt.labels == [
        "M’informer des suites",
        "Une autre personne répond ici",
        "Masquer ou retirer mes réponses",
        "Menu principal",
    ]
    assert len(receipt.text.split("\n\n")) == 3
    managed = await amina.taps("Masquer ou retirer", receipt)
    assert managed.labels[:2] == ["Masquer mes réponses ici", "Retirer mes réponses"]
    assert "code de reçu" in receipt.text


async def test_the_outcome_can_be_wished_for_from_the_card_by_anybody(
    desk: Desk, amina: Visitor, hassan: Visitor, houses: int
) -> None:
    card = await amina.sends("/start c_houses")
    await amina.taps("M’informer des suites", card)
    desk.now = AFTER_SEALING
    card = await hassan.sends("/start c_houses")
    await hassan.taps("أخبروني بالنتيجة", card)

    assert len(await rows(desk, OutcomeWish)) == 2


async def test_a_stop_says_which_outcome_is_told_still_and_how_that_ends(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    card = await amina.sends("/start c_houses")
    await amina.taps_data("StopAnnouncements", card)
    await amina.taps("M’informer des suites", card)
    await amina.taps_data("StopAnnouncements", card)
    await amina.sends("/stop")

    first, _noted, second = amina.notices
    assert first == "Vous ne recevrez plus d’annonces."
    assert second.endswith("Pour les arrêter aussi, envoyez /stop.")
    assert await rows(desk, OutcomeWish) == []


async def test_announcements_are_offered_once_as_a_consent_of_their_own(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    offer = amina.newest
    assert offer.labels == ["Oui, m’informer", "Non, merci"]
    assert (await rows(desk, Person))[0].subscribed is False

    await amina.taps("Oui, m’informer", offer)

    assert (await rows(desk, Person))[0].subscribed is True
    (consent,) = [one for one in await rows(desk, Consent) if one.purpose is Purpose.ANNOUNCEMENTS]
    assert (consent.text_version, consent.language, consent.given_on) == (2, "fr", None)
    await amina.taps("Oui, les effacer", await asks_to_withdraw(amina, receipt))
    await submits(amina)
    assert "Votre code de reçu" in amina.newest.text


async def test_who_declined_is_not_asked_again_and_gets_nothing(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)
    await amina.taps("Non, merci")
    await amina.taps("Oui, les effacer", await asks_to_withdraw(amina, receipt))

    await submits(amina)

    assert "Votre code de reçu" in amina.newest.text
    assert (await rows(desk, Person))[0].subscribed is False


async def test_a_guest_is_not_asked_for_the_owners_announcements(
    amina: Visitor, houses: int
) -> None:
    receipt = await submits(amina)

    await somebody_else_answers(amina, receipt)

    assert "Votre code de reçu" in amina.newest.text


# --- hiding ------------------------------------------------------------------------------------


async def test_typed_answers_are_deleted_while_they_are_young(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")
    await amina.sends("Mon numéro est le 0612345678")
    await amina.sends("Pour lire")
    desk.now += timedelta(days=3)
    await amina.sends("34")
    card = await amina.sends("/start c_houses")
    managed = await amina.taps("Masquer ou retirer", card)

    requests = await hides(desk, amina, managed.data("Masquer"))

    (deletion,) = (one for one in requests if one["method"] == "deleteMessages")
    assert len(deletion["message_ids"]) == 1
    said = requests[-1]["text"]
    assert "1\u2069 message que vous avez écrit est en cours" in said
    assert "2\u2069 messages que vous avez écrits ont plus de 48 heures" in said
    assert (await submissions(desk))[0].answers["age"] == 34

    again = await hides(desk, amina, managed.data("Masquer"))
    assert "plus rien à masquer" in again[-1]["text"]


async def test_a_photo_sent_for_an_answer_is_deleted_too(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)
    await amina.taps("Non")
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    answered = await amina.sends(photo=photo, caption="Ma carte")
    card = await amina.sends("/start c_houses")
    managed = await amina.taps("Masquer ou retirer", card)

    requests = await hides(desk, amina, managed.data("Masquer"))

    assert "ouvrir les photos" in answered.text
    (deletion,) = (one for one in requests if one["method"] == "deleteMessages")
    assert len(deletion["message_ids"]) == 1


async def hides(desk: Desk, amina: Visitor, data: str) -> list[dict[str, Any]]:
    number = next(desk.numbers)
    return await desk.feed({"update_id": number, "callback_query": tap(amina, number, data)})


def tap(visitor: Visitor, number: int, data: str) -> dict[str, Any]:
    chat = {"id": visitor.number, "type": "private", "first_name": visitor.name}
    return {
        "id": str(number),
        "from": visitor.user,
        "chat_instance": "1",
        "message": {"message_id": 1, "date": 1, "chat": chat, "text": "-"},
        "data": data,
    }
