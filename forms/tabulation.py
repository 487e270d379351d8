"""Submissions as a table with ODK's column names, whatever versions of a form they were given to.

A column is a question (groups joined by a separator), one choice of a select_multiple, or what is
known about the submission itself. A cell is text, a whole number, a decimal, a day or nothing.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from forms.answers import Value
from forms.form import SELECTS, UNTRANSLATED, Calculate, Form, Question, QuestionType, Texts
from forms.program import rows_in_order
from forms.typed import is_unseen

Cell = str | int | Decimal | date | None
"""A day or, where a date is a datetime, an instant on the commune's clocks."""

FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001
"""A spreadsheet may take a text that begins so for a formula; the full-width signs as well."""
META = ("__version__", "_uuid", "_submission_time", "_language", "_shared_phone")
PSEUDONYM, PERSON = "_pseudonym", "_person_id"


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about a submission: a random id and a day in an anonymous consultation.

    ``shared``: it was given on a phone that somebody else had answered on; ``person`` is the
    account's number then, and which of those others it was.
    """

    version: str
    uuid: str
    submitted: date | datetime
    language: str
    shared: bool = False
    pseudonym: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Column:
    """One column; `choice` names the choice of a split select_multiple, `meta` a field of `Meta`.

    `shown` are the labels to write instead of choice names; empty where names are wanted.
    """

    header: str
    path: str = ""
    type: QuestionType | None = None
    choice: str | None = None
    shown: Mapping[str, str] = field(default_factory=dict)
    meta: str = ""


def columns(
    forms: Sequence[Form],
    separator: str = "-",
    *,
    split: bool = True,
    labels: str | None = None,
    meta: Sequence[str] = META,
    without: Collection[str] = (),
) -> tuple[Column, ...]:
    """The columns of all versions together, oldest version first in `forms`.

    The newest version gives order, words and types; what only older ones had stands where they
    had it. `labels` is the language for headers and choices; None gives names. `without` are the
    paths of what is left out.
    """
    found = [Column(header, meta=header) for header in meta]
    for path, versions in merged(forms).items():
        newest_form, newest = versions[0]
        if path in without or (isinstance(newest, Question) and newest.type is QuestionType.NOTE):
            continue
        header = path.replace("/", separator)
        if labels and isinstance(newest, Question):
            header = said(newest.label, labels, newest_form) or header
        found.extend(_columns_of(path, header, versions, split=split, labels=labels))
    return _told_apart(found, separator)


def cells(columns: Sequence[Column], meta: Meta, record: Mapping[str, Value]) -> list[Cell]:
    """One submission's cells; what a version did not ask, or was not relevant, is empty."""
    facts: dict[str, Cell] = {
        "__version__": meta.version,
        "_uuid": meta.uuid,
        "_submission_time": meta.submitted,
        "_language": meta.language,
        "_shared_phone": int(meta.shared),
        PSEUDONYM: meta.pseudonym,
        PERSON: meta.person,
    }
    return [
        facts[column.meta] if column.meta else _cell(column, record.get(column.path))
        for column in columns
    ]


def plain_text(value: str) -> str:
    """The text as a CSV cell that no spreadsheet takes for a formula; no word is lost."""
    for sign in value:
        if sign in FORMULA_LEADS:
            return f"'{value}"
        if not is_unseen(sign):
            break
    return value


Versions = list[tuple[Form, Question | Calculate]]


def merged(forms: Sequence[Form]) -> dict[str, Versions]:
    """Every path with its row in each version that has it, newest first, in one order."""
    order: list[str] = []
    versions: dict[str, Versions] = {}
    for form in reversed(forms):
        place = 0
        for row in rows_in_order(form):
            if row.path in versions:
                place = order.index(row.path) + 1
            else:
                order.insert(place, row.path)
                place += 1
            versions.setdefault(row.path, []).append((form, row))
    return {path: versions[path] for path in order}


def _columns_of(
    path: str, header: str, versions: Versions, *, split: bool, labels: str | None
) -> Iterable[Column]:
    kind = kind_of(versions)
    if kind not in SELECTS:
        yield Column(header, path, kind)
        return
    choices = choices_of(versions, labels or "")
    shown = choices if labels else {}
    yield Column(header, path, kind, shown=shown)
    if split and kind is QuestionType.SELECT_MULTIPLE:
        for name in choices:
            yield Column(f"{header}/{shown.get(name, name)}", path, kind, choice=name)


def kind_of(versions: Versions) -> QuestionType | None:
    """The type that holds what all versions asked; None where none does, or for a calculation."""
    types = {_type(row) for _, row in versions}
    if len(types) == 1:
        return types.pop()
    return next((wider for wider, held in _WIDER.items() if types <= held), None)


_WIDER: dict[QuestionType, frozenset[QuestionType | None]] = {
    QuestionType.SELECT_MULTIPLE: frozenset(SELECTS),
    QuestionType.DECIMAL: frozenset({QuestionType.INTEGER, QuestionType.DECIMAL}),
}


def choices_of(versions: Versions, language: str) -> dict[str, str]:
    """The choices of all versions, the newest's first, with their words in this language."""
    choices: dict[str, str] = {}
    for form, row in versions:
        for choice in row.choices if isinstance(row, Question) else ():
            choices.setdefault(choice.name, said(choice.label, language, form) or choice.name)
    return choices


def _type(row: Question | Calculate) -> QuestionType | None:
    if isinstance(row, Question):
        return row.type
    return QuestionType.DATE if row.calculation == "today()" else None


def said(texts: Texts, language: str, form: Form) -> str:
    """A text on one line, in this language, else in the form's own, else in any."""
    for key in (language, form.default_language, UNTRANSLATED, *texts):
        if texts.get(key):
            return " ".join(texts[key].split())
    return ""


def _told_apart(found: Sequence[Column], separator: str) -> tuple[Column, ...]:
    """No two columns have the same header: a doubled one gets its path, then a number."""
    count = Counter(column.header for column in found)
    named: list[Column] = []
    taken = {header for header, times in count.items() if times == 1}
    for column in found:
        header = column.header
        if count[header] > 1 and column.path:
            suffix = "/".join(filter(None, [column.path.replace("/", separator), column.choice]))
            header = f"{header} ({suffix})"
        number = 2
        while header in taken and count[column.header] > 1:
            header = f"{column.header} ({number})"
            number += 1
        taken.add(header)
        named.append(replace(column, header=header))
    return tuple(named)


def _cell(column: Column, value: Value) -> Cell:
    if value is None:
        return None
    if column.choice is not None:
        return int(column.choice in (value if isinstance(value, list) else [value]))
    if isinstance(value, list):
        shown = [column.shown.get(name, name) for name in value]
        return ("; " if column.shown else " ").join(shown)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    read = _READ.get(column.type) if column.type else None
    return read(value) if read else column.shown.get(value, value)


def _decimal(value: str) -> Cell:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return number if number.is_finite() else value


def _day(value: str) -> Cell:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


_READ: dict[QuestionType, Callable[[str], Cell]] = {
    QuestionType.DECIMAL: _decimal,
    QuestionType.DATE: _day,
}
