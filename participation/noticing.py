"""Words that seem to name somebody are refused before they become an answer."""

from forms.form import QuestionType
from forms.identifying import identifying_questions
from participation.answering import Asked, LooksIdentifying
from participation.identifiers import Identifier, identifiers_in
from storage.consultations import Mode

_IN_WORDS = frozenset({QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL})


def ensure_names_nobody(asked: Asked, typed: str) -> None:
    """Refuse words that look like somebody's number, before anything keeps them.

    Raises LooksIdentifying. How to be reached may be said where a consultation that is not
    anonymous asks for it; the number of an ID card nowhere.
    """
    if asked.question.type not in _IN_WORDS:
        return
    found = identifiers_in(typed)
    if found and asked.mode is not Mode.ANONYMOUS and _asks_who(asked):
        found &= {Identifier.CNIE}
    if found:
        may_skip = not asked.interview.is_required(asked.question)
        raise LooksIdentifying(asked, found, may_skip=may_skip)


def _asks_who(asked: Asked) -> bool:
    form, path = asked.interview.form, asked.question.path
    return path in {one.question.path for one in identifying_questions(form)}
