"""Answering a questionnaire: begin, answer, go back, review, submit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from forms.answers import AnswerRefused
from forms.form import Question, QuestionType, Texts
from forms.interview import Interview, Value
from participation.clock import today
from participation.consultations import (
    Phase,
    ensure_answerable,
    ensure_open,
    find_consultation,
    phase_of,
)
from participation.errors import ParticipationError
from participation.known import Known
from participation.places import ANSWERING, NOWHERE, REVIEWING, Place
from participation.receipts import hash_of, new_receipt
from storage.base import ConsultationId
from storage.consultations import Consultation
from storage.people import Consent, Person, Purpose
from storage.submissions import Submission, SubmissionState

NOTICE_VERSION = 1
"""The version of the notice that people agree to; raised when its words change."""


class AlreadySubmitted(ParticipationError):
    def __init__(self, title: Texts, submitted_on: date | None) -> None:
        super().__init__()
        self.title = title
        self.submitted_on = submitted_on


class NothingBegun(ParticipationError):
    """The person has not begun this questionnaire."""


class AlreadyBegun(ParticipationError):
    """The person has agreed and is being asked already."""


class AlreadyAnswered(ParticipationError):
    """An old button: its question was answered, and another one is being asked."""


class NotAskedNow(ParticipationError):
    """An old button: its question is not the one being asked, and has no answer."""


class NoSuchChoice(ParticipationError):
    """The question has no such choice."""


class NothingBefore(ParticipationError):
    """The question is the first one."""


class NothingToKeep(ParticipationError):
    """The question has no answer yet."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that has just been answered, kept or passed over."""

    interview: Interview
    question: Question


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that a person is being asked; ``after`` is what they have just answered."""

    consultation_id: ConsultationId
    interview: Interview
    question: Question
    choosing: tuple[str, ...] = ()
    after: Answered | None = None
    closed_on: date | None = None
    """The last day of a consultation that has closed and may still be finished."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Every question is answered or passed over; ``after`` is what was answered last."""

    consultation_id: ConsultationId
    title: Texts
    interview: Interview
    after: Answered | None = None
    closed_on: date | None = None


Step = Asked | Reviewed


@dataclass(frozen=True, slots=True)
class Unagreed:
    """Nothing is asked before the person has agreed to the notice."""

    consultation_id: ConsultationId
    title: Texts


@dataclass(frozen=True, slots=True)
class Submitted:
    """``receipt`` is told once; only its hash is kept."""

    consultation_id: ConsultationId
    title: Texts
    closes_on: date
    closed: bool
    """Whether it closed before this was handed in."""
    receipt: str
    interview: Interview


class NotAccepted(ParticipationError):
    """An answer that the form refuses; the question stays as it is asked."""

    def __init__(self, asked: Asked, refused: AnswerRefused) -> None:
        super().__init__()
        self.asked = asked
        self.refused = refused


