"""Consultations as people find them: which are open, what is at stake, what to read first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from participation.errors import ParticipationError
from participation.known import Known
from participation.people import LANGUAGES
from storage.base import ConsultationId, DocumentId, Texts
from storage.consultations import (
    UNLINKED,
    Consultation,
    ConsultationState,
    Mode,
    published_consultations,
)
from storage.documents import Document
from storage.people import Person
from storage.submissions import Submission, SubmissionState

OTHERS = 5
"""How many besides its owner may answer on one phone."""

SPOKEN_NOTICE = "spoken-notice"
"""The slug of the recording in which the notice before answering is heard."""

GRACE = timedelta(hours=24)
"""How long after the closing an answer that was begun before it may be finished."""


class NoSuchConsultation(ParticipationError):
    """It does not exist, or people cannot see it."""


class NoSuchDocument(ParticipationError):
    """It does not exist, or belongs to a consultation that people cannot see."""


class ConsultationNotOpenYet(ParticipationError):
    def __init__(self, title: Texts, opens_on: date) -> None:
        super().__init__()
        self.title = title
        self.opens_on = opens_on


class ConsultationClosed(ParticipationError):
    """``closes_on`` was its last day."""

    def __init__(self, title: Texts, closes_on: date) -> None:
        super().__init__()
        self.title = title
        self.closes_on = closes_on


class Phase(StrEnum):
    """Where a consultation is in its window, in the order in which lists show them."""

    OPEN = "open"
    FINISHING = "finishing"
    """Closed; who began in time may finish."""
    UPCOMING = "upcoming"
    CLOSED = "closed"


class Standing(StrEnum):
    """What a person has done in a consultation."""

    NOTHING = "nothing"
    BEGUN = "begun"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document to read; language None serves every language."""

    document_id: DocumentId
    consultation_id: ConsultationId
    slug: str
    language: str | None
    title: Texts
    summary: Texts
    size: int
    """Bytes: people pay for what they fetch."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A consultation as a list shows it."""

    consultation_id: ConsultationId
    title: Texts
    phase: Phase
    opens_on: date
    closes_on: date
    standing: Standing
    submitted_on: date | None = None
    mode: Mode = Mode.ANONYMOUS
    unfinished: int | None = None
    """The seat of an answer that was begun here and not handed in."""
    seats: tuple[int, ...] = ()
    """The seats at which something was begun or handed in; more than one on a shared phone."""
    may_share: bool = False
    """Whether somebody else may begin on this phone."""
    is_extended: bool = False
    finish_by: datetime | None = None
    """Until when one that has closed can still be finished; None before and after."""
    has_outcome: bool = False
    """Whether people can read what became of it."""

    @property
    def may_begin(self) -> bool:
        return self.phase is Phase.OPEN and self.standing is Standing.NOTHING

    @property
    def may_continue(self) -> bool:
        open_still = self.phase in {Phase.OPEN, Phase.FINISHING}
        return open_still and self.unfinished is not None


