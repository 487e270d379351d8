"""What holds for any form, any answers, in any order."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.answers import AnswerRefused, Value, written
from forms.form import Calculate, Choice, Form, Group, Question, QuestionType
from forms.interview import Interview
from forms.typed import says_something

TODAY = date(2026, 11, 23)
KINDS = list(QuestionType)
CHOICES = tuple(Choice(name, {"fr": name.upper(), "ar": name}) for name in ("a", "b", "c,d", "2"))

places = st.integers(0, 5)
names = places.map(lambda i: f"q{i}")
conditions = st.recursive(
    st.one_of(
        names.map(lambda name: f"${{{name}}} != ''"),
        names.map(lambda name: f"selected(${{{name}}}, 'a')"),
        names.map(lambda name: f"${{{name}}} > 3"),
        names.map(lambda name: f"string-length(${{{name}}}) mod 2 = 0"),
        st.just("today() > '2026-01-01'"),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" and ".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} or {pair[1]})"),
        inner.map(lambda each: f"not({each})"),
    ),
    max_leaves=3,
)
anything: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
typed = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str),
    st.dates().map(str),
    st.sampled_from(["a", "b", "A", "2", "a b", "c,d a", "٣٫٥", "23 غشت 2026"]),
)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """Six questions in two groups and a calculation; circles among conditions are possible."""
    questions = tuple(
        Question(
            index=i,
            path=f"g{i // 3}/q{i}",
            name=f"q{i}",
            type=draw(st.sampled_from(KINDS)),
            label={"fr": f"Q{i} ${{q{draw(st.integers(0, 5))}}}"},
            choices=CHOICES,
            required=draw(st.sampled_from(["", "true()", "${q0} != ''"])),
            relevant=draw(st.one_of(st.just(""), conditions)),
            constraint=draw(st.sampled_from(["", ". != 'no'", "string-length(.) < 12"])),
            row=i + 2,
        )
        for i in range(6)
    )
    groups = (Group("g0", "g0"), Group("g1", "g1", relevant=draw(conditions)))
    sums = (Calculate("c", "c", "${q0} + ${q4}"),)
    return Form("f", "1", {"fr": "F"}, "fr", ("fr", "ar"), questions, groups, sums)


def look_at_everything(interview: Interview) -> None:
    """Call all that a conversation may call."""
    interview.present()
    for question in interview.form.questions:
        interview.after(question.path)
        interview.before(question.path)
        position, total = interview.progress(question.path)
        assert 1 <= position <= total
        interview.label(question, "ar")
        interview.is_required(question)
    interview.unfinished()
    json.dumps(interview.record())


def answered(interview: Interview, question: Question, text: str) -> Interview:
    """The interview after somebody typed this; the same one if it is refused."""
    try:
        return interview.answer(question, interview.parse(question, text))
    except AnswerRefused:
        return interview


@given(forms(), st.lists(st.tuples(places, typed), max_size=12))
def test_any_path_of_answers_and_corrections_reaches_the_end_or_a_question(
    form: Form, steps: list[tuple[int, str]]
) -> None:
    interview = Interview(form, {}, today=TODAY)

    for place, text in steps:
        interview = answered(interview, form.questions[place], text)
        present = interview.present()
        assert present is None or present in interview.relevant()
    look_at_everything(interview)


@given(forms())
def test_whoever_answers_every_question_reaches_the_end(form: Form) -> None:
    interview = Interview(form, {}, today=TODAY)
    plain = {QuestionType.DATE: "2026-01-01"}

    for _ in range(len(form.questions)):
        present = interview.present()
        if present is None:
            break
        interview = answered(interview, present, plain.get(present.type, "2"))

    assert interview.present() is None


@given(forms(), st.lists(st.tuples(places, typed), max_size=8))
def test_going_back_and_forth_changes_nothing(form: Form, steps: list[tuple[int, str]]) -> None:
    interview = Interview(form, {}, today=TODAY)
    for place, text in steps:
        interview = answered(interview, form.questions[place], text)
    relevant = interview.relevant()

    for question in relevant[1:]:
        back = interview.before(question.path)
        assert back is not None
        assert interview.after(back.path) == question

    again = Interview(form, interview.answers, today=TODAY)
    assert (again.answers, again.record()) == (interview.answers, interview.record())


@given(forms(), st.lists(st.tuples(places, typed), max_size=6), st.integers(0, 5), typed)
def test_correcting_and_correcting_back_changes_nothing(
    form: Form, steps: list[tuple[int, str]], place: int, text: str
) -> None:
    interview = Interview(form, {}, today=TODAY)
    for each, words in steps:
        interview = answered(interview, form.questions[each], words)
    question = form.questions[place]
    if question.path not in interview.answers:
        return
    before = interview.answers[question.path]

    changed = answered(interview, question, text)
    back = Interview(form, {**changed.answers, question.path: before}, today=TODAY)

    assert back.record() == interview.record()


@given(forms(), st.dictionaries(st.sampled_from([f"g{i // 3}/q{i}" for i in range(6)]), anything))
def test_no_document_of_an_older_version_stops_a_conversation(
    form: Form, document: dict[str, Any]
) -> None:
    look_at_everything(Interview(form, document, today=TODAY))


@given(forms(), anything)
def test_whatever_was_stored_as_answers_can_be_opened(form: Form, document: Any) -> None:
    look_at_everything(Interview(form, document, today=TODAY))


@given(st.sampled_from(KINDS), typed)
def test_parse_then_print_is_the_same(kind: QuestionType, text: str) -> None:
    question = Question(0, "q", "q", kind, choices=CHOICES)
    form = Form("f", "1", {}, "fr", ("fr",), (question,))
    interview = Interview(form, {}, today=TODAY)
    try:
        value = interview.parse(question, text)
    except AnswerRefused:
        return

    assert interview.parse(question, written(question, value)) == value
    assert interview.answer(question, value).answers["q"] == value


@given(st.text(max_size=4_000))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    question = Question(0, "q", "q", QuestionType.TEXT)
    form = Form("f", "1", {}, "fr", ("fr",), (question,))
    removed = "\0\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    expected = "".join(sign for sign in text if sign not in removed)

    value: Value = Interview(form, {}, today=TODAY).parse(question, text)

    assert value == (expected if says_something(expected) else None)


@given(forms())
def test_a_form_survives_its_document(form: Form) -> None:
    assert Form.from_json(json.loads(json.dumps(form.to_json()))) == form
