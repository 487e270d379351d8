"""Any path of answers and corrections: it never gets stuck, and a refusal leaves no trace."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from forms.form import Form, QuestionType
from participation.answering import Asked, Reviewed
from participation.clock import start_of
from participation.errors import ParticipationError
from participation.known import Known
from participation.places import NOWHERE
from participation.shelf import Shelf
from participation.submissions import Submissions
from storage.base import ConsultationId, FormVersionId, PersonId
from storage.consultations import Consultation, ConsultationState, Mode
from storage.keys import Keyring
from storage.people import Channel, Person
from storage.submissions import Submission, SubmissionState
from tests.forms.workbooks import form_of
from tests.handlers.conftest import EVERY_TYPE

HOUSES = ConsultationId(1)
FORM: Form = form_of(EVERY_TYPE)
WORDS = ["oui", "2", "12", "34", "٣,٥", "23/11/2026", "", " ", "bla"]

Act = Callable[[Submissions], object]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    keyring = Keyring.create(tmp_path_factory.mktemp("keys") / "keys")
    keyring.add_consultation("houses")
    return keyring


def amina(keys: Keyring) -> tuple[Known, Person]:
    """A person in front of one open consultation; nothing is ever flushed."""
    known = Known(
        AsyncSession(autoflush=False),
        keys,
        datetime(2026, 11, 23, 12, tzinfo=UTC),
        Shelf({FormVersionId(1): FORM}),
    )
    known.consultations[HOUSES] = Consultation(
        id=HOUSES,
        slug="houses",
        title={"fr": "Maisons"},
        mode=Mode.ANONYMOUS,
        state=ConsultationState.PUBLISHED,
        form_version_id=FormVersionId(1),
        key_id="houses",
        opens_on=date(2026, 11, 20),
        closes_on=date(2026, 11, 30),
        opens_at=start_of(date(2026, 11, 20)),
        closes_at=start_of(date(2026, 12, 1)),
        seal_at=start_of(date(2026, 12, 3)),
    )
    return known, Person(id=PersonId(7), channel=Channel.TELEGRAM, channel_id=501, language="fr")


def acts() -> st.SearchStrategy[Act]:
    question = st.integers(0, len(FORM.questions))
    choice = st.integers(0, 3)
    by_question = st.sampled_from(["finish_choosing", "skip", "keep", "go_back", "change", "look"])
    whole = st.sampled_from(["resume", "review", "pause", "begin"])

    def named(name: str, *given: Any) -> Act:
        return lambda submissions: getattr(submissions, name)(HOUSES, *given)

    return st.one_of(
        st.builds(named, by_question, question),
        st.builds(named, st.just("choose"), question, choice),
        st.builds(
            lambda at, one, on: lambda who: who.tick(HOUSES, at, one, ticked=on),
            question,
            choice,
            st.booleans(),
        ),
        st.builds(named, whole),
        st.builds(lambda words: lambda who: who.write(words), st.sampled_from(WORDS)),
        st.builds(lambda: lambda who: who.skip(HOUSES, asked_index(who))),
    )


def asked_index(submissions: Submissions) -> int:
    step = submissions.present()
    return step.question.index if isinstance(step, Asked) else 0


def traces(known: Known, person: Person) -> tuple[object, ...]:
    """Everything that an act may change."""
    row = known.submission(known.consultations[HOUSES], person)
    assert row is not None
    kept = (dict(row.answers), row.asked, row.choosing, row.state, row.receipt_hash)
    return (*kept, known.place_of(person), dict(known.tallies))


@settings(max_examples=150, deadline=None)
@given(path=st.lists(acts(), max_size=30))
def test_a_refusal_leaves_no_trace_and_no_path_gets_stuck(keys: Keyring, path: list[Act]) -> None:
    known, person = amina(keys)
    submissions = Submissions(known, person)
    submissions.agree(HOUSES, "fr")

    for act in path:
        before = traces(known, person)
        try:
            act(submissions)
        except ParticipationError:
            assert traces(known, person) == before
        assert isinstance(submissions.begin(HOUSES), Asked | Reviewed)

    assert finish(submissions, known, person).state is SubmissionState.SUBMITTED


def finish(submissions: Submissions, known: Known, person: Person) -> Submission:
    """Answer whatever is still asked in the plainest way, and send."""
    answers = {
        QuestionType.SELECT_ONE: "1",
        QuestionType.INTEGER: "34",
        QuestionType.TEXT: "oui",
        QuestionType.DECIMAL: "2",
        QuestionType.DATE: "23/11/2026",
        QuestionType.SELECT_MULTIPLE: "1",
    }
    for _ in range(3 * len(FORM.questions)):
        step = submissions.resume(HOUSES)
        if isinstance(step, Reviewed):
            break
        if step.question.type is QuestionType.NOTE:
            submissions.skip(HOUSES, step.question.index)
        else:
            submissions.write(answers[step.question.type])
    submissions.submit(HOUSES, "fr")
    row = known.submission(known.consultations[HOUSES], person)
    assert row is not None
    return row


def test_going_back_and_forth_changes_nothing(keys: Keyring) -> None:
    known, person = amina(keys)
    submissions = Submissions(known, person)
    submissions.agree(HOUSES, "fr")
    submissions.skip(HOUSES, 0)
    submissions.choose(HOUSES, 1, 1)
    before = traces(known, person)

    submissions.go_back(HOUSES, 3)
    submissions.keep(HOUSES, 1)

    assert traces(known, person) == before


def test_pausing_stands_nowhere_and_forgets_nothing(keys: Keyring) -> None:
    known, person = amina(keys)
    submissions = Submissions(known, person)
    submissions.agree(HOUSES, "fr")
    submissions.skip(HOUSES, 0)

    submissions.pause(HOUSES)

    assert known.place_of(person) == NOWHERE
    assert submissions.present() is None
    step = submissions.resume(HOUSES)
    assert isinstance(step, Asked)
    assert step.question.name == "use"
