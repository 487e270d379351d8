"""Forms without a chat: `musharaka form check` and `musharaka form run`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.admission import Demands
from forms.answers import AnswerRefused, Value
from forms.compiler import compile_workbook
from forms.findings import Finding, Severity, WorkbookRefused
from forms.form import Form, Question
from forms.interview import Interview


@dataclass(frozen=True)
class Checked:
    """What can be said about a workbook; `form` is None if it is refused."""

    form: Form | None
    findings: tuple[Finding, ...]

    @property
    def accepted(self) -> bool:
        return self.form is not None

    def lines(self) -> list[str]:
        """A line a finding, then what the form holds or how many errors refuse it."""
        errors = sum(finding.severity is Severity.ERROR for finding in self.findings)
        told = [f"{finding.severity}: {finding}" for finding in self.findings]
        if self.form is None:
            return [*told, f"refused: {errors} errors, {len(told) - errors} warnings"]
        spoken = ", ".join(self.form.languages)
        asked = len(self.form.questions)
        return [*told, f"accepted: {asked} questions, languages {spoken}, {len(told)} warnings"]

    def document(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "accepted": self.accepted,
            "form_id": self.form.form_id if self.form else None,
            "version": self.form.version if self.form else None,
            "languages": list(self.form.languages) if self.form else [],
            "questions": len(self.form.questions) if self.form else 0,
            "findings": [finding.to_json() for finding in self.findings],
        }


def check(workbook: bytes, *, anonymous: bool = False) -> Checked:
    """Everything that is found in a workbook; what identifies too, if answers are anonymous."""
    try:
        compiled = compile_workbook(workbook, Demands(anonymous=anonymous))
    except WorkbookRefused as refusal:
        return Checked(None, refusal.findings)
    return Checked(compiled.form, compiled.warnings)


def run(
    workbook: bytes, scripted: Mapping[str, Any], language: str, today: date | None = None
) -> dict[str, Any]:
    """A workbook answered from a script; a refused workbook gives its findings instead."""
    checked = check(workbook)
    if checked.form is None:
        return checked.document()
    return play(checked.form, scripted, language, today or date.today())  # noqa: DTZ011 — the author's own day


def play(form: Form, scripted: Mapping[str, Any], language: str, today: date) -> dict[str, Any]:
    """The questions in the order in which they are asked, the record, and every refused answer.

    `scripted` is keyed by path or name: texts are read as if typed, anything else is taken as a
    value. What is not there is passed over; a refused answer is noted and passed over too.
    """
    interview = Interview(form, {}, today=today)
    asked: list[dict[str, Any]] = []
    violations: list[dict[str, Any]] = []
    while (question := interview.present()) is not None:
        told = _told(interview, question, language)
        try:
            value = _scripted(interview, question, scripted)
            interview = interview.answer(question, value)
        except AnswerRefused as refusal:
            violations.append(_violation(refusal, interview, language))
            passed = {**interview.answers, question.path: None}
            interview = Interview(form, passed, today=today)
        asked.append({**told, "answer": interview.answers[question.path]})
    unfinished = [question.path for question in interview.unfinished()]
    return {
        "form_id": form.form_id,
        "version": form.version,
        "language": language,
        "asked": asked,
        "record": interview.record(),
        "violations": violations,
        "unfinished": unfinished,
        "complete": not unfinished and not violations,
    }


def _scripted(interview: Interview, question: Question, scripted: Mapping[str, Any]) -> Value:
    given = scripted.get(question.path, scripted.get(question.name, interview.default(question)))
    if isinstance(given, str):
        return interview.parse(question, given)
    if isinstance(given, float):
        return interview.parse(question, str(given))
    value: Value = given
    return value


def _told(interview: Interview, question: Question, language: str) -> dict[str, Any]:
    return {
        "path": question.path,
        "type": question.type.value,
        "label": interview.label(question, language),
        "hint": interview.hint(question, language),
        "required": interview.is_required(question),
        "choices": [
            {"name": choice.name, "label": interview.choice_label(choice, language)}
            for choice in interview.choices(question)
        ],
    }


def _violation(refusal: AnswerRefused, interview: Interview, language: str) -> dict[str, Any]:
    return {
        "path": refusal.path,
        "kind": refusal.kind.value,
        "message": interview.in_language(refusal.message, language),
        "details": dict(refusal.details),
    }
