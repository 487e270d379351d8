"""What a form says about itself that no single cell shows: references, circles, missing words."""

import re
from collections import Counter
from collections.abc import Iterator

from forms.findings import Findings
from forms.form import (
    LONGEST_HINT,
    LONGEST_LABEL,
    SELECTS,
    Calculate,
    Form,
    Group,
    Question,
    QuestionType,
)
from forms.near import nearest
from forms.program import needs, rows_in_order
from forms.reading import Column, Languages, Row, Sheet
from forms.xpath.references import NAME, REFERENCE, references
from forms.xpath.regexes import PatternRefused, patterns_in, understood

_TEXTS: tuple[Column, ...] = (
    ("label",),
    ("hint",),
    ("bind", "jr:constraintMsg"),
    ("bind", "jr:requiredMsg"),
)
_EXPRESSIONS = ("relevant", "required", "constraint", "calculate")
_ANSWER = rf"(?:\$\{{\s*({NAME})\s*\}}|(?<![\w.])\.)"
_TEXT = r"(?:'([^']*)'|\"([^\"]*)\")"
_EQUALS = re.compile(rf"{_ANSWER}\s*!?=\s*{_TEXT}")
_SELECTED = re.compile(rf"selected\(\s*{_ANSWER}\s*,\s*{_TEXT}")


def lint(form: Form, sheet: Sheet, languages: Languages, findings: Findings) -> None:
    """Everything that needs the whole form; rows that were refused already are not repeated."""
    _Lint(form, sheet, languages, findings).run()


class _Lint:
    def __init__(self, form: Form, sheet: Sheet, languages: Languages, findings: Findings) -> None:
        self._form = form
        self._sheet = sheet
        self._languages = languages
        self._findings = findings
        self._rows = {row.number: row for row in sheet.rows}
        self._known = {row.name: row for row in rows_in_order(form)}
        self._counts = Counter(row.name for row in rows_in_order(form))
        self._groups = {group.name for group in form.groups}
        self._written = {row.get("name") for row in sheet.rows}

    def run(self) -> None:
        for row in self._readable():
            for kind in _EXPRESSIONS:
                if source := row.get("bind", kind):
                    self._check_expression(row, kind, source)
            for column in _TEXTS:
                self._check_texts(row, column)
        for question in self._form.questions:
            self._check_words(question)
        for group in self._form.groups:
            if group.label:
                self._check_translations(self._rows[group.row], ("label",))
        self._check_circles()

    def _readable(self) -> Iterator[Row]:
        everything: list[Question | Group | Calculate] = [
            *self._form.questions,
            *self._form.groups,
            *self._form.calculates,
        ]
        for each in sorted(everything, key=lambda row: row.row):
            yield self._rows[each.row]

    def _check_expression(self, row: Row, kind: str, source: str) -> None:
        for name in references(source):
            self._check_reference(row, ("bind", kind), name)
            asked = self._known.get(name)
            if kind == "relevant" and asked and asked.row > row.number:
                self._add("forward_reference", row, ("bind", kind), name=name)
        for found in (*_EQUALS.finditer(source), *_SELECTED.finditer(source)):
            self._check_compared(
                row, kind, found[1] or row.get("name"), found[2] or found[3] or ""
            )
        for pattern in patterns_in(source):
            try:
                understood(pattern)
            except PatternRefused as error:
                details = {"written": error.written} if error.written else {}
                self._add(error.code, row, ("bind", kind), **details)

    def _check_reference(self, row: Row, column: Column, name: str) -> None:
        if name in self._known:
            if self._counts[name] > 1:
                self._add("ambiguous_reference", row, column, name=name)
        elif name in self._groups:
            self._add("reference_to_group", row, column, name=name)
        elif name not in self._written:  # else its own row has been refused
            near = nearest(name, list(self._known))
            self._add("unknown_reference", row, column, name=name, near=near)

    def _check_compared(self, row: Row, kind: str, name: str, text: str) -> None:
        question = self._known.get(name)
        if not isinstance(question, Question) or not text:
            return
        if question.type in SELECTS and text not in question.choice_names:
            near = nearest(text, sorted(question.choice_names))
            details = {"question": name, "name": text, "near": near}
            self._add("unknown_choice", row, ("bind", kind), **details)
        numbers = {QuestionType.INTEGER, QuestionType.DECIMAL}
        if question.type in numbers and not re.fullmatch(r"-?[\d.]+", text):
            self._add("number_as_text", row, ("bind", kind), question=name, name=text)

    def _check_texts(self, row: Row, column: Column) -> None:
        for header, text in row.cells.items():
            if header[: len(column)] == column:
                for name in REFERENCE.findall(text):
                    self._check_reference(row, header, name)

    def _check_words(self, question: Question) -> None:
        row = self._rows[question.row]
        if not question.label and not question.hint:
            self._add("no_label", row, ("label",))
        for column in _TEXTS:
            self._check_translations(row, column)
        shown = (("label", question.label, LONGEST_LABEL), ("hint", question.hint, LONGEST_HINT))
        for part, texts, limit in shown:
            for language in self._form.languages:
                length = len(texts.get(language, ""))
                if length > limit:
                    details = {"part": part, "length": str(length), "limit": str(limit)}
                    self._add("label_too_long", row, (part,), **details)

    def _check_translations(self, row: Row, column: Column) -> None:
        for header, language in self._languages.lacking(self._sheet, row, *column):
            details = {"language": language}
            self._findings.add(
                "empty_translation", self._sheet.name, row.number, header, **details
            )

    def _check_circles(self) -> None:
        edges = needs(self._form)
        names = {row.path: row.name for row in self._known.values()}
        for circle in circles(edges):
            first = min(circle, key=lambda path: self._known[names[path]].row)
            row = self._rows[self._known[names[first]].row]
            kind = "calculate" if row.get("bind", "calculate") else "relevant"
            said = " → ".join(names[path] for path in [*circle, circle[0]])
            self._add("circular", row, ("bind", kind), names=said)

    def _add(self, code: str, row: Row, column: Column, **details: str) -> None:
        self._findings.add(
            code, self._sheet.name, row.number, self._sheet.written(*column), **details
        )


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """One circle for every knot of rows that depend on each other, each in its own order."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        trail: list[str] = []
        stack = [(start, iter(sorted(edges[start])))] if start not in done else []
        trail = [start] if stack else []
        while stack:
            need = next(stack[-1][1], None)
            if need is None:
                stack.pop()
                done.add(trail.pop())
            elif need in trail:
                found.append(trail[trail.index(need) :])
            elif need not in done:
                trail.append(need)
                stack.append((need, iter(sorted(edges[need]))))
    return found
