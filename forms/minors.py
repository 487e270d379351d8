"""Who says that they are under 18 is not asked how to be reached."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.form import Choice, Question

ADULT = 18

_ABOUT_AGE = re.compile(
    r"\bâge\b|\bage\b|tranche d.âge|quel âge|العمر|عمركم|عمرك|السن\b|سنكم|الفئة العمرية"
)
_SOMEBODY_ELSES = re.compile(r"enfant|عدد|أطفال|أبناء|child|fils|fille")
_ASKS_WHETHER_MINOR = re.compile(
    r"moins de 18|mineure?s?\b|under 18|أقل من 18|دون 18|قاصر(?:ا|ون)?\b"
)
_ASKS_WHETHER_ADULT = re.compile(
    r"18 ans (?:ou plus|révolus|et plus)|plus de 18|majeure?s?\b|over 18"
    r"|18 سنة (?:أو|ف[إأ]?ما|فأكثر)|(?:أكثر|أكبر) من 18|راشد"
)
_YES = frozenset({"yes", "oui", "y", "true", "1", "naam", "نعم"})
_NO = frozenset({"no", "non", "n", "false", "0", "la", "لا"})
_BELOW = re.compile(r"(?:under|below|moins|less|lt|u|minus)(?:_?(?:de|than))?_?(\d{1,2})$")
_RANGE = re.compile(r"^\D*?(\d{1,2})_+(?:a_|to_|et_)?(\d{1,2})(?:_?ans)?$")
_BELOW_IN_WORDS = re.compile(r"(?:moins de|under|less than|أقل من|دون|<|^[-–])\s*(\d{1,2})")
_UP_TO = re.compile(
    r"(?:jusqu.à|up to|حتى|إلى غاية)\s*(\d{1,2})"
    r"|(\d{1,2})\s*(?:ans|years|سنة)?\s*(?:ou moins|et moins|or less|أو أقل|فأقل|فما دون)"
)
_RANGE_IN_WORDS = re.compile(r"(\d{1,2})\s*(?:ans|سنة)?\s*(?:-|–|à|et|to|إلى|حتى|و)\s*(\d{1,2})")
_MINOR = re.compile(r"^(?:minor|mineure?|mineur\(e\)|child|enfant|teenager|adolescent)s?$|^قاصر")


def says_minor(questions: "Iterable[Question]", answers: Mapping[str, object]) -> bool:
    """Whether one of the answers says that the person is under 18."""
    return any(_says_minor(one, answers.get(one.path)) for one in questions)


def asks_age(question: "Question") -> bool:
    """Whether the answer may tell that somebody is under 18."""
    words = " ".join(question.label.values()).lower()
    if _SOMEBODY_ELSES.search(words):
        return False
    if question.type == "select_one" and (
        _ASKS_WHETHER_MINOR.search(words) or _ASKS_WHETHER_ADULT.search(words)
    ):
        return True
    named = "age" in question.name.lower().split("_")
    return question.type in ("integer", "select_one") and (named or bool(_ABOUT_AGE.search(words)))


def _says_minor(question: "Question", answer: object) -> bool:
    if answer is None or not asks_age(question):
        return False
    if isinstance(answer, int):
        return answer < ADULT
    choice = next((one for one in question.choices if one.name == answer), None)
    return choice is not None and _chose_minor(question, choice)


def _chose_minor(question: "Question", choice: "Choice") -> bool:
    words = " ".join(question.label.values()).lower()
    said = (choice.name.lower(), *(label.lower().strip() for label in choice.label.values()))
    if not (_YES | _NO).isdisjoint(said):
        minor = _YES if _ASKS_WHETHER_MINOR.search(words) else _NO
        return not minor.isdisjoint(said)
    return any(_MINOR.match(one) or _is_below(one) for one in said)


def _is_below(words: str) -> bool:
    below = _BELOW.search(words) or _BELOW_IN_WORDS.search(words)
    if below:
        return int(below[1]) <= ADULT
    up_to = _UP_TO.search(words)
    if up_to and not _RANGE_IN_WORDS.search(words):
        return int(up_to[1] or up_to[2]) < ADULT
    between = _RANGE.search(words) or _RANGE_IN_WORDS.search(words)
    return between is not None and int(between[2]) < ADULT
