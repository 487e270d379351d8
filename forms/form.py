"""What a form is: frozen values compiled from a workbook, stored as JSON, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from typing import Any, Self

from forms.minors import asks_age, says_minor
from forms.program import Program

Texts = Mapping[str, str]
"""Language code → text. The key `default` holds an untranslated column."""

UNTRANSLATED = "default"
LONGEST_LABEL = 1_500
LONGEST_HINT = 600
"""What a message shows of a question beside its choices, an earlier answer and our own words."""

FORMAT = 1
"""Raised when `to_json` changes its shape; older documents must stay readable."""


_NOTHING: frozenset[str] = frozenset()


class QuestionType(StrEnum):
    """The types that are asked in a chat, by their ODK names."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    NOTE = "note"


SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})


@dataclass(frozen=True)
class Choice:
    """One row of the choices sheet."""

    name: str
    label: Texts


@dataclass(frozen=True)
class Question:
    """One askable row of the survey sheet; expressions as written, `""` where there is none.

    `index` is its place among the askable questions of this version, from 0; `row` its Excel row.
    """

    index: int
    path: str
    name: str
    type: QuestionType
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    required: str = ""
    required_message: Texts = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Texts = field(default_factory=dict)
    default: str = ""
    appearance: str = ""
    short_label: Texts = field(default_factory=dict)
    chat: Mapping[str, str] = field(default_factory=dict)
    row: int = 0

    @cached_property
    def choice_names(self) -> frozenset[str]:
        return frozenset(choice.name for choice in self.choices)


@dataclass(frozen=True)
class Group:
    """A group of questions; its `relevant` is inherited by everything inside."""

    path: str
    name: str
    label: Texts = field(default_factory=dict)
    relevant: str = ""
    row: int = 0


@dataclass(frozen=True)
class Calculate:
    """A value that nobody is asked for: a `calculate` row, or a day (`start`, `end`, `today`)."""

    path: str
    name: str
    calculation: str
    relevant: str = ""
    row: int = 0


@dataclass(frozen=True)
class Form:
    """One version of a questionnaire, ready to be asked.

    `order` lists the paths of questions and calculates as the sheet has them: exports follow it.
    """

    form_id: str
    version: str
    title: Texts
    default_language: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    groups: tuple[Group, ...] = ()
    calculates: tuple[Calculate, ...] = ()
    order: tuple[str, ...] = ()

    @cached_property
    def _questions_by_path(self) -> dict[str, Question]:
        return {question.path: question for question in self.questions}

    def spared(self, answers: Mapping[str, object]) -> frozenset[str]:
        """Contact details of somebody who says that they are under 18: not asked, by path."""
        ages, contacts = self._ages_and_contacts
        return contacts if contacts and says_minor(ages, answers) else _NOTHING

    @cached_property
    def _ages_and_contacts(self) -> tuple[tuple[Question, ...], frozenset[str]]:
        from forms.identifying import identifying_questions  # it looks at forms
        from forms.identity import Identity

        contacts = frozenset(
            one.question.path
            for one in identifying_questions(self)
            if one.kind is not Identity.BIRTH  # an age is what tells who is young
        )
        return tuple(one for one in self.questions if asks_age(one)), contacts

    @cached_property
    def program(self) -> Program:
        """The expressions of this form, parsed when first needed and kept as long as the form."""
        return Program.of(self)

    def prepare(self) -> Self:
        """This form, with all done that the first answer would wait for: 0.3 s in a new process.

        Worth calling before people are served; without it the form works all the same.
        """
        _ = self.program, self._ages_and_contacts
        return self

    def question(self, path: str) -> Question:
        """The question at this path; KeyError when the form has none."""
        return self._questions_by_path[path]

    def to_json(self) -> dict[str, Any]:
        """A document of plain JSON types that `from_json` reads back to an equal form."""
        document: dict[str, Any] = {
            "format": FORMAT,
            "form_id": self.form_id,
            "version": self.version,
            "title": dict(self.title),
            "default_language": self.default_language,
            "languages": list(self.languages),
            "order": list(self.order),
        }
        for part in ("questions", "groups", "calculates"):
            document[part] = [_row(value) for value in getattr(self, part)]
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """The form that `to_json` wrote; ValueError when another format wrote it."""
        if document.get("format") != FORMAT:
            raise ValueError("this document is not a compiled form of a known format")
        return cls(
            form_id=document["form_id"],
            version=document["version"],
            title=document["title"],
            default_language=document["default_language"],
            languages=tuple(document["languages"]),
            questions=tuple(_question(row, i) for i, row in enumerate(document["questions"])),
            groups=tuple(Group(**row) for row in document["groups"]),
            calculates=tuple(Calculate(**row) for row in document["calculates"]),
            order=tuple(document["order"]),
        )


def _row(value: Question | Group | Calculate) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for each in fields(value):
        content = getattr(value, each.name)
        if each.name == "index" or content in ("", (), {}):
            continue
        if each.name == "choices":
            content = [{"name": choice.name, "label": dict(choice.label)} for choice in content]
        elif isinstance(content, Mapping):
            content = dict(content)
        row[each.name] = str(content) if isinstance(content, StrEnum) else content
    return row


def _question(row: Mapping[str, Any], index: int) -> Question:
    given = dict(row)
    given["type"] = QuestionType(given["type"])
    given["choices"] = tuple(Choice(**choice) for choice in given.get("choices", ()))
    return Question(index=index, **given)
