"""The review before sending, and the receipt after it."""

from forms.form import Question, QuestionType
from forms.interview import Interview
from handlers.language import _, escape, in_language, isolate, language_now, on_day
from handlers.views.actions import (
    ChangeAnswer,
    OpenMenu,
    ReviewAnswers,
    SaveForLater,
    SubmitAnswers,
)
from handlers.views.answers import answer_text, question_label
from handlers.views.start import other_languages, still_time
from handlers.views.view import (
    Button,
    View,
    lines,
    one_a_row,
    page_number,
    page_of,
    paragraphs,
    rows,
    shortened,
    turning,
)
from participation.answering import Reviewed, Submitted

LONGEST_QUESTION = 120
LONGEST_BUTTON = 40


def review(reviewed: Reviewed, *, first: str = "", page: int = 0) -> View:
    """Every answer with a button to change it; long forms have pages."""
    interview = reviewed.interview
    shown, page, count = page_of(answerable(interview), page)
    return View(
        paragraphs(
            first,
            still_time(reviewed.closed_on) if reviewed.closed_on else "",
            _("Here are your answers. Nothing is sent yet: you can still change them."),
            *(_entry(interview, question) for question in shown),
            page_number(page, count),
        ),
        rows(
            *one_a_row(
                Button(
                    _change_label(interview, question),
                    ChangeAnswer(reviewed.consultation_id, question.index),
                )
                for question in shown
            ),
            turning(page, count, lambda to: ReviewAnswers(reviewed.consultation_id, to)),
            (Button(_("Send my answers ✅"), SubmitAnswers(reviewed.consultation_id)),),
            (
                Button(_("Save for later"), SaveForLater(reviewed.consultation_id)),
                *other_languages(reviewed.consultation_id),
            ),
        ),
    )


def sent(submitted: Submitted) -> View:
    """The review as it stays in the chat."""
    interview = submitted.interview
    shown, _page, count = page_of(answerable(interview), 0)
    if count > 1:
        return View(_("Your answers were sent. They stay above, question by question."))
    return View(
        paragraphs(
            _("These answers were sent:"), *(_entry(interview, question) for question in shown)
        )
    )


def receipt(submitted: Submitted) -> View:
    """Thanks, the code, and what happens next."""
    return View(
        paragraphs(
            _("Thank you! Your answers on {title} are recorded.").format(
                title=isolate(escape(shortened(in_language(submitted.title), LONGEST_QUESTION)))
            ),
            lines(
                _("Your receipt code: {code}").format(
                    code=isolate(f"<code>{submitted.receipt}</code>")
                ),
                _("Keep it: only this code leads to your answers, and we do not keep it."),
            ),
            _next(submitted),
        ),
        rows((Button(_("Main menu"), OpenMenu(below=True)),)),
    )


def _next(submitted: Submitted) -> str:
    if submitted.closed:
        return _(
            "What happens next: the commune reads all the answers and reports what it has taken "
            "from them."
        )
    return _(
        "What happens next: the consultation closes at the end of {day}. The commune then reads "
        "all the answers and reports what it has taken from them."
    ).format(day=on_day(submitted.closes_on))


def answerable(interview: Interview) -> list[Question]:
    """What the review lists: questions that apply, without notes."""
    return [one for one in interview.relevant() if one.type is not QuestionType.NOTE]


def _entry(interview: Interview, question: Question) -> str:
    value = interview.answers.get(question.path)
    return lines(
        question_label(interview, question, LONGEST_QUESTION),
        _("No answer")
        if value is None
        else _("Answer: {answer}").format(answer=answer_text(interview, question, value)),
    )


def _change_label(interview: Interview, question: Question) -> str:
    short = interview.in_language(question.short_label, language_now())
    words = short or interview.label(question, language_now())
    return _("Change: {question}").format(question=isolate(shortened(words, LONGEST_BUTTON)))