@dataclass(frozen=True, slots=True)
class Presented:
    """Everything that a consultation's card says."""

    listed: Listed
    mode: Mode
    stake: Texts
    contact: Texts
    readings: tuple[Reading, ...]
    question_count: int


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster of an open consultation says: its title, and the name in its link."""

    slug: str
    title: Texts


def phase_of(consultation: Consultation, now: datetime) -> Phase:
    """Where a consultation is in its window; once sealing begins it is closed for ever."""
    if consultation.state in UNLINKED:
        return Phase.CLOSED
    if now < consultation.opens_at:
        return Phase.UPCOMING
    if now < consultation.closes_at:
        return Phase.OPEN
    return Phase.FINISHING if now < consultation.closes_at + GRACE else Phase.CLOSED


def finish_by(consultation: Consultation, now: datetime) -> datetime | None:
    """Until when what was begun can be finished after the closing; None before and after."""
    finishing = phase_of(consultation, now) is Phase.FINISHING
    return consultation.closes_at + GRACE if finishing else None


def ensure_open(consultation: Consultation, now: datetime) -> None:
    """Refuse to begin outside the window; raises ConsultationNotOpenYet, ConsultationClosed."""
    phase = phase_of(consultation, now)
    if phase is Phase.UPCOMING:
        raise ConsultationNotOpenYet(consultation.title, consultation.opens_on)
    if phase is not Phase.OPEN:
        raise ConsultationClosed(consultation.title, consultation.closes_on)


def is_corrigible(consultation: Consultation, now: datetime) -> bool:
    """Whether staff may write its contact and documents: until nobody can answer any more.

    What an operator has loaded stays as its directory says.
    """
    if consultation.state is ConsultationState.DRAFT:
        return True
    return consultation.created_by is not None and phase_of(consultation, now) is not Phase.CLOSED


def is_shown(document: Document, consultation: Consultation) -> bool:
    """Whether people see it: what staff have added to read has a title in each language first."""
    if document.slug == SPOKEN_NOTICE or consultation.created_by is None:
        return True
    return all(document.title.get(one) for one in LANGUAGES)


def ensure_answerable(consultation: Consultation, now: datetime) -> None:
    """Refuse to go on after the grace; raises ConsultationNotOpenYet, ConsultationClosed."""
    if phase_of(consultation, now) is not Phase.FINISHING:
        ensure_open(consultation, now)


def find_consultation(known: Known, consultation_id: int) -> Consultation:
    """A consultation that people can see; raises NoSuchConsultation."""
    consultation = known.consultations.get(ConsultationId(consultation_id))
    if consultation is None:
        raise NoSuchConsultation
    return consultation


def standing_of(submission: Submission | None) -> Standing:
    """What a person has done, told by their submission."""
    if submission is None:
        return Standing.NOTHING
    if submission.state is SubmissionState.SUBMITTED:
        return Standing.SUBMITTED
    return Standing.BEGUN


async def posters(session: AsyncSession, now: datetime) -> tuple[Poster, ...]:
    """The consultations that a stranger may begin now, in the order of ids."""
    return tuple(
        Poster(one.slug, one.title)
        for one in await published_consultations(session)
        if phase_of(one, now) is Phase.OPEN
    )


class Consultations:
    """What one person may see of consultations, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    def all(self) -> tuple[Listed, ...]:
        """Every visible one: open first, soonest to close; then the newest closed."""
        listed = [self._listed(one) for one in self._known.consultations.values()]
        order = list(Phase)
        ahead = [one for one in listed if one.phase is not Phase.CLOSED]
        ahead.sort(key=lambda one: (order.index(one.phase), one.closes_on))
        closed = [one for one in listed if one.phase is Phase.CLOSED]
        closed.sort(key=lambda one: one.closes_on, reverse=True)
        return (*ahead, *closed)

    def open(self) -> tuple[Listed, ...]:
        """Those that can be answered or finished now."""
        return tuple(one for one in self.all() if one.phase is Phase.OPEN or one.may_continue)

    def begun(self) -> tuple[Listed, ...]:
        """Those that the person began and may go on with."""
        return tuple(one for one in self.all() if one.may_continue)

    def present(self, consultation_id: int) -> Presented:
        """The card of a consultation; raises NoSuchConsultation."""
        consultation = find_consultation(self._known, consultation_id)
        form = self._known.forms[consultation.form_version_id]
        return Presented(
            listed=self._listed(consultation),
            mode=consultation.mode,
            stake=consultation.stake,
            contact=consultation.contact or {},
            readings=tuple(
                _reading(one)
                for one in self._known.documents
                if one.consultation_id == consultation.id
                and one.slug != SPOKEN_NOTICE
                and is_shown(one, consultation)
            ),
            question_count=sum(question.type != "note" for question in form.questions),
        )

    def named(self, slug: str) -> ConsultationId | None:
        """The consultation that a deep link means; None where there is none."""
        for consultation in self._known.consultations.values():
            if consultation.slug == slug:
                return consultation.id
        return None

    def read(self, document_id: int) -> tuple[Reading, Listed]:
        """A document and its consultation; raises NoSuchDocument."""
        for document in self._known.documents:
            if document.id == document_id:
                consultation = self._known.consultations.get(document.consultation_id)
                if consultation is not None and is_shown(document, consultation):
                    return _reading(document), self._listed(consultation)
        raise NoSuchDocument

    def _listed(self, consultation: Consultation) -> Listed:
        seated = self._known.seated(consultation, self._person)
        submission = seated.get(0)
        begun = (n for n, one in seated.items() if one.state is SubmissionState.DRAFT)
        phase = phase_of(consultation, self._known.now)
        done = standing_of(submission) is Standing.SUBMITTED
        return Listed(
            consultation_id=consultation.id,
            title=consultation.title,
            phase=phase,
            opens_on=consultation.opens_on,
            closes_on=consultation.closes_on,
            standing=standing_of(submission),
            submitted_on=submission.submitted_on if submission else None,
            mode=consultation.mode,
            unfinished=next(begun, None),
            seats=tuple(seated),
            may_share=phase is Phase.OPEN and done and len(seated) <= OTHERS,
            is_extended=consultation.extended_from is not None,
            finish_by=finish_by(consultation, self._known.now),
            has_outcome=consultation.id in self._known.shelf.outcomes,
        )


def _reading(document: Document) -> Reading:
    return Reading(
        document_id=document.id,
        consultation_id=document.consultation_id,
        slug=document.slug,
        language=document.language,
        title=document.title,
        summary=document.summary or {},
        size=document.size,
    )
