"""Taking an answer back: it is erased for good, as long as it can still be found."""

from dataclasses import dataclass

from participation.consultations import Phase, find_consultation, phase_of
from participation.counts import count
from participation.errors import ParticipationError
from participation.known import Known
from participation.places import NOWHERE
from storage.base import ConsultationId, Texts
from storage.consultations import Consultation, Mode
from storage.people import Person, Purpose
from storage.submissions import Submission, SubmissionState


class NothingToWithdraw(ParticipationError):
    """Nothing was answered there, or it was withdrawn already."""


class TooLateToWithdraw(ParticipationError):
    """It is sealed, or about to be."""

    def __init__(self, title: Texts, mode: Mode) -> None:
        super().__init__()
        self.title = title
        self.mode = mode


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """Answers of this account that can be taken back; ``seats`` names them."""

    consultation_id: ConsultationId
    title: Texts
    seats: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An answer that is no more."""

    consultation_id: ConsultationId
    title: Texts
    may_answer_anew: bool


class Withdrawals:
    """What one person may take back, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    def ask(self, consultation_id: int) -> Withdrawable:
        """What could be taken back; raises NothingToWithdraw, TooLateToWithdraw."""
        consultation = self._findable(consultation_id)
        seats = tuple(self._known.seated(consultation, self._person))
        if not seats:
            raise NothingToWithdraw
        return Withdrawable(consultation.id, consultation.title, seats)

    async def withdraw(self, consultation_id: int, seat: int) -> Withdrawn:
        """Erase the answer at this seat; raises NothingToWithdraw, TooLateToWithdraw.

        Nothing that remains says that there was one. The consent goes with the last answer.
        """
        consultation = self._findable(consultation_id)
        submission = self._known.submission(consultation, self._person, seat)
        if submission is None:
            raise NothingToWithdraw
        place = self._known.place_of(self._person)
        if (place.consultation_id, place.seat) == (consultation.id, seat):
            self._known.move(self._person, NOWHERE)
        count(self._known, submission, _COUNTED[submission.state])
        await self._erase(consultation, submission)
        open_still = phase_of(consultation, self._known.now) is Phase.OPEN
        return Withdrawn(consultation.id, consultation.title, open_still)

    async def _erase(self, consultation: Consultation, submission: Submission) -> None:
        await self._known.erase_submission(submission)
        consent = self._known.consent(self._person, Purpose.CONSULTATION, consultation.id)
        if consent is not None and not self._known.seated(consultation, self._person):
            await self._known.erase_consent(consent)

    def _findable(self, consultation_id: int) -> Consultation:
        consultation = find_consultation(self._known, consultation_id)
        if self._known.respondent_key(consultation, self._person) is None:
            raise TooLateToWithdraw(consultation.title, consultation.mode)
        return consultation


_COUNTED = {SubmissionState.SUBMITTED: "withdrawn", SubmissionState.DRAFT: "discarded"}
