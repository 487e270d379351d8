"""A questionnaire as it is written in the chat, question by question: a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

from forms.authoring import Questionnaire, Written, WrittenQuestion
from forms.form import QuestionType, Texts
from forms.typed import without_controls
from participation.bilingual import Both, both, one_line
from participation.content import LONGEST_TITLE
from participation.people import LANGUAGES

MOST_QUESTIONS = 10
MOST_CHOICES = 20
LONGEST_QUESTION = 300
LONGEST_CHOICE = 60


class Kind(StrEnum):
    """What can be asked here; a workbook can ask more."""

    ONE = "one"
    SEVERAL = "several"
    NUMBER = "number"
    WORDS = "words"


TYPES: Mapping[Kind, QuestionType] = {
    Kind.ONE: QuestionType.SELECT_ONE,
    Kind.SEVERAL: QuestionType.SELECT_MULTIPLE,
    Kind.NUMBER: QuestionType.INTEGER,
    Kind.WORDS: QuestionType.TEXT,
}
CHOSEN = frozenset({Kind.ONE, Kind.SEVERAL})


class Awaited(StrEnum):
    """What the next message is taken for."""

    TITLE = "title"
    QUESTION = "question"
    CHOICES = "choices"
    NOTHING = "nothing"
    """There are as many questions as there can be."""


class Problem(StrEnum):
    """Why what was typed is not complete yet; nothing of it is lost."""

    UNEQUAL = "unequal"
    FEW = "few"
    MANY = "many"
    LONG = "long"
    NO_WORDS = "no_words"


@dataclass(frozen=True)
class Item:
    """A question that was written."""

    kind: Kind
    label: Texts
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_required: bool = False


@dataclass(frozen=True)
class Composed:
    """All that was written so far. ``pending`` is the question that is not complete."""

    title: Texts = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    kind: Kind = Kind.ONE
    pending: Item | None = None
    removed: tuple[int, Item] | None = None
    problem: Problem | None = None

    @property
    def awaited(self) -> Awaited:
        if _missing(self.title):
            return Awaited.TITLE
        if self.pending is not None and not _missing(self.pending.label):
            return Awaited.CHOICES
        return Awaited.QUESTION if len(self.items) < MOST_QUESTIONS else Awaited.NOTHING

    @property
    def missing(self) -> str | None:
        """The language that is still to be written; None where both or neither were."""
        if self.awaited is Awaited.CHOICES and self.pending is not None:
            return _one_missing(self.pending.choices)
        texts = self.pending.label if self.pending is not None else self.title
        return _one_missing(texts)

    @property
    def is_ready(self) -> bool:
        """Whether it can be finished."""
        return bool(self.items) and self.pending is None and not _missing(self.title)

    def write(self, text: str) -> "Composed":
        """What follows from a message; ``problem`` says what is not right in it."""
        said, awaited = both(without_controls(text)), self.awaited
        if not said.ar and not said.fr:
            return replace(self, problem=Problem.NO_WORDS)
        if awaited is Awaited.TITLE:
            return self._titled(said)
        if awaited is Awaited.QUESTION:
            return self._asking(said)
        return self._choosing(said) if awaited is Awaited.CHOICES else self

    def of_kind(self, kind: Kind) -> "Composed":
        """The kind of the question being written, or of the next one."""
        pending = self.pending
        if pending is None:
            return replace(self, kind=kind, problem=None)
        changed = replace(self, kind=kind, pending=replace(pending, kind=kind), problem=None)
        return changed._completed()

    def requiring(self, place: int, *, wanted: bool) -> "Composed":
        """Whether a question has to be answered."""
        if not 0 <= place < len(self.items):
            return self
        items = list(self.items)
        items[place] = replace(items[place], is_required=wanted)
        return replace(self, items=tuple(items), problem=None)

    def without(self, place: int, count: int) -> "Composed":
        """Without a question, of which there were so many when it was asked for."""
        if len(self.items) != count or not 0 <= place < count:
            return self
        items = (*self.items[:place], *self.items[place + 1 :])
        return replace(self, items=items, removed=(place, self.items[place]), problem=None)

    def without_pending(self) -> "Composed":
        """Without what was begun and is not complete."""
        return replace(self, pending=None, problem=None)

    def put_back(self) -> "Composed":
        """With the question that was removed last, where the one being written leaves room."""
        taken = len(self.items) + (self.pending is not None)
        if self.removed is None or taken >= MOST_QUESTIONS:
            return self
        place, item = self.removed
        items = (*self.items[:place], item, *self.items[place:])
        return replace(self, items=items, removed=None, problem=None)

    def questionnaire(self, form_id: str) -> Questionnaire:
        """The same, to be written as a workbook."""
        questions = tuple(_question(item, at) for at, item in enumerate(self.items, start=1))
        return Questionnaire(self.title, form_id, "1", questions)

    def to_json(self) -> dict[str, Any]:
        return {
            "title": dict(self.title),
            "items": [_item_json(item) for item in self.items],
            "kind": self.kind.value,
            "pending": self.pending and _item_json(self.pending),
            "removed": self.removed and [self.removed[0], _item_json(self.removed[1])],
            "problem": self.problem and self.problem.value,
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        pending, removed = document.get("pending"), document.get("removed")
        problem = document.get("problem")
        return cls(
            title=document["title"],
            items=tuple(_item(one) for one in document["items"]),
            kind=Kind(document["kind"]),
            pending=_item(pending) if pending else None,
            removed=(int(removed[0]), _item(removed[1])) if removed else None,
            problem=Problem(problem) if problem else None,
        )

    def _titled(self, said: Both) -> "Composed":
        title = _merged(self.title, said)
        if _too_long(title, LONGEST_TITLE):
            return replace(self, problem=Problem.LONG)
        return replace(self, title=title, problem=None)

    def _asking(self, said: Both) -> "Composed":
        begun = self.pending or Item(self.kind, {})
        label = _merged(begun.label, said)
        if _too_long(label, LONGEST_QUESTION):
            return replace(self, problem=Problem.LONG)
        return replace(self, pending=replace(begun, label=label), problem=None)._completed()

    def _choosing(self, said: Both) -> "Composed":
        assert self.pending is not None  # noqa: S101 (choices are awaited for a question only)
        given = {language: said.of(language) for language in LANGUAGES if said.of(language)}
        choices = {**self.pending.choices, **given}
        problem = _wrong(choices)
        if problem in {Problem.LONG, Problem.MANY}:
            return replace(self, problem=problem)
        pending = replace(self.pending, choices=choices)
        return replace(self, pending=pending, problem=problem)._completed()

    def _completed(self) -> "Composed":
        """The pending question among the others, once nothing of it is missing."""
        one = self.pending
        if one is None or _missing(one.label) or self.problem is not None:
            return self
        if one.kind in CHOSEN:
            if _missing(one.choices) or _wrong(one.choices):
                return self
        else:
            one = replace(one, choices={})
        return replace(self, items=(*self.items, one), pending=None, removed=None)


def _missing(texts: Mapping[str, Any]) -> list[str]:
    return [language for language in LANGUAGES if not texts.get(language)]


def _one_missing(texts: Mapping[str, Any]) -> str | None:
    missing = _missing(texts)
    return missing[0] if len(missing) == 1 else None


def _merged(texts: Texts, said: Both) -> Texts:
    given = {language: said.of(language) for language in LANGUAGES}
    return {**texts, **{code: one_line(lines) for code, lines in given.items() if lines}}


def _too_long(texts: Texts, longest: int) -> bool:
    return any(len(text) > longest for text in texts.values())


def _wrong(choices: Mapping[str, tuple[str, ...]]) -> Problem | None:
    """What is not right with two lists of choices; None also while one is missing."""
    counts = {len(lines) for lines in choices.values()}
    if any(len(line) > LONGEST_CHOICE for lines in choices.values() for line in lines):
        return Problem.LONG
    if max(counts, default=0) > MOST_CHOICES:
        return Problem.MANY
    if len(counts) > 1:
        return Problem.UNEQUAL
    return Problem.FEW if counts and min(counts) < 2 else None


def _question(item: Item, number: int) -> WrittenQuestion:
    name = f"q{number}"
    pairs = zip(item.choices.get("ar", ()), item.choices.get("fr", ()), strict=True)
    return WrittenQuestion(
        TYPES[item.kind],
        name,
        item.label,
        choices=tuple(
            Written(f"c{at}", {"ar": ar, "fr": fr}) for at, (ar, fr) in enumerate(pairs, start=1)
        ),
        list_name=name if item.kind in CHOSEN else "",
        is_required=item.is_required,
    )


def _item_json(item: Item) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "label": dict(item.label),
        "choices": {language: list(lines) for language, lines in item.choices.items()},
        "is_required": item.is_required,
    }


def _item(document: Mapping[str, Any]) -> Item:
    choices = {language: tuple(lines) for language, lines in document["choices"].items()}
    return Item(Kind(document["kind"]), document["label"], choices, document["is_required"])
