"""A question as it is asked: progress, its words, what to do, buttons."""

from collections.abc import Callable

from forms.form import LONGEST_HINT, Question, QuestionType
from handlers.language import _, escape, isolate, language_now
from handlers.views.actions import (
    Action,
    AnswerChoice,
    FinishChoosing,
    GoBack,
    KeepAnswer,
    SaveForLater,
    SkipQuestion,
    TickChoice,
    TurnChoices,
)
from handlers.views.answers import answer_line, answer_text, question_label
from handlers.views.start import other_languages, still_time
from handlers.views.view import (
    PAGE,
    Button,
    Row,
    Rows,
    View,
    lines,
    page_number,
    page_of,
    paragraphs,
    rows,
    shortened,
    turning,
)
from participation.answering import Asked
from storage.consultations import Mode

LONGEST_BUTTON = 48
LONGEST_CHOICE = 120
LONGEST_TICKED = 300
WIDE = 32
"""Labels longer than this are cut by telephones: they are listed in the text too."""
NARROW = 14
"""Labels up to this stand two in a row."""
FEW = 4


def question(asked: Asked, *, first: str = "", page: int = 0) -> View:
    """The question with its buttons; ``first`` is said before it."""
    interview, one = asked.interview, asked.question
    has_answer = interview.answers.get(one.path) is not None
    hint = escape(shortened(interview.hint(one, language_now()), LONGEST_HINT))
    suggested = suggestion(asked)
    return View(
        paragraphs(
            first,
            still_time(asked.finish_by) if asked.finish_by else "",
            lines(
                progress(asked),
                question_label(interview, one),
                hint,
            ),
            _listed_choices(asked, page),
            lines(
                answer_line(interview, one) if has_answer and not asked.choosing else "",
                _ticked(asked),
                suggested,
                how_to_answer(one, hinted=bool(hint)),
                page_number(*page_of(interview.choices(one), page)[1:]),
            ),
        ),
        (
            *_choice_rows(asked, page),
            *_control_rows(asked, has_answer=has_answer, suggested=bool(suggested)),
        ),
    )


def progress(asked: Asked) -> str:
    """``Question 3 of 9 · anonymous``; ``""`` above a note."""
    if asked.question.type is QuestionType.NOTE:
        return ""
    position, total = asked.interview.progress(asked.question.path)
    return PROGRESS[asked.mode]().format(position=isolate(position), total=isolate(total))


PROGRESS: dict[Mode, Callable[[], str]] = {
    Mode.ANONYMOUS: lambda: _("Question {position} of {total} · anonymous 🔒"),
    Mode.PSEUDONYMOUS: lambda: _("Question {position} of {total} · under a number 🏷"),
    Mode.IDENTIFIED: lambda: _("Question {position} of {total} · in your own name ✍"),
}


def suggestion(asked: Asked) -> str:
    """The form's default, said while there is no answer; ``""`` where there is none."""
    interview, one = asked.interview, asked.question
    if asked.choosing or interview.answers.get(one.path) is not None:
        return ""
    value = interview.default(one)
    if value is None or one.type is QuestionType.NOTE:
        return ""
    return _("Suggested answer: {answer}").format(answer=answer_text(interview, one, value))


def how_to_answer(one: Question, *, hinted: bool) -> str:
    """What to do; short where the form has its own words on what to write."""
    said = HINTED if hinted and one.type in HINTED else HOW_TO_ANSWER
    return said[one.type]()


HINTED: dict[QuestionType, Callable[[], str]] = {
    QuestionType.TEXT: lambda: _("Please answer with a message."),
    QuestionType.INTEGER: lambda: _("Please answer with a message."),
    QuestionType.DECIMAL: lambda: _("Please answer with a message."),
    QuestionType.SELECT_MULTIPLE: lambda: _("When you have chosen, tap “Done”."),
}
"""A hint says what to write or how many to choose; how to answer is left to say."""
HOW_TO_ANSWER: dict[QuestionType, Callable[[], str]] = {
    QuestionType.TEXT: lambda: _("Write your answer in a message, in your own words."),
    QuestionType.INTEGER: lambda: _("Write a whole number in a message."),
    QuestionType.DECIMAL: lambda: _("Write a number in a message."),
    QuestionType.DATE: lambda: _("Write the date in a message, for example {example}.").format(
        example=isolate("23/11/2026")
    ),
    QuestionType.SELECT_ONE: lambda: "",
    QuestionType.SELECT_MULTIPLE: lambda: _("Tap all the answers that fit, then tap “Done”."),
    QuestionType.NOTE: lambda: "",
}


