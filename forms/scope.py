"""What a form's expressions see: one person's answers on one day, each value computed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from forms.answers import Value, checked, fits, parse
from forms.form import SELECTS, Form, Question, QuestionType
from forms.program import Node, no, yes
from forms.xpath.values import Value as XPathValue
from forms.xpath.values import to_boolean, to_string


class Answered:
    """The answers with what follows from them: relevance, calculated values, defaults.

    What does not fit its question (an older version's document) counts as not answered. Nothing is
    computed before it is asked for, and nothing twice.
    """

    def __init__(self, form: Form, answers: Mapping[str, object], today: date) -> None:
        self.today = today
        self.current = ""
        self._form = form
        self._program = form.program
        self._answers = answers
        self._spared = form.spared(answers)
        self._relevant: dict[str, bool] = {}
        self._texts: dict[str, str] = {}
        self._calculated: dict[str, XPathValue] = {}
        for node in self._program.eager:
            self.text(node)

    def has(self, question: Question) -> bool:
        """Whether this question has been answered or passed over."""
        return question.path in self._answers and fits(question, self._answers[question.path])

    def given(self, question: Question) -> Value:
        """The answer, or the default while there is none; relevance is not asked."""
        if self.has(question):
            return cast(Value, self._answers[question.path])
        return default(question)

    def relevant(self, path: str) -> bool:
        """Whether this row and all groups around it are relevant; a circle counts as not."""
        node = self._program.nodes.get(path)
        if path in self._spared:
            return False
        return node is not None and (not node.relevant or self._is_relevant(node))

    def text(self, node: Node) -> str:
        """The value as expressions see it: `""` where it is empty or not relevant."""
        known = self._texts.get(node.path)
        if known is not None:
            return known
        self._texts[node.path] = ""  # what a circle sees
        if self.relevant(node.path):
            self._texts[node.path] = self._fresh(node)
        return self._texts[node.path]

    def calculated(self, node: Node) -> XPathValue:
        """What a calculate gives, before it becomes text."""
        if node.path not in self._calculated:
            self.text(node)
        return self._calculated.get(node.path, "")

    def holds(self, run: Callable[[Answered], XPathValue], current: str) -> bool:
        """Whether a condition is true where `.` is `current`."""
        if run is yes or run is no:
            return run is yes
        before, self.current = self.current, current
        try:
            return to_boolean(run(self))
        finally:
            self.current = before

    def value(self, name: str) -> str:
        """`${name}`; a name that the form does not have is empty."""
        path = self._program.paths.get(name)
        return self.text(self._program.nodes[path]) if path else ""

    def choice_label(self, name: str, value: str) -> str:
        """How a select shows a choice, in the form's default language."""
        question = self.question_named(name)
        language = self._form.default_language
        for choice in question.choices if question else ():
            if choice.name == value:
                return choice.label.get(language) or next(iter(choice.label.values()), value)
        return ""

    def question_named(self, name: str) -> Question | None:
        path = self._program.paths.get(name)
        return self._program.nodes[path].question if path else None

    def _is_relevant(self, node: Node) -> bool:
        known = self._relevant.get(node.path)
        if known is None:
            self._relevant[node.path] = False  # what a circle sees
            current, self.current = self.current, ""
            known = all(to_boolean(run(self)) for run in node.relevant)
            self.current = current
            self._relevant[node.path] = known
        return known

    def _fresh(self, node: Node) -> str:
        if node.question:
            return as_text(self.given(node.question))
        before, self.current = self.current, ""
        result = node.calculation(self) if node.calculation else ""
        self.current = before
        text = to_string(result)
        self._calculated[node.path] = "" if text == "NaN" else result
        return "" if text == "NaN" else text


def as_text(value: Value) -> str:
    """An answer as ODK's expressions see it: names apart by spaces."""
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def default(question: Question) -> Value:
    """The value of the `default` column; None where there is none or it cannot be one."""
    if not question.default:
        return None
    if question.type in SELECTS:
        names: object = question.default.split()
        names = names if question.type is QuestionType.SELECT_MULTIPLE else question.default
        return checked(question, names) if fits(question, names) else None
    return parse(question, question.default)