class OnlyToRead(ParticipationError):
    """Something was typed where there is only something to read, or to review."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step


@dataclass(frozen=True, slots=True)
class _Draft:
    consultation: Consultation
    submission: Submission
    interview: Interview
    closed_on: date | None
    """As in Asked."""

    def asked(self) -> Asked | None:
        path = self.submission.asked
        if path is None:
            return None
        question = self.interview.form.question(path)
        return self.asking(self.interview, question, self.submission.choosing)

    def asking(
        self,
        interview: Interview,
        question: Question,
        choosing: Sequence[str] | None,
        after: Answered | None = None,
    ) -> Asked:
        ticked = tuple(choosing or ())
        return Asked(self.consultation.id, interview, question, ticked, after, self.closed_on)

    def reviewed(self, interview: Interview, after: Answered | None = None) -> Reviewed:
        one = self.consultation
        return Reviewed(one.id, one.title, interview, after, self.closed_on)

    def step(self) -> Step:
        return self.asked() or self.reviewed(self.interview)


class Submissions:
    """What one person may do with their own answers, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person) -> None:
        self._known = known
        self._person = person

    def begin(self, consultation_id: int) -> Step | Unagreed:
        """Go on where the person stopped, or ask them to agree first."""
        consultation = self._unsubmitted(consultation_id)
        if self._known.submission(consultation, self._person) is not None:
            return self.resume(consultation_id)
        ensure_open(consultation, self._known.now)
        return Unagreed(consultation.id, consultation.title)

    def agree(self, consultation_id: int, language: str) -> Step:
        """Remember the consent and ask the first question; raises AlreadyBegun on a second tap."""
        consultation = self._unsubmitted(consultation_id)
        if self._known.submission(consultation, self._person) is not None:
            ensure_answerable(consultation, self._known.now)
            if self._known.place_of(self._person).consultation_id == consultation.id:
                raise AlreadyBegun
            return self.resume(consultation_id)
        ensure_open(consultation, self._known.now)
        self._consent(consultation, language)
        submission = Submission(
            consultation_id=consultation.id,
            form_version_id=consultation.form_version_id,
            respondent_key=self._known.respondent_key(consultation, self._person),
            seat=0,
            state=SubmissionState.DRAFT,
            language=language,
            answers={},
            asked=None,
            choosing=None,
        )
        self._known.add_submission(submission)
        self._known.count("consultation", consultation.id, "started")
        draft = self._open(consultation, submission)
        return self._proceed(draft, draft.interview)

    def resume(self, consultation_id: int) -> Step:
        """The question that was being asked, or the review."""
        draft = self._draft(consultation_id)
        return self._stand(draft.step())

    def present(self) -> Step | None:
        """What the person is being asked where they stand; None where they stand nowhere."""
        place = self._known.place_of(self._person)
        if place.consultation_id is None:
            return None
        return self._draft(place.consultation_id).step()

    def look(self, consultation_id: int, index: int) -> Asked:
        """The question as it is being asked; raises AlreadyAnswered for an old button."""
        return self._asked(consultation_id, index)[1]

    def write(self, typed: str) -> Step:
        """Answer by typing the question that is being asked; raises NotAccepted, OnlyToRead."""
        draft = self._here()
        asked = draft.asked()
        if asked is None or asked.question.type is QuestionType.NOTE:
            raise OnlyToRead(draft.step())
        return self._answer(draft, asked, lambda: draft.interview.parse(asked.question, typed))

    def choose(self, consultation_id: int, index: int, choice: int) -> Step:
        """Answer a select_one; raises AlreadyAnswered for an old button, NotAccepted."""
        draft, asked = self._asked(consultation_id, index)
        name = _choice_name(asked.question, choice, QuestionType.SELECT_ONE)
        return self._answer(draft, asked, lambda: name)

    def tick(self, consultation_id: int, index: int, choice: int, *, ticked: bool) -> Asked:
        """Tick a choice of a select_multiple, or take the tick off; twice is as once."""
        draft, asked = self._asked(consultation_id, index)
        name = _choice_name(asked.question, choice, QuestionType.SELECT_MULTIPLE)
        chosen = set(asked.choosing) | {name} if ticked else set(asked.choosing) - {name}
        ordered = [one.name for one in asked.question.choices if one.name in chosen]
        draft.submission.choosing = ordered
        return self._here_is(draft.asking(draft.interview, asked.question, ordered))

    def finish_choosing(self, consultation_id: int, index: int) -> Step:
        """Answer a select_multiple with what is ticked; nothing ticked passes it over."""
        draft, asked = self._asked(consultation_id, index)
        if asked.question.type is not QuestionType.SELECT_MULTIPLE:
            raise NoSuchChoice
        return self._answer(draft, asked, lambda: list(asked.choosing) or None)

    def skip(self, consultation_id: int, index: int) -> Step:
        """Pass a question over, or a note once it is read; raises NotAccepted where required."""
        draft, asked = self._asked(consultation_id, index)
        return self._answer(draft, asked, lambda: None)

    def keep(self, consultation_id: int, index: int) -> Step:
        """Leave an earlier answer as it is; raises NothingToKeep."""
        draft, asked = self._asked(consultation_id, index)
        if asked.question.path not in draft.interview.answers:
            raise NothingToKeep
        return self._proceed(draft, draft.interview, Answered(draft.interview, asked.question))

    def go_back(self, consultation_id: int, index: int) -> Asked:
        """Ask the question before; raises NothingBefore."""
        draft, asked = self._asked(consultation_id, index)
        before = draft.interview.before(asked.question.path)
        if before is None:
            raise NothingBefore
        return self._ask(draft, draft.interview, before)

    def change(self, consultation_id: int, index: int) -> Asked:
        """Ask a question of the review again; raises NotAskedNow where it has no answer."""
        draft = self._draft(consultation_id)
        question = _question_at(draft, index)
        if question.path not in draft.interview.answers or not draft.interview.is_relevant(
            question.path
        ):
            raise NotAskedNow
        return self._ask(draft, draft.interview, question)

    def review(self, consultation_id: int) -> Reviewed:
        """Every answer, once nothing is left to ask; raises NotAskedNow before."""
        draft = self._draft(consultation_id)
        step = draft.step()
        if isinstance(step, Asked):
            raise NotAskedNow
        self._stand(step)
        return step

    def pause(self, consultation_id: int) -> Texts:
        """Leave the questionnaire with everything kept; the consultation's title."""
        draft = self._draft(consultation_id)
        self._known.move(self._person, NOWHERE)
        return draft.consultation.title

    def submit(self, consultation_id: int, language: str) -> Submitted | Asked:
        """Hand the answers in, or ask what still keeps the form from being handed in."""
        draft = self._draft(consultation_id)
        if draft.submission.asked is not None:
            raise NotAskedNow
        interview = draft.interview
        open_question = next(iter(interview.unfinished()), None) or interview.present()
        if open_question is not None:
            return self._ask(draft, interview, open_question)
        receipt = new_receipt()
        submission = draft.submission
        submission.state = SubmissionState.SUBMITTED
        submission.language = language
        submission.submitted_on = today(self._known.now)
        submission.receipt_hash = hash_of(receipt)
        self._known.count("consultation", draft.consultation.id, "submitted")
        self._known.move(self._person, NOWHERE)
        return Submitted(
            draft.consultation.id,
            draft.consultation.title,
            draft.consultation.closes_on,
            draft.closed_on is not None,
            receipt,
            interview,
        )

    def _consent(self, consultation: Consultation, language: str) -> None:
        """No day and no instant: they would tie the person to an answer of the same day."""
        subject = (self._person.id, Purpose.CONSULTATION, int(consultation.id))
        given = self._known.consents.get(subject)
        if given is not None:
            given.text_version, given.language, given.withdrawn_at = NOTICE_VERSION, language, None
            return
        self._known.add_consent(
            Consent(
                person_id=self._person.id,
                purpose=Purpose.CONSULTATION,
                subject_id=consultation.id,
                text_version=NOTICE_VERSION,
                language=language,
                given_on=None,
            )
        )

    def _unsubmitted(self, consultation_id: int) -> Consultation:
        consultation = find_consultation(self._known, consultation_id)
        submission = self._known.submission(consultation, self._person)
        if submission is not None and submission.state is SubmissionState.SUBMITTED:
            raise AlreadySubmitted(consultation.title, submission.submitted_on)
        return consultation

    def _draft(self, consultation_id: int) -> _Draft:
        """The person's unfinished answers; every refusal that forbids to touch them is raised."""
        consultation = self._unsubmitted(consultation_id)
        ensure_answerable(consultation, self._known.now)
        submission = self._known.submission(consultation, self._person)
        if submission is None:
            raise NothingBegun
        return self._open(consultation, submission)

    def _open(self, consultation: Consultation, submission: Submission) -> _Draft:
        form = self._known.forms[submission.form_version_id]
        interview = Interview(form, submission.answers, today=today(self._known.now))
        finishing = phase_of(consultation, self._known.now) is Phase.FINISHING
        closed_on = consultation.closes_on if finishing else None
        return _Draft(consultation, submission, interview, closed_on)

    def _here(self) -> _Draft:
        place = self._known.place_of(self._person)
        if place.consultation_id is None:
            raise NothingBegun
        return self._draft(place.consultation_id)

    def _asked(self, consultation_id: int, index: int) -> tuple[_Draft, Asked]:
        """The draft, if the question at this place of the form is the one being asked."""
        draft = self._draft(consultation_id)
        question = _question_at(draft, index)
        asked = draft.asked()
        if asked is not None and asked.question.path == question.path:
            return draft, asked
        if question.path in draft.interview.answers:
            raise AlreadyAnswered
        raise NotAskedNow

    def _answer(self, draft: _Draft, asked: Asked, value: Callable[[], Value]) -> Step:
        try:
            interview = draft.interview.answer(asked.question, value())
        except AnswerRefused as refused:
            raise NotAccepted(asked, refused) from None
        draft.submission.answers = dict(interview.answers)
        return self._proceed(draft, interview, Answered(interview, asked.question))

    def _proceed(self, draft: _Draft, interview: Interview, after: Answered | None = None) -> Step:
        question = interview.present()
        if question is not None:
            return self._ask(draft, interview, question, after)
        draft.submission.asked = None
        draft.submission.choosing = None
        reviewed = draft.reviewed(interview, after)
        self._stand(reviewed)
        return reviewed

    def _ask(
        self,
        draft: _Draft,
        interview: Interview,
        question: Question,
        after: Answered | None = None,
    ) -> Asked:
        answer = interview.answers.get(question.path)
        ticked = list(answer) if isinstance(answer, list) else None
        draft.submission.asked = question.path
        draft.submission.choosing = ticked
        return self._here_is(draft.asking(interview, question, ticked, after))

    def _here_is(self, asked: Asked) -> Asked:
        self._stand(asked)
        return asked

    def _stand(self, step: Step) -> Step:
        place = ANSWERING if isinstance(step, Asked) else REVIEWING
        self._known.move(self._person, Place(place, step.consultation_id))
        return step


def _question_at(draft: _Draft, index: int) -> Question:
    questions = draft.interview.form.questions
    if not 0 <= index < len(questions):
        raise NotAskedNow
    return questions[index]


def _choice_name(question: Question, place: int, kind: QuestionType) -> str:
    if question.type is not kind or not 0 <= place < len(question.choices):
        raise NoSuchChoice
    return question.choices[place].name
