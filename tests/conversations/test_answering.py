"""From a link to a receipt."""

from simulator.phone import Phone
from storage.submissions import SubmissionState
from tests.conversations.commune import HOUSES, Commune


async def test_an_answer_tapped_on_a_phone_is_a_row(commune: Commune, amina: Phone) -> None:
    await amina.opens_link(f"c_{HOUSES}")
    for button in ("Remplir le formulaire", "J’accepte", "Continuer", "Jamais"):
        await amina.taps(await amina.waits_for(button=button), button)
    await amina.waits_for("Pourquoi")

    submission = await commune.submission()
    assert submission.state is SubmissionState.DRAFT
    assert submission.answers["house/visits"] == "never"
