"""How long a form takes to answer, and from when on it is too long for many."""

from forms.form import Form, QuestionType

SECONDS_A_QUESTION = 25
MOST_QUESTIONS = 15
MOST_MINUTES = 6
"""From here on more people stop half-way than the answers of the others are worth."""


def asked_count(form: Form) -> int:
    """How many questions want an answer, if all of them are asked."""
    return sum(question.type is not QuestionType.NOTE for question in form.questions)


def minutes(question_count: int) -> int:
    """About how long so many questions take; at least one minute."""
    return max(1, round(question_count * SECONDS_A_QUESTION / 60))


def is_long(form: Form) -> bool:
    """Whether its author should be warned."""
    count = asked_count(form)
    return count > MOST_QUESTIONS or minutes(count) > MOST_MINUTES
