"""Whether a form may be asked by the commune: its languages, and who would be known."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from forms.findings import Finding
from forms.form import Form
from forms.identifying import identifying_questions
from forms.identity import Identity


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


def identifying(form: Form, *, anonymous: bool) -> Iterator[Finding]:
    """Every question that says who answers; a card's number is asked for in no mode."""
    for one in identifying_questions(form):
        if anonymous or one.kind is Identity.CNIE:
            yield Finding(f"identifying_{one.kind}", "survey", one.question.row, "label")
