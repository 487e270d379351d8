"""Whether a form may be asked by the commune: its languages, and who would be known."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from forms.findings import Finding
from forms.form import UNTRANSLATED, Form
from forms.identifying import Identity, identifying_questions

HEADERS = {"ar": "label::العربية (ar)", "fr": "label::Français (fr)"}
"""How the column of a language is headed."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What a form has to be beyond being one: written in these languages, and anonymous or not."""

    languages: tuple[str, ...] = ()
    anonymous: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        return cls(tuple(document["languages"]), bool(document["anonymous"]))


def refusals(form: Form, demands: Demands) -> tuple[Finding, ...]:
    """The errors that keep a form from being asked so; none where all is well."""
    return (*_missing(form, demands), *_identifying(form, demands))


def _missing(form: Form, demands: Demands) -> Iterator[Finding]:
    """A language of the commune in which no question, or no choice, is written."""
    spoken = set() if form.languages == (UNTRANSLATED,) else set(form.languages)
    asked = [one.label for one in form.questions]
    chosen = [choice.label for one in form.questions for choice in one.choices]
    for language in demands.languages:
        header = HEADERS.get(language, f"label::{language}")
        if language not in spoken:
            yield Finding("missing_language", "survey", 1, header, {"name": header})
            continue
        for sheet, texts in (("survey", asked), ("choices", chosen)):
            if texts and not any(one.get(language) for one in texts):
                yield Finding("missing_language", sheet, 1, header, {"name": header})


def _identifying(form: Form, demands: Demands) -> Iterator[Finding]:
    """Every question that says who answers; a card's number is asked for in no mode."""
    for one in identifying_questions(form):
        if demands.anonymous or one.kind is Identity.CNIE:
            yield Finding(f"identifying_{one.kind}", "survey", one.question.row, "label")
