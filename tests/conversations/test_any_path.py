"""Whatever is tapped and typed, in whatever order: the rows hold what a model says."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.answers import AnswerRefused
from forms.form import Form, Question, QuestionType
from forms.interview import Interview, Value
from handlers.buttons import unpack
from handlers.views import actions as can
from simulator.chat_message import Button, ChatMessage
from simulator.phone import Phone
from storage.questionnaires import FormVersion
from tests.conversations.commune import Commune
from tests.conversations.walking import begins, bot_messages

FIRST = 1
"""The place of the first question that is no note."""

TYPED = ("1", "12", "500", "23/11/2023", "Jamais", "un jardin", "/vote", "٣٤", "zéro", "2 4")
_names = itertools.count(1)


@dataclass
class Model:
    """The rules of answering, told shortly: only the question that is asked takes an answer."""

    form: Form
    answers: dict[str, Value] = field(default_factory=dict)
    asked: Question | None = None
    ticked: set[str] = field(default_factory=set)
    away: bool = False
    """Saved for later, or at the menu: words answer nothing."""

    def types(self, words: str) -> None:
        if self.asked is None or self.away or words.startswith("/"):
            return
        if self.asked.type is not QuestionType.NOTE:
            self._answer(self.asked, words=words)

    def taps(self, action: can.Action | None) -> None:
        match action:
            case can.SaveForLater():
                self.away = True
            case can.BeginAnswering() | can.AgreeToNotice():
                self.away = False
            case can.ChangeAnswer():
                self._changes(self.form.questions[action.question])
            case _ if self._is_asked(action):
                self.away = False
                self._does(action, self.form.questions[getattr(action, "question")])  # noqa: B009

    def _is_asked(self, action: can.Action | None) -> bool:
        index = getattr(action, "question", None)
        return self.asked is not None and index == self.asked.index

    def _does(self, action: can.Action | None, asked: Question) -> None:
        match action:
            case can.AnswerChoice():
                self._answer(asked, value=asked.choices[action.choice].name)
            case can.TickChoice():
                name = asked.choices[action.choice].name
                self.ticked = self.ticked | {name} if action.ticked else self.ticked - {name}
            case can.FinishChoosing():
                chosen = [one.name for one in asked.choices if one.name in self.ticked]
                self._answer(asked, value=chosen or None)
            case can.SkipQuestion():
                self._answer(asked, value=None)
            case can.KeepAnswer() if asked.path in self.answers:
                self._ask(self._interview().present())
            case can.GoBack():
                self._ask(self._interview().before(asked.path) or asked)

    def _changes(self, question: Question) -> None:
        if question.path in self.answers and self._interview().is_relevant(question.path):
            self.away = False
            self._ask(question)

    def _answer(self, asked: Question, value: Value = None, words: str | None = None) -> None:
        interview = self._interview()
        try:
            given = value if words is None else interview.parse(asked, words)
            interview = interview.answer(asked, given)
        except AnswerRefused:
            return
        self.answers = dict(interview.answers)
        self._ask(interview.present())

    def _ask(self, question: Question | None) -> None:
        self.asked = question
        known = self.answers.get(question.path) if question else None
        self.ticked = set(known) if isinstance(known, list) else set()

    def _interview(self) -> Interview:
        return Interview(self.form, self.answers, today=datetime.now(UTC).date())


async def the_form(commune: Commune) -> Form:
    consultation = await commune.consultation()

    async def ask(session: Any) -> Form:
        row = await session.get_one(FormVersion, consultation.form_version_id)
        return Form.from_json(row.compiled)

    return await commune.read(ask)


def buttons_of(messages: dict[int, list[ChatMessage]]) -> list[tuple[int, Button]]:
    """Every button that this person has ever seen, newest last; none that hands in."""
    return [
        (shown.id, button)
        for versions in messages.values()
        for shown in versions
        for row in shown.buttons
        for button in row
        if button.callback_data is not None
        and not isinstance(unpack(button.callback_data), can.SubmitAnswers)
    ]


async def look(phone: Phone, seen: dict[int, list[ChatMessage]]) -> None:
    """Keep every message as it is now, beside what it was before."""
    for message in await bot_messages(phone):
        versions = seen.setdefault(message.id, [])
        if not versions or versions[-1].seq != message.seq:
            versions.append(message)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
async def test_any_path_of_taps_and_words_ends_where_the_model_does(
    commune: Commune, data: st.DataObject
) -> None:
    person = await commune.town.phone(f"Citoyenne {next(_names)}", "fr")
    before = {one.id for one in await commune.submissions()}
    await begins(person)
    model = Model(await the_form(commune))
    model.answers = {"welcome": None}
    model.asked = model.form.questions[FIRST]
    seen: dict[int, list[ChatMessage]] = {}

    for _ in range(data.draw(st.integers(3, 14), label="acts")):
        await look(person, seen)
        act = data.draw(st.sampled_from(["newest", "newest", "newest", "any", "words", "restart"]))
        if act == "words":
            words = data.draw(st.sampled_from(TYPED))
            await person.sends(words)
            model.types(words)
            await person.waits_for()
        elif act == "restart":
            await commune.restart()
        else:
            known = buttons_of(seen)
            fresh = [one for one in known if one[0] == max(seen)] if act == "newest" else known
            message_id, button = data.draw(st.sampled_from(fresh or known))
            assert button.callback_data is not None
            query = await person.taps_data(message_id, button.callback_data)
            model.taps(unpack(button.callback_data))
            assert (await person.answer_to(query))["answered"]
            await commune.town.quiet(calm=0.03)
    await commune.settled()

    (row,) = [one for one in await commune.submissions() if one.id not in before]
    assert row.answers == model.answers
    assert row.asked == (model.asked.path if model.asked else None)
    assert set(row.choosing or ()) == model.ticked
    assert not await commune.parked()
    assert not await commune.outbox()
