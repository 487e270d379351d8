"""Questions whose answer says who gave it: a name, a number, an address, a day of birth.

Only what is written in the form is looked at: the question's name, its words and its hint in
every language, Darija in both scripts included. What asks about somebody or something else (*the
name of the street*, *the toll-free number*) is let pass.
"""

import re
import unicodedata
from dataclasses import dataclass

from forms.form import Form, Question, QuestionType
from forms.identity import (
    ALONE,
    FILLERS,
    FORBIDS,
    NAMES,
    OTHERS,
    PATTERNS,
    WITH,
    Identity,
)


@dataclass(frozen=True)
class Identifying:
    """A question, and what it asks a person to tell of themselves."""

    question: Question
    kind: Identity


WRITTEN = frozenset({QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL})
"""The types into which anything can be written."""

_KINDS = (
    Identity.CNIE,
    Identity.PHONE,
    Identity.EMAIL,
    Identity.ADDRESS,
    Identity.BIRTH,
    Identity.NAME,
)


def identifying_questions(form: Form) -> tuple[Identifying, ...]:
    """Every question that identifies, in the order of the form; notes and choices never do."""
    found = ((question, identity(question)) for question in form.questions)
    return tuple(Identifying(question, kind) for question, kind in found if kind is not None)


def identity(question: Question) -> Identity | None:
    """What a question asks a person to tell of themselves; None for nothing."""
    if question.type is QuestionType.DATE:
        kinds: tuple[Identity, ...] = (Identity.BIRTH,)
    elif question.type in WRITTEN:
        kinds = _KINDS
    else:
        return None
    texts = [_folded(text) for text in question.label.values()]
    hints = (_folded(text) for text in question.hint.values())
    texts += [hint for hint in hints if not FORBIDS.search(hint)]
    name = frozenset(_words(_folded(question.name)))
    for kind in kinds:
        if _named(name, kind) or any(_asks(text, kind) for text in texts):
            return kind
    return None


def _folded(text: str) -> str:
    """Small letters without accents and vowel signs; the letters of Arabic that are confused."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    kept = "".join(letter for letter in plain if unicodedata.category(letter) not in _UNSEEN)
    return kept.translate(_ALIKE).replace("n°", "numero ")


_UNSEEN = frozenset({"Mn", "Me", "Cf"})
"""Accents and vowel signs, direction marks."""
_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": ""})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _named(name: frozenset[str], kind: Identity) -> bool:
    """Whether a name consists of words for this kind and of nothing else: `num_tel`, `nom`."""
    if not name & NAMES[kind]:
        return False
    return name <= NAMES[kind] | FILLERS | WITH.get(kind, frozenset())


_COMPILED = {kind: re.compile("|".join(each)) for kind, each in PATTERNS.items()}


def _asks(text: str, kind: Identity) -> bool:
    plain = re.sub(r"\s+", " ", text).strip()
    if _before_sign(plain) in ALONE[kind]:
        return True
    return bool(_COMPILED[kind].search(plain)) and not OTHERS.search(plain)


def _before_sign(text: str) -> str:
    return " ".join(_words(re.split(r"[:(\[?؟]", text, maxsplit=1)[0]))
