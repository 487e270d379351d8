"""Answers in words: as a question keeps them, as the review lists them, as they are refused."""

from collections.abc import Callable
from datetime import date

from forms.answers import AnswerRefused, RefusalKind
from forms.form import LONGEST_LABEL, Question, QuestionType
from forms.interview import Interview, Value
from handlers.language import _, day_in_words, escape, isolate, language_now
from handlers.views.view import View, lines, shortened
from participation.answering import Answered

LONGEST_ANSWER = 300


def answered(after: Answered) -> View:
    """An answered question as it stays in the chat: its words and the answer, no buttons."""
    label = question_label(after.interview, after.question)
    if after.question.type is QuestionType.NOTE:
        return View(label)
    return View(lines(label, answer_line(after.interview, after.question)))


def question_label(interview: Interview, question: Question, longest: int = LONGEST_LABEL) -> str:
    """The question's words in bold, escaped; a note's are plain."""
    label = escape(shortened(interview.label(question, language_now()), longest))
    return label if question.type is QuestionType.NOTE else f"<b>{label}</b>"


def answer_line(interview: Interview, question: Question) -> str:
    """``Your answer: …``, escaped."""
    value = interview.answers.get(question.path)
    if value is None:
        return _("You gave no answer.")
    return _("Your answer: {answer}").format(answer=answer_text(interview, question, value))


def answer_text(interview: Interview, question: Question, value: Value) -> str:
    """A value as people read it: labels, days in words, at most 300 letters; escaped, isolated."""
    return isolate(escape(shortened(_plain(interview, question, value), LONGEST_ANSWER)))


def _plain(interview: Interview, question: Question, value: Value) -> str:
    if question.type is QuestionType.DATE and isinstance(value, str):
        return day_in_words(date.fromisoformat(value))
    if question.type in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}:
        names = value if isinstance(value, list) else [value]
        chosen = [
            interview.choice_label(choice, language_now())
            for choice in question.choices
            if choice.name in names
        ]
        return _(", ").join(chosen)
    if question.type is QuestionType.DECIMAL:
        return str(value).replace(".", ",")  # both languages write the comma in Morocco
    return str(value)


def refusal_sentence(interview: Interview, refused: AnswerRefused) -> str:
    """Why an answer cannot be taken and what to do: the form's own words, else ours; escaped."""
    own = interview.in_language(refused.message, language_now())
    return escape(shortened(own, LONGEST_ANSWER)) if own else SENTENCES[refused.kind](refused)


def _too_long(refused: AnswerRefused) -> str:
    limit = isolate(refused.details.get("limit", 0))
    return _(
        "Your answer is longer than the {limit} characters that we can keep. Your message stays "
        "above: copy the most important part and send it again."
    ).format(limit=limit)


SENTENCES: dict[RefusalKind, Callable[[AnswerRefused], str]] = {
    RefusalKind.REQUIRED: lambda _refused: _("This question needs an answer."),
    RefusalKind.NOT_AN_INTEGER: lambda _refused: _(
        "Please write a whole number in digits, for example {example}."
    ).format(example=isolate(25)),
    RefusalKind.NOT_A_NUMBER: lambda _refused: _(
        "Please write a number in digits, for example {example}."
    ).format(example=isolate("2,5")),
    RefusalKind.NOT_A_DATE: lambda _refused: _(
        "Please write the date with day, month and year, for example {example}."
    ).format(example=isolate("23/11/2026")),
    RefusalKind.UNKNOWN_CHOICE: lambda _refused: _(
        "Please tap one of the answers below, or write its number."
    ),
    RefusalKind.TOO_LONG: _too_long,
    RefusalKind.CONSTRAINT: lambda _refused: _(
        "This answer does not fit the question. Please check it and try again."
    ),
}
