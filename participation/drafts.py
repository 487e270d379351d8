"""Unfinished answers: found for their person, refused to everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from forms.form import Question, QuestionType
from forms.interview import Interview
from participation.answering import (
    AlreadySubmitted,
    Answered,
    Asked,
    NoSuchChoice,
    NotAskedNow,
    NothingBegun,
    Reviewed,
    Step,
)
from participation.clock import today
from participation.consultations import ensure_answerable, find_consultation, finish_by
from participation.known import Known
from storage.consultations import Consultation
from storage.people import Person
from storage.submissions import Submission, SubmissionState


@dataclass(frozen=True, slots=True)
class Draft:
    """A person's unfinished answers to one consultation."""

    consultation: Consultation
    submission: Submission
    interview: Interview
    finish_by: datetime | None
    """As in Asked."""

    @property
    def seat(self) -> int:
        return self.submission.seat or 0

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
        one = self.consultation
        return Asked(
            one.id, interview, question, ticked, after, self.finish_by, one.mode, self.seat
        )

    def reviewed(self, interview: Interview, after: Answered | None = None) -> Reviewed:
        one = self.consultation
        return Reviewed(one.id, one.title, interview, after, self.finish_by, self.seat)

    def step(self) -> Step:
        return self.asked() or self.reviewed(self.interview)

    def question_at(self, index: int) -> Question:
        """The question at this place of the form; raises NotAskedNow where there is none."""
        questions = self.interview.form.questions
        if not 0 <= index < len(questions):
            raise NotAskedNow
        return questions[index]


def unsubmitted(known: Known, person: Person, consultation_id: int, seat: int = 0) -> Consultation:
    """A consultation that the person may still answer; raises AlreadySubmitted."""
    consultation = find_consultation(known, consultation_id)
    submission = known.submission(consultation, person, seat)
    if submission is not None and submission.state is SubmissionState.SUBMITTED:
        raise AlreadySubmitted(consultation.title, submission.submitted_on)
    return consultation


def draft_of(known: Known, person: Person, consultation_id: int, seat: int = 0) -> Draft:
    """The person's draft; every refusal that forbids to touch it is raised here."""
    consultation = unsubmitted(known, person, consultation_id, seat)
    ensure_answerable(consultation, known.now)
    submission = known.submission(consultation, person, seat)
    if submission is None:
        raise NothingBegun
    return open_draft(known, consultation, submission)


def open_draft(known: Known, consultation: Consultation, submission: Submission) -> Draft:
    """The draft of a submission, on the version of the form with which it began."""
    form = known.forms[submission.form_version_id]
    interview = Interview(form, submission.answers, today=today(known.now))
    return Draft(consultation, submission, interview, finish_by(consultation, known.now))


def choice_name(question: Question, place: int, kind: QuestionType) -> str:
    """The name of the choice at this place; raises NoSuchChoice."""
    if question.type is not kind or not 0 <= place < len(question.choices):
        raise NoSuchChoice
    return question.choices[place].name
