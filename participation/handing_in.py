"""Handing answers in: they are signed as the mode says, and a receipt is given once."""

from participation.answering import Submitted
from participation.clock import today
from participation.counts import count
from participation.drafts import Draft
from participation.known import Known
from participation.people import People
from participation.places import NOWHERE
from participation.receipts import hash_of, new_receipt
from participation.seats import may_share
from storage.consultations import Consultation, Mode
from storage.people import Person
from storage.submissions import Submission, SubmissionState


def hand_in(known: Known, person: Person, draft: Draft, language: str) -> Submitted:
    """Hand in a draft in which nothing is left to ask."""
    receipt = new_receipt()
    submission = draft.submission
    submission.state = SubmissionState.SUBMITTED
    submission.language = language
    submission.submitted_on = today(known.now)
    submission.receipt_hash = hash_of(receipt)
    _sign(known, person, draft.consultation, submission)
    count(known, submission, "submitted")
    known.move(person, NOWHERE)
    closed = draft.finish_by is not None
    return Submitted(
        draft.consultation.id,
        draft.consultation.title,
        draft.consultation.closes_on,
        closed,
        receipt,
        draft.interview,
        seat=draft.seat,
        may_share=not closed and may_share(known, person, draft.consultation),
        may_subscribe=draft.seat == 0 and People(known, person).may_be_asked(),
    )


def _sign(
    known: Known, person: Person, consultation: Consultation, submission: Submission
) -> None:
    """What the mode adds to an answer that is handed in; nothing where it is anonymous."""
    mode, seat = consultation.mode, submission.seat
    if mode is Mode.ANONYMOUS:
        return
    submission.submitted_at = known.now
    if mode is Mode.IDENTIFIED:
        submission.person_id = person.id
        return
    submission.pseudonym = known.keyring.respondent_pseudonym(
        person.channel_id, seat, consultation.key_id
    )
