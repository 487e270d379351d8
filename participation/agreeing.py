"""Agreeing to the notice: the consent is a row, and the answers begin empty."""

from participation.counts import count
from participation.known import Known
from participation.notices import NOTICE_VERSIONS
from storage.consultations import Consultation
from storage.people import Consent, Person, Purpose
from storage.submissions import Submission, SubmissionState


def agree_to_notice(
    known: Known, person: Person, consultation: Consultation, seat: int, language: str
) -> Submission:
    """Write both; whether they may be written was asked before."""
    _consent(known, person, consultation, seat, language)
    submission = Submission(
        consultation_id=consultation.id,
        form_version_id=consultation.form_version_id,
        respondent_key=known.respondent_key(consultation, person, seat),
        seat=seat,
        state=SubmissionState.DRAFT,
        language=language,
        answers={},
        asked=None,
        choosing=None,
    )
    known.add_submission(submission)
    count(known, submission, "started")
    return submission


def _consent(
    known: Known, person: Person, consultation: Consultation, seat: int, language: str
) -> None:
    """No day and no instant: they would tie the person to an answer of the same day."""
    subject = (person.id, Purpose.CONSULTATION, int(consultation.id))
    version = NOTICE_VERSIONS[consultation.mode]
    given = known.consents.get(subject)
    if given is not None:
        given.text_version, given.language, given.withdrawn_at = version, language, None
        seats = max(len(known.seats(consultation, person)), seat + 1)
        given.seats = known.sealed_seats(seats)
        return
    known.add_consent(
        Consent(
            person_id=person.id,
            purpose=Purpose.CONSULTATION,
            subject_id=consultation.id,
            text_version=version,
            language=language,
            given_on=None,
            seats=known.sealed_seats(1),
        )
    )
