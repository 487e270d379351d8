"""The review before sending, and the receipt after it."""

from collections.abc import Sequence

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
from handlers.views.afterwards import afterwards, outcome_wish
from handlers.views.answers import answer_text, question_label
from handlers.views.start import other_languages, still_time
from handlers.views.view import (
    Button,
    Row,
    Rows,
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
LONGEST_BUTTON = 24
A_ROW = 3
"""How many numbers stand beside each other."""


def review(reviewed: Reviewed, *, first: str = "", page: int = 0) -> View:
    """Every answer with its number and a button to change it; long forms have pages."""
    interview, at = reviewed.interview, reviewed.consultation_id
    shown, page, count = page_of(answerable(interview), page)
    return View(
        paragraphs(
            first,
            still_time(reviewed.finish_by) if reviewed.finish_by else "",
            lines(
                _("Here are your answers. Nothing is sent yet."),
                _("You can change an answer. When all is right, tap “Send my answers”."),
            ),
            *(_numbered(interview, question) for question in shown),
            page_number(page, count),
        ),
        rows(
            *_changes(reviewed, shown),
            turning(page, count, lambda to: ReviewAnswers(at, to, reviewed.seat)),
            (Button(_("Send my answers ✅"), SubmitAnswers(at, reviewed.seat)),),
            (
                Button(_("Save for later"), SaveForLater(at, reviewed.seat)),
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
            _("These answers were sent:"), *(_numbered(interview, question) for question in shown)
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
                _("Keep it: it shows that your answers have arrived. We do not keep it."),
            ),
            _next(submitted),
        ),
        rows(
            (outcome_wish(submitted.consultation_id),),
            *afterwards(
                submitted.consultation_id, seat=submitted.seat, may_share=submitted.may_share
            ),
            (Button(_("Main menu"), OpenMenu(below=True)),),
        ),
    )


def _next(submitted: Submitted) -> str:
    if submitted.closed:
        return _("The commune reads all the answers, then says what it has taken from them.")
    return _(
        "The consultation is open until the end of {day}. Then the commune reads all the answers "
        "and says what it has taken from them."
    ).format(day=on_day(submitted.closes_on))


def answerable(interview: Interview) -> list[Question]:
    """What the review lists: questions that apply, without notes."""
    return [one for one in interview.relevant() if one.type is not QuestionType.NOTE]


def _numbered(interview: Interview, question: Question) -> str:
    value = interview.answers.get(question.path)
    return lines(
        _("{number}. {question}").format(
            number=isolate(_number(interview, question)),
            question=question_label(interview, question, LONGEST_QUESTION),
        ),
        _("No answer")
        if value is None
        else _("Answer: {answer}").format(answer=answer_text(interview, question, value)),
    )


def _changes(reviewed: Reviewed, shown: Sequence[Question]) -> Rows:
    """By their numbers, a few in a row; one a row where the form has short words for them."""
    at = reviewed.consultation_id
    buttons: Row = tuple(
        Button(_change_label(reviewed.interview, one), ChangeAnswer(at, one.index, reviewed.seat))
        for one in shown
    )
    if any(one.short_label for one in shown):
        return one_a_row(buttons)
    return tuple(buttons[start : start + A_ROW] for start in range(0, len(buttons), A_ROW))


def _change_label(interview: Interview, question: Question) -> str:
    number = isolate(_number(interview, question))
    short = interview.in_language(question.short_label, language_now())
    if not short:
        return _("Change {number}").format(number=number)
    words = isolate(shortened(short, LONGEST_BUTTON))
    return _("Change {number}: {question}").format(number=number, question=words)


def _number(interview: Interview, question: Question) -> int:
    """The number that the question had when it was asked, unless others came between."""
    return interview.progress(question.path)[0]