def page_with(choice: int) -> int:
    """The page on which a choice stands."""
    return choice // PAGE


def _choice_rows(asked: Asked, page: int) -> Rows:
    one = asked.question
    if one.type not in {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}:
        return ()
    places = [one.choices.index(choice) for choice in asked.interview.choices(one)]
    shown, page, count = page_of(places, page)
    wide = _is_wide(asked)
    buttons = [_choice_button(asked, place, numbered=wide) for place in shown]
    narrow = len(buttons) >= FEW and all(len(button.label) <= NARROW for button in buttons)
    step = 2 if narrow else 1
    grid = [tuple(buttons[start : start + step]) for start in range(0, len(buttons), step)]
    at = (asked.consultation_id, one.index)
    return rows(*grid, turning(page, count, lambda to: TurnChoices(*at, to, asked.seat)))


def _choice_button(asked: Asked, place: int, *, numbered: bool) -> Button:
    one = asked.question
    choice = one.choices[place]
    label = asked.interview.choice_label(choice, language_now())
    if numbered:
        label = f"{place + 1}. {label}"
    label = shortened(label, LONGEST_BUTTON)
    at = (asked.consultation_id, one.index, place)
    if one.type is QuestionType.SELECT_ONE:
        return Button(label, AnswerChoice(*at, asked.seat))
    ticked = choice.name in asked.choosing
    return Button(f"✅ {label}" if ticked else label, TickChoice(*at, not ticked, asked.seat))


def _is_wide(asked: Asked) -> bool:
    language = language_now()
    return any(
        len(asked.interview.choice_label(choice, language)) > WIDE
        for choice in asked.question.choices
    )


def _listed_choices(asked: Asked, page: int) -> str:
    """Long labels whole, with the numbers that may be typed."""
    if not _is_wide(asked):
        return ""
    one, language = asked.question, language_now()
    shown, _page, _count = page_of(asked.interview.choices(one), page)
    return lines(
        *(
            f"{one.choices.index(choice) + 1}. "
            + escape(shortened(asked.interview.choice_label(choice, language), LONGEST_CHOICE))
            for choice in shown
        )
    )


def _ticked(asked: Asked) -> str:
    if asked.question.type is not QuestionType.SELECT_MULTIPLE or not asked.choosing:
        return ""
    labels = [
        asked.interview.choice_label(choice, language_now())
        for choice in asked.question.choices
        if choice.name in asked.choosing
    ]
    return _("Chosen now: {answers}").format(
        answers=isolate(escape(shortened(_(", ").join(labels), LONGEST_TICKED)))
    )


def _control_rows(asked: Asked, *, has_answer: bool, suggested: bool) -> Rows:
    one: Question = asked.question
    at = (asked.consultation_id, one.index, asked.seat)
    return rows(
        _row(one.type is QuestionType.SELECT_MULTIPLE, _("Done"), FinishChoosing(*at)),
        _row(one.type is QuestionType.NOTE, _("Continue"), SkipQuestion(*at)),
        _row(has_answer, _("Keep my answer"), KeepAnswer(*at)),
        _row(suggested, _("Take this answer"), KeepAnswer(*at)),
        (
            *_row(asked.interview.before(one.path) is not None, _("Back"), GoBack(*at)),
            *_row(
                _may_skip(asked),
                _("Erase my answer") if has_answer else _("Skip"),
                SkipQuestion(*at),
            ),
        ),
        (
            Button(_("Save for later"), SaveForLater(asked.consultation_id, asked.seat)),
            *other_languages(asked.consultation_id),
        ),
    )


def _may_skip(asked: Asked) -> bool:
    is_note = asked.question.type is QuestionType.NOTE
    return not is_note and not asked.interview.is_required(asked.question)


def _row(wanted: bool, label: str, action: Action) -> Row:
    return (Button(label, action),) if wanted else ()
