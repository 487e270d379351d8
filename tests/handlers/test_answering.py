"""From the first word to the receipt, on rows."""

from sqlalchemy import select

from storage.submissions import Submission, SubmissionState
from tests.handlers.desk import Desk, Visitor


async def only_submission(desk: Desk) -> Submission:
    async with desk.database.reading() as session:
        return (await session.scalars(select(Submission))).one()


async def begin(visitor: Visitor) -> None:
    """Arrive by the consultation's link and agree to the notice."""
    await visitor.sends("/start c_houses")
    await visitor.taps("Remplir" if visitor.language == "fr" else "تعبئة")
    await visitor.taps("J’accepte" if visitor.language == "fr" else "أوافق")


async def answer_all(visitor: Visitor) -> None:
    await visitor.taps("Continuer")
    await visitor.taps("Oui")
    await visitor.taps("Sport")
    await visitor.taps("Terminé")
    await visitor.sends("Pour <lire>")
    await visitor.sends("٣٤")
    await visitor.sends("2,5")
    await visitor.sends("23 novembre 2026")


async def test_every_type_of_question_is_answered_and_sent(
    desk: Desk, amina: Visitor, houses: int
) -> None:
    await begin(amina)

    await answer_all(amina)
    await amina.taps("Envoyer")

    row = await only_submission(desk)
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
    assert "Votre code de reçu" in amina.newest.text
