"""What an answer may be: reading what a person typed or tapped, and refusing it by name."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar, cast

from forms import typed
from forms.form import Question, QuestionType, Texts

Value = str | int | float | list[str] | None
"""As stored: text, integer, decimal as `"3.5"`, day as `"2026-11-23"`, a choice's name, names in
the order of the sheet; None where a question was passed over or a note was read. Only a calculate
gives a float."""

LONGEST_TEXT = 4_000
T = TypeVar("T")


class RefusalKind(StrEnum):
    """Why an answer cannot be taken; each has its sentence in the views."""

    REQUIRED = "required"
    NOT_AN_INTEGER = "not_an_integer"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_DATE = "not_a_date"
    UNKNOWN_CHOICE = "unknown_choice"
    TOO_LONG = "too_long"
    CONSTRAINT = "constraint"


class AnswerRefused(Exception):
    """`message` is the form's own sentence per language, if it has one; `details` fills ours."""

    def __init__(
        self,
        kind: RefusalKind,
        path: str,
        message: Texts | None = None,
        details: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(kind.value)
        self.kind = kind
        self.path = path
        self.message = message or {}
        self.details = details or {}


def parse(question: Question, written: str) -> Value:
    """The value of what a person typed; None where nothing can be seen. Raises AnswerRefused."""
    plain = typed.without_controls(written)
    if not typed.says_something(plain) or question.type is QuestionType.NOTE:
        return None
    match question.type:
        case QuestionType.TEXT:
            return checked(question, plain)
        case QuestionType.INTEGER:
            return _found(question, typed.integer(plain), RefusalKind.NOT_AN_INTEGER)
        case QuestionType.DECIMAL:
            return _found(question, typed.decimal(plain), RefusalKind.NOT_A_NUMBER)
        case QuestionType.DATE:
            day = typed.day(plain)
            iso = day.isoformat() if day else None
            return _found(question, iso, RefusalKind.NOT_A_DATE)
        case QuestionType.SELECT_ONE:
            return _found(question, _choice(question, plain), RefusalKind.UNKNOWN_CHOICE)
        case QuestionType.SELECT_MULTIPLE:
            return _several(question, plain)


def checked(question: Question, value: object) -> Value:
    """The value as it is stored, if it is one for this question; else raises AnswerRefused."""
    if value is None or value == [] or question.type is QuestionType.NOTE:
        return None
    match question.type:
        case QuestionType.TEXT if isinstance(value, str):
            text = typed.without_controls(value)
            if len(text) > LONGEST_TEXT:
                details = {"limit": LONGEST_TEXT, "length": len(text)}
                raise AnswerRefused(RefusalKind.TOO_LONG, question.path, details=details)
            return text if typed.says_something(text) else None
        case QuestionType.SELECT_MULTIPLE if isinstance(value, (list, tuple)):
            return _ordered(question, value)
    if not fits(question, value):
        raise AnswerRefused(_WRONG.get(question.type, RefusalKind.UNKNOWN_CHOICE), question.path)
    return cast(Value, value)


def fits(question: Question, value: object) -> bool:
    """Whether a stored value is one for this question; older documents may hold anything."""
    if value is None:
        return True
    match question.type:
        case QuestionType.INTEGER:
            return type(value) is int and abs(value) < 10**18
        case QuestionType.SELECT_ONE:
            return isinstance(value, str) and value in question.choice_names
        case QuestionType.SELECT_MULTIPLE:
            return isinstance(value, list) and all(
                isinstance(name, str) and name in question.choice_names for name in value
            )
        case QuestionType.DECIMAL:
            return isinstance(value, str) and typed.decimal(value) == value
        case QuestionType.DATE:
            return isinstance(value, str) and _is_day(value)
        case QuestionType.TEXT:
            return isinstance(value, str)
    return False


def written(question: Question, value: Value) -> str:
    """The value as a person could type it; `parse` reads it back."""
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


_WRONG = {
    QuestionType.INTEGER: RefusalKind.NOT_AN_INTEGER,
    QuestionType.DECIMAL: RefusalKind.NOT_A_NUMBER,
    QuestionType.DATE: RefusalKind.NOT_A_DATE,
    QuestionType.TEXT: RefusalKind.UNKNOWN_CHOICE,
}


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _found(question: Question, value: T | None, kind: RefusalKind) -> T:
    if value is None:
        raise AnswerRefused(kind, question.path)
    return value


def _ordered(question: Question, names: Sequence[object]) -> list[str] | None:
    if not all(isinstance(name, str) and name in question.choice_names for name in names):
        raise AnswerRefused(RefusalKind.UNKNOWN_CHOICE, question.path)
    return [choice.name for choice in question.choices if choice.name in names] or None


def _choice(question: Question, plain: str) -> str | None:
    """A choice by its name, by a label of any language, or by its number in the list."""
    wanted = typed.folded(plain)
    for choice in question.choices:
        if plain.strip() == choice.name:
            return choice.name
    for choice in question.choices:
        if wanted in {typed.folded(label) for label in choice.label.values()}:
            return choice.name
    number = typed.integer(plain)
    if number is not None and 1 <= number <= len(question.choices):
        return question.choices[number - 1].name
    return None


def _several(question: Question, plain: str) -> list[str] | None:
    """Choices apart by commas, semicolons or lines; numbers and names also by spaces."""
    if all(name in question.choice_names for name in plain.split()):
        return _ordered(question, plain.split())
    whole = _choice(question, plain)
    if whole is not None:
        return [whole]
    parts = [part for part in _split(plain, ",،;؛\n") if part.strip()]
    names = [_choice(question, part) for part in parts]
    if None in names:
        names = [_choice(question, part) for part in _split(plain, ",،;؛\n \t")]
    return _ordered(question, names)


def _split(plain: str, signs: str) -> list[str]:
    for sign in signs[1:]:
        plain = plain.replace(sign, signs[0])
    return [part for part in plain.split(signs[0]) if part]
