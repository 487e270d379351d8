"""Questions whose answer says who somebody is: a name, a number, an address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from forms.form import Form, Question, QuestionType


class Kind(StrEnum):
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CNIE = "cnie"


@dataclass(frozen=True, slots=True)
class Identifying:
    """A question, and what its answer would tell."""

    question: Question
    kind: Kind


_NAMES = {
    Kind.PHONE: r"phone|phone_?number|tel|telephone|mobile|gsm|whatsapp|numero_tel|hatif",
    Kind.EMAIL: r"e?_?mail|courriel|email_?address",
    Kind.ADDRESS: r"address|adresse|home_address|street|rue",
    Kind.CNIE: r"cnie?|cin|id_?card|national_id|passport|passeport",
    Kind.NAME: r"name|full_?name|first_?name|last_?name|family_?name|nom|prenom|surname",
}
_LABELS = {
    Kind.PHONE: r"t[ée]l[ée]phone|portable|whatsapp|هاتف",
    Kind.EMAIL: r"e-?mail|courriel|adresse [ée]lectronique|بريد(?:كم)? ال[إا]لكتروني",
    Kind.ADDRESS: r"votre adresse|adresse (?:postale|du domicile)|عنوانكم|عنوان السكن",
    Kind.CNIE: r"cnie|carte (?:nationale|d.identit)|البطاقة الوطنية",
    Kind.NAME: r"votre (?:nom|pr[ée]nom)|nom (?:et|complet)|comment vous appelez|"
    r"اسمكم|الاسم (?:الكامل|الشخصي|العائلي)",
}
_ASKED_IN_WORDS = frozenset({QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL})


def identifying_questions(form: Form) -> tuple[Identifying, ...]:
    """The questions that ask who somebody is, in the order of the form."""
    return tuple(_found(form))


def _found(form: Form) -> Iterator[Identifying]:
    for question in form.questions:
        kind = _kind(question) if question.type in _ASKED_IN_WORDS else None
        if kind is not None:
            yield Identifying(question, kind)


def _kind(question: Question) -> Kind | None:
    name, labels = question.name.lower(), " ".join(question.label.values()).lower()
    for kind, pattern in _NAMES.items():
        if re.fullmatch(rf"(?:my_|your_|votre_|contact_)?(?:{pattern})", name):
            return kind
    for kind, pattern in _LABELS.items():
        if re.search(pattern, labels):
            return kind
    return None
