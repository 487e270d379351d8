"""Whether a form may be asked by the commune: its languages, and who would be known."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from forms.findings import Finding, Severity
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


def only_identifies(findings: Iterable[Finding]) -> bool:
    """Whether all that is wrong would be right, were it known who answers."""
    wrong = {one.code for one in findings if one.severity is Severity.ERROR}
    return bool(wrong) and wrong <= _RIGHT_BY_NAME


_RIGHT_BY_NAME = {f"identifying_{kind}" for kind in Identity if kind is not Identity.CNIE}


def identifying(form: Form, *, anonymous: bool) -> Iterator[Finding]:
    """Every question that says who answers; a card's number is asked for in no mode."""
    for one in identifying_questions(form):
        if anonymous or one.kind is Identity.CNIE:
            yield Finding(f"identifying_{one.kind}", "survey", one.question.row, "label")
