"""Answering a questionnaire: begin, answer, go back, review, submit."""

from collections.abc import Callable

from forms.answers import AnswerRefused
from forms.form import Question, QuestionType, Texts
from forms.interview import Interview, Value
from participation.agreeing import agree_to_notice
from participation.answering import (
    AlreadyAnswered,
    AlreadyBegun,
    Answered,
    Asked,
    NoSuchChoice,
    NotAccepted,
    NotAskedNow,
    NothingBefore,
    NothingBegun,
    NothingToKeep,
    OnlyToRead,
    Reviewed,
    Step,
    Submitted,
    Unagreed,
)
from participation.consultations import ensure_answerable, ensure_open, find_consultation
from participation.drafts import Draft, choice_name, draft_of, open_draft, unsubmitted
from participation.handing_in import hand_in
from participation.known import Known
from participation.notices import spoken_notice
from participation.noticing import ensure_names_nobody
from participation.people import LANGUAGES
from participation.places import ANSWERING, NOWHERE, REVIEWING, Place
from participation.seats import ensure_seat, next_seat
from storage.consultations import Consultation
from storage.people import Person
from storage.submissions import Submission


class Submissions:
    """What one person may do with their own answers, inside the caller's unit of work."""

    def __init__(self, known: Known, person: Person, seat: int = 0) -> None:
        self._known = known
        self._person = person
        self._seat = seat

    def at(self, seat: int) -> "Submissions":
        """What may be done at this seat of a shared phone; 0 is its owner's."""
        return Submissions(self._known, self._person, seat)

    def begin(self, consultation_id: int) -> Step | Unagreed:
        """Go on where the person stopped, or ask them to agree first."""
        consultation = self._unsubmitted(consultation_id)
        if self._own(consultation) is not None:
            return self.resume(consultation_id)
        ensure_open(consultation, self._known.now)
        ensure_seat(self._known, self._person, consultation, self._seat)
        return self._unagreed(consultation)

    def begin_for_another(self, consultation_id: int) -> Step | Unagreed:
        """Hand the phone to somebody else: they are told first, or go on where they stopped."""
        return self.at(next_seat(self._known, self._person, consultation_id)).begin(
            consultation_id
        )

    def notice(self, consultation_id: int) -> Unagreed:
        """What the notice is about, whether one has agreed to it or not."""
        return self._unagreed(find_consultation(self._known, consultation_id))

    def has_begun(self, consultation_id: int) -> bool:
        """Whether there is an answer at this seat, so that the notice was agreed to."""
        return self._own(find_consultation(self._known, consultation_id)) is not None

    def agree(self, consultation_id: int, language: str) -> Step:
        """Remember the consent and ask the first question; raises AlreadyBegun on a second tap."""
        consultation = self._unsubmitted(consultation_id)
        if self._own(consultation) is not None:
            ensure_answerable(consultation, self._known.now)
            place = self._known.place_of(self._person)
            if (place.consultation_id, place.seat) == (consultation.id, self._seat):
                raise AlreadyBegun
            return self.resume(consultation_id)
        ensure_open(consultation, self._known.now)
        ensure_seat(self._known, self._person, consultation, self._seat)
        submission = agree_to_notice(self._known, self._person, consultation, self._seat, language)
        draft = open_draft(self._known, consultation, submission)
        return self._proceed(draft, draft.interview)

    def resume(self, consultation_id: int) -> Step:
        """The question that was being asked, or the review."""
        return self._stand(self._draft(consultation_id).step())

    def present(self) -> Step | None:
        """What the person is being asked where they stand; None where they stand nowhere."""
        place = self._known.place_of(self._person)
        if place.consultation_id is None:
            return None
        return draft_of(self._known, self._person, place.consultation_id, place.seat).step()

    def look(self, consultation_id: int, index: int) -> Asked:
        """The question as it is being asked; raises AlreadyAnswered for an old button."""
        return self._asked(consultation_id, index)[1]

    def write(self, typed: str) -> Step:
        """Answer by typing the question that is being asked.

        Raises NotAccepted, OnlyToRead, LooksIdentifying.
        """
        draft = self._here()
        asked = draft.asked()
        if asked is None or asked.question.type is QuestionType.NOTE:
            raise OnlyToRead(draft.step())
        ensure_names_nobody(asked, typed)
        return self._answer(draft, asked, lambda: draft.interview.parse(asked.question, typed))

    def choose(self, consultation_id: int, index: int, choice: int) -> Step:
        """Answer a select_one; raises AlreadyAnswered for an old button, NotAccepted."""
        draft, asked = self._asked(consultation_id, index)
        name = choice_name(asked.question, choice, QuestionType.SELECT_ONE)
        return self._answer(draft, asked, lambda: name)

    def tick(self, consultation_id: int, index: int, choice: int, *, ticked: bool) -> Asked:
        """Tick a choice of a select_multiple, or take the tick off; twice is as once."""
        draft, asked = self._asked(consultation_id, index)
        name = choice_name(asked.question, choice, QuestionType.SELECT_MULTIPLE)
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
        """Leave an earlier answer as it is, or take the form's default where there is none.

        Raises NothingToKeep where there is neither, NotAccepted for a default that is refused.
        """
        draft, asked = self._asked(consultation_id, index)
        if draft.interview.answers.get(asked.question.path) is None:
            suggested = draft.interview.default(asked.question)
            if suggested is not None:
                return self._answer(draft, asked, lambda: suggested)
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
        question = draft.question_at(index)
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
        return hand_in(self._known, self._person, draft, language)

    def _unsubmitted(self, consultation_id: int) -> Consultation:
        return unsubmitted(self._known, self._person, consultation_id, self._seat)

    def _own(self, consultation: Consultation) -> Submission | None:
        return self._known.submission(consultation, self._person, self._seat)

    def _draft(self, consultation_id: int) -> Draft:
        return draft_of(self._known, self._person, consultation_id, self._seat)

    def _unagreed(self, consultation: Consultation) -> Unagreed:
        language = self._person.language or LANGUAGES[0]
        is_spoken = spoken_notice(self._known, consultation, language) is not None
        return Unagreed(
            consultation.id, consultation.title, consultation.mode, self._seat, is_spoken
        )

    def _here(self) -> Draft:
        place = self._known.place_of(self._person)
        if place.consultation_id is None:
            raise NothingBegun
        return draft_of(self._known, self._person, place.consultation_id, place.seat)

    def _asked(self, consultation_id: int, index: int) -> tuple[Draft, Asked]:
        """The draft, if the question at this place of the form is the one being asked."""
        draft = self._draft(consultation_id)
        question = draft.question_at(index)
        asked = draft.asked()
        if asked is not None and asked.question.path == question.path:
            return draft, asked
        if question.path in draft.interview.answers:
            raise AlreadyAnswered
        raise NotAskedNow

    def _answer(self, draft: Draft, asked: Asked, value: Callable[[], Value]) -> Step:
        try:
            interview = draft.interview.answer(asked.question, value())
        except AnswerRefused as refused:
            raise NotAccepted(asked, refused) from None
        draft.submission.answers = dict(interview.answers)
        return self._proceed(draft, interview, Answered(interview, asked.question))

    def _proceed(self, draft: Draft, interview: Interview, after: Answered | None = None) -> Step:
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
        draft: Draft,
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
        self._known.move(self._person, Place(place, step.consultation_id, step.seat))
        return step
