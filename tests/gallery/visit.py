"""One invented person in one commune: what they do, by the real uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from forms.form import QuestionType
from forms.interview import Value
from handlers.views.commune import Profile
from participation.answering import Asked, Reviewed, Step, Submitted, Unagreed
from participation.consultations import Consultations, Listed, Presented
from participation.errors import ParticipationError
from participation.known import Known
from participation.people import People
from participation.staff import Staff
from participation.submissions import Submissions
from storage.people import Person, Role, RoleGrant
from tests.gallery.invented import GARDENS

HOUSES, CHARTER = "neighbourhood-houses", "charter-2024"
Answers = Mapping[str, Value | Mapping[str, str]]
ANSWERS: Mapping[str, Answers] = {
    HOUSES: {
        "visits": "monthly",
        "never_reason": ["far", "hours"],
        "last_visit": "14/11/2026",
        "walking_minutes": "10",
        "opening_times": ["evening", "saturday"],
        "activities": ["tutoring", "sport"],
        "equipment": "books",
        "management": ["associations", "residents"],
        "idea": {
            "ar": "نريد قاعة هادئة يراجع فيها التلاميذ دروسهم مساء.",
            "fr": "Une salle calme où les élèves révisent le soir.",
        },
        "age_group": "25_34",
        "gender": None,
        "quarter": "assarag",
        "adapted_access": "no",
    },
    GARDENS: {
        "need": "shade",
        "uses": ["walk", "friends"],
        "distance": "2,5",
        "children": "3",
        "visits": "6",
        "last": "14/11/2026",
        "wish": {"ar": "المزيد من الأشجار.", "fr": "Plus d’arbres."},
    },
}
"""What the person answers: names of choices, typed words (in each language), None for nothing."""


@dataclass
class Visit:
    """What one person may do and see; ``known.now`` can be moved."""

    known: Known
    person: Person
    name: str
    language: str

    @property
    def commune(self) -> Profile:
        return self.known.commune

    @property
    def consultations(self) -> Consultations:
        return Consultations(self.known, self.person)

    @property
    def submissions(self) -> Submissions:
        return Submissions(self.known, self.person)

    @property
    def staff(self) -> Staff:
        """The person at work; ``known.roles`` says in which role."""
        return Staff(self.known, self.person)

    def works_as(self, role: Role) -> Staff:
        """The person at work in a role, which they have held for forty days."""
        if self.person.id not in self.known.roles:
            since = self.known.now - timedelta(days=40)
            self.known.session.add(
                RoleGrant(person_id=self.person.id, role=role, name=self.name, granted_at=since)
            )
        self.known.roles[self.person.id] = role
        return self.staff

    @property
    def people(self) -> People:
        return People(self.known, self.person)

    def passes(self, *, days: int) -> "Visit":
        """So many days go by, or lie ahead still."""
        self.known.now += timedelta(days=days)
        return self

    def id(self, slug: str = HOUSES) -> int:
        """A consultation's id."""
        found = self.consultations.named(slug)
        assert found is not None, slug
        return int(found)

    def card(self, slug: str = HOUSES) -> Presented:
        return self.consultations.present(self.id(slug))

    def listed(self, slug: str = HOUSES) -> Listed:
        return self.card(slug).listed

    def unagreed(self, slug: str = HOUSES) -> Unagreed:
        begun = self.submissions.begin(self.id(slug))
        assert isinstance(begun, Unagreed)
        return begun

    def begins(self, slug: str = HOUSES) -> "Visit":
        """Agree to the notice: the first question is asked."""
        self.submissions.agree(self.id(slug), self.language)
        return self

    def asked(self, name: str, slug: str = HOUSES, **answers: Value) -> Asked:
        """Begin and answer until this question is asked; ``answers`` replace the usual ones."""
        step = self._until(name, slug, answers)
        assert isinstance(step, Asked), f"{name} was not asked"
        return step

    def reviewed(self, slug: str = HOUSES, **answers: Value) -> Reviewed:
        """Begin and answer everything."""
        step = self._until("", slug, answers)
        assert isinstance(step, Reviewed)
        return step

    def submitted(self, slug: str = HOUSES, **answers: Value) -> Submitted:
        self.reviewed(slug, **answers)
        return self.submits(slug)

    def submits(self, slug: str = HOUSES) -> Submitted:
        """Hand in what was reviewed."""
        done = self.submissions.submit(self.id(slug), self.language)
        assert isinstance(done, Submitted)
        return done

    def ticks(self, asked: Asked, *choices: int) -> Asked:
        """Tick these choices of the question that is asked."""
        at = asked.consultation_id, asked.question.index
        for choice in choices:
            asked = self.submissions.tick(*at, choice, ticked=True)
        return asked

    def refusal(self, act: Callable[[], object]) -> ParticipationError:
        """Why this cannot be done."""
        try:
            act()
        except ParticipationError as refused:
            return refused
        raise AssertionError("nothing was refused")

    def _until(self, name: str, slug: str, answers: Mapping[str, Value]) -> Step:
        step = self.submissions.agree(self.id(slug), self.language)
        while isinstance(step, Asked) and step.question.name != name:
            step = self.answer(step, {**ANSWERS[slug], **answers})
        return step

    def answer(self, asked: Asked, answers: Answers) -> Step:
        """Answer the question that is asked, by taps or in words; what comes next."""
        one, at = asked.question, (asked.consultation_id, asked.question.index)
        value = answers.get(one.name)
        if value is None:
            return self.submissions.skip(*at)
        names = [choice.name for choice in one.choices]
        if one.type is QuestionType.SELECT_ONE:
            return self.submissions.choose(*at, names.index(str(value)))
        if isinstance(value, list):
            for ticked in value:
                self.submissions.tick(*at, names.index(ticked), ticked=True)
            return self.submissions.finish_choosing(*at)
        return self.submissions.write(
            value[self.language] if isinstance(value, Mapping) else str(value)
        )
