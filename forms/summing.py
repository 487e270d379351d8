"""Counts over submissions that pass by once: what the summary of an export says of each question.

What is kept does not grow with the submissions, but for eight bytes a number that was given: a
median needs them all.
"""

from array import array
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median
from typing import Any

from forms.answers import Value
from forms.form import Form, Question, QuestionType
from forms.tabulation import choices_of, kind_of, merged, said
from forms.xpath.references import REFERENCE


@dataclass(frozen=True)
class Numbers:
    """What can be said of the numbers that were given."""

    mean: float
    median: float
    least: float
    most: float


@dataclass(frozen=True)
class Summed:
    """One question over all submissions: how many were asked it, answered it, and what."""

    path: str
    label: str
    type: QuestionType | None
    """None where no type holds what the versions of the form asked."""
    asked: int
    answered: int
    choices: tuple[tuple[str, int], ...] = ()
    """Words and count of each choice, in the order of the form."""
    numbers: Numbers | None = None
    days: tuple[date, date] | None = None
    """The earliest and the latest."""


class Summing:
    """Takes submissions one by one and tells the counts at the end."""

    def __init__(
        self, forms: Sequence[Form], language: str, without: Collection[str] = ()
    ) -> None:
        """``forms`` are all versions, oldest first; ``without`` the paths that are left out."""
        self.languages: Counter[str] = Counter()
        self.count = 0
        self.shared = 0
        self._questions: list[tuple[str, str, QuestionType | None, _Counting]] = []
        self._counting: dict[str, _Counting] = {}
        for path, versions in merged(forms).items():
            form, row = versions[0]
            if path in without or not _is_counted(row):
                continue
            kind = kind_of(versions)
            counting = _counting_of(kind, choices_of(versions, language))
            label = said(row.label, language, form) or row.name  # type: ignore[union-attr]  # asked
            self._questions.append((path, REFERENCE.sub("…", label), kind, counting))
            self._counting[path] = counting

    def add(self, language: str, record: Mapping[str, Value], *, shared: bool) -> None:
        """Count one submission's record: what was relevant, None where it was passed over."""
        self.count += 1
        self.shared += shared
        self.languages[language] += 1
        counting = self._counting
        for path, value in record.items():
            one = counting.get(path)
            if one is not None:
                one.asked += 1
                if value is not None:
                    one.answered += 1
                    one.take(value)

    def questions(self) -> tuple[Summed, ...]:
        """Every question that is asked, in the order of the newest version."""
        return tuple(
            Summed(path, label, kind, one.asked, one.answered, **one.told())
            for path, label, kind, one in self._questions
        )


def _is_counted(row: object) -> bool:
    return isinstance(row, Question) and row.type is not QuestionType.NOTE


class _Counting:
    """How often a question was asked and answered; of a text no more can be told."""

    def __init__(self) -> None:
        self.asked = 0
        self.answered = 0

    def take(self, value: Value) -> None:
        """Count an answer."""

    def told(self) -> dict[str, Any]:
        """The fields of ``Summed`` that this kind of question fills."""
        return {}


class _Choices(_Counting):
    def __init__(self, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._choices = choices
        self._counts: Counter[str] = Counter()

    def take(self, value: Value) -> None:
        if isinstance(value, list):
            self._counts.update(value)
        else:
            self._counts[str(value)] += 1

    def told(self) -> dict[str, Any]:
        counts = self._counts
        return {"choices": tuple((words, counts[name]) for name, words in self._choices.items())}


class _Numbers(_Counting):
    def __init__(self) -> None:
        super().__init__()
        self._values = array("d")

    def take(self, value: Value) -> None:
        if isinstance(value, str | int | float):
            self._values.append(float(value))

    def told(self) -> dict[str, Any]:
        values = self._values
        if not values:
            return {}
        numbers = Numbers(fmean(values), median(values), min(values), max(values))
        return {"numbers": numbers}


class _Days(_Counting):
    def __init__(self) -> None:
        super().__init__()
        self._first, self._last = "", ""

    def take(self, value: Value) -> None:
        day = str(value)
        self._first = min(self._first or day, day)
        self._last = max(self._last, day)

    def told(self) -> dict[str, Any]:
        if not self._first:
            return {}
        return {"days": (date.fromisoformat(self._first), date.fromisoformat(self._last))}


def _counting_of(kind: QuestionType | None, choices: Mapping[str, str]) -> _Counting:
    match kind:
        case QuestionType.SELECT_ONE | QuestionType.SELECT_MULTIPLE:
            return _Choices(choices)
        case QuestionType.INTEGER | QuestionType.DECIMAL:
            return _Numbers()
        case QuestionType.DATE:
            return _Days()
        case _:
            return _Counting()
