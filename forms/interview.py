"""One person in the middle of one form: what is asked, what an answer changes, what is handed in.

An `Interview` is a value. Answering gives a new one; the answers it was made of are never touched,
and the same answers on the same day always lead to the same question.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from forms import answers as given
from forms.answers import AnswerRefused, RefusalKind, Value
from forms.form import SELECTS, UNTRANSLATED, Choice, Form, Question, QuestionType, Texts
from forms.record import record_of
from forms.scope import Answered, as_text, default
from forms.typed import says_something
from forms.xpath.references import REFERENCE

__all__ = ["AnswerRefused", "Interview", "RefusalKind", "Value"]

_ISOLATE, _END = "\u2068", "\u2069"


class Interview:
    """The questionnaire engine's whole surface for a conversation."""

    def __init__(self, form: Form, answers: Mapping[str, Value], *, today: date) -> None:
        self.form = form
        self.today = today
        self.answers: Mapping[str, Value] = MappingProxyType(
            dict(answers) if isinstance(answers, Mapping) else {}
        )
        self._scope = Answered(form, self.answers, today)

    def relevant(self) -> tuple[Question, ...]:
        """What may be asked now, in order, notes included."""
        return tuple(question for question in self.form.questions if self._asks(question))

    def is_relevant(self, path: str) -> bool:
        """Whether the row at this path is to be asked or kept; False for an unknown path."""
        return self._scope.relevant(path)

    def present(self) -> Question | None:
        """The first relevant question neither answered nor passed over; None: time to review."""
        for question in self.form.questions:
            if not self._scope.has(question) and self._asks(question):
                return question
        return None

    def after(self, path: str) -> Question | None:
        """The next relevant question below this one; KeyError for an unknown path."""
        place = self.form.question(path).index
        return next((each for each in self.form.questions[place + 1 :] if self._asks(each)), None)

    def before(self, path: str) -> Question | None:
        """The nearest relevant question above; KeyError for an unknown path."""
        place = self.form.question(path).index
        above = reversed(self.form.questions[:place])
        return next((each for each in above if self._asks(each)), None)

    def progress(self, path: str) -> tuple[int, int]:
        """Position from 1, and how many there are as things stand; other notes are not counted."""
        place = self.form.question(path).index
        counted = [
            each.index
            for each in self.relevant()
            if each.type is not QuestionType.NOTE or each.path == path
        ]
        position = sum(index < place for index in counted) + 1
        return position, max(len(counted), position)

    def label(self, question: Question, language: str) -> str:
        """The question's words as plain text, earlier answers in place of `${name}`.

        Never nothing: a message without words cannot be sent.
        """
        words = self.in_language(question.label, language) or question.name
        filled = self._filled(words, language)
        return filled if says_something(filled) else "…"

    def hint(self, question: Question, language: str) -> str:
        """The words below the question; `""` where there are none."""
        return self._filled(self.in_language(question.hint, language), language)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """What can be chosen now."""
        return question.choices

    def choice_label(self, choice: Choice, language: str) -> str:
        """A choice's words as plain text."""
        return self.in_language(choice.label, language) or choice.name

    def in_language(self, texts: Texts, language: str) -> str:
        """The text in this language, else in the form's own, else in any."""
        for key in (language, self.form.default_language, UNTRANSLATED):
            if texts.get(key):
                return texts[key]
        return next((text for text in texts.values() if text), "")

    def is_required(self, question: Question) -> bool:
        """Whether the question may not be passed over, as things stand."""
        if question.type is QuestionType.NOTE or not question.required:
            return False
        required = self.form.program.nodes[question.path].required
        return self._scope.holds(required, as_text(self._scope.given(question)))

    def parse(self, question: Question, typed: str) -> Value:
        """The value of a typed answer; raises AnswerRefused where it is none of the right kind."""
        return given.parse(question, typed)

    def answer(self, question: Question, value: Value) -> "Interview":
        """The interview with this answer in it; None passes over. Raises AnswerRefused."""
        fresh = given.checked(question, value)
        given_now = {**self.answers, question.path: fresh}
        spared = self.form.spared(given_now)
        kept = {path: one for path, one in given_now.items() if path not in spared}
        changed = Interview(self.form, kept, today=self.today)
        if fresh is None and changed.is_required(question):
            raise AnswerRefused(RefusalKind.REQUIRED, question.path, question.required_message)
        if changed._violates(question, fresh):
            raise AnswerRefused(RefusalKind.CONSTRAINT, question.path, question.constraint_message)
        return changed

    def unfinished(self) -> tuple[Question, ...]:
        """Relevant questions that keep the form from being handed in."""
        return tuple(question for question in self.relevant() if self._is_unfinished(question))

    def record(self) -> dict[str, Value]:
        """What is handed in: relevant answers, defaults and calculated values, in order."""
        return record_of(self.form, self._scope)

    def default(self, question: Question) -> Value | None:
        """What the author suggests as an answer."""
        return default(question)

    def _asks(self, question: Question) -> bool:
        return self._scope.relevant(question.path)

    def _is_unfinished(self, question: Question) -> bool:
        value = self._scope.given(question)
        return self._violates(question, value) or (value is None and self.is_required(question))

    def _violates(self, question: Question, value: Value) -> bool:
        constraint = self.form.program.nodes[question.path].constraint
        if constraint is None or value is None:
            return False
        return not self._scope.holds(constraint, as_text(value))

    def _filled(self, text: str, language: str) -> str:
        if "${" not in text:
            return text
        return REFERENCE.sub(lambda found: self._shown(found[1], language), text)

    def _shown(self, name: str, language: str) -> str:
        """An earlier answer inside a sentence, kept from turning the sentence's direction."""
        text = self._scope.value(name)
        question = self._scope.question_named(name)
        if text and question and question.type in SELECTS:
            chosen = [choice for choice in question.choices if choice.name in text.split()]
            comma = "، " if language.startswith("ar") else ", "
            text = comma.join(
                self.in_language(each.label, language) or each.name for each in chosen
            )
        elif text and question and question.type is QuestionType.DATE:
            text = date.fromisoformat(text).strftime("%d/%m/%Y")
        return f"{_ISOLATE}{text}{_END}" if text else ""
