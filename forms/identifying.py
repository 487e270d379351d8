"""Which questions ask who somebody is, so that an answer to them is a name."""

import re
from dataclasses import dataclass
from enum import StrEnum

from forms.form import Form, Question, QuestionType


class IdentifyingKind(StrEnum):
    """What a question would learn of a person."""

    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Identifying:
    """A question that tells who answered."""

    question: Question
    kind: IdentifyingKind


_WRITTEN = frozenset({QuestionType.TEXT, QuestionType.INTEGER})
_NAMED: tuple[tuple[re.Pattern[str], IdentifyingKind], ...] = (
    (re.compile(r"(^|_)(full_?name|first_?name|family_?name|name|nom|prenom)(_|$)"),
     IdentifyingKind.NAME),
    (re.compile(r"(^|_)(phone|tel|telephone|mobile|gsm|whatsapp)(_|$)"), IdentifyingKind.PHONE),
    (re.compile(r"(^|_)(address|adresse|email|mail|courriel)(_|$)"), IdentifyingKind.ADDRESS),
    (re.compile(r"(^|_)(cin|cnie|passport|passeport)(_|$)"), IdentifyingKind.NUMBER),
)  # fmt: skip


def identifying_questions(form: Form) -> tuple[Identifying, ...]:
    """The questions of a form whose names say that they ask who somebody is."""
    found = []
    for question in form.questions:
        kinds = [kind for words, kind in _NAMED if words.search(question.name.lower())]
        if question.type in _WRITTEN and kinds:
            found.append(Identifying(question, kinds[0]))
    return tuple(found)
