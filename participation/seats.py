"""Telephones are shared: who else may answer on one, each under a seat of their own."""

from participation.answering import NoSeatLeft, NotYourTurnYet
from participation.consultations import OTHERS, find_consultation
from participation.known import Known
from storage.consultations import Consultation
from storage.people import Person
from storage.submissions import SubmissionState


def next_seat(known: Known, person: Person, consultation_id: int) -> int:
    """The seat of whoever takes the phone now; raises NotYourTurnYet, NoSeatLeft.

    One that was begun and not handed in comes first: somebody may have been called away.
    """
    consultation = find_consultation(known, consultation_id)
    seated = known.seated(consultation, person)
    ensure_owner_is_done(known, person, consultation)
    others = {seat: one for seat, one in seated.items() if seat > 0}
    begun = (seat for seat, one in others.items() if one.state is SubmissionState.DRAFT)
    free = (seat for seat in range(1, OTHERS + 1) if seat not in others)
    seat = next(begun, None) or next(free, None)
    if seat is None:
        raise NoSeatLeft
    return seat


def ensure_seat(known: Known, person: Person, consultation: Consultation, seat: int) -> None:
    """Refuse a seat that is nobody's turn; raises NotYourTurnYet, NoSeatLeft."""
    if seat == 0:
        return
    ensure_owner_is_done(known, person, consultation)
    taken = known.seats(consultation, person)
    if not 0 < seat <= min(OTHERS, len(taken)):
        raise NoSeatLeft


def ensure_owner_is_done(known: Known, person: Person, consultation: Consultation) -> None:
    """Refuse while the account's own answer is not handed in; raises NotYourTurnYet."""
    own = known.submission(consultation, person)
    if own is None or own.state is not SubmissionState.SUBMITTED:
        raise NotYourTurnYet


def may_share(known: Known, person: Person, consultation: Consultation) -> bool:
    """Whether somebody else may still begin on this phone; the window is not asked."""
    own = known.submission(consultation, person)
    others = [seat for seat in known.seated(consultation, person) if seat > 0]
    done = own is not None and own.state is SubmissionState.SUBMITTED
    return done and len(others) < OTHERS
