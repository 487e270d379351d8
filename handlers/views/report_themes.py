"""One theme of a report, and the texts that are asked for."""

from handlers.language import OWN_NAMES, _, isolate
from handlers.views.actions import (
    AskReportText,
    DecideTheme,
    RemoveTheme,
    SkipReportText,
    WriteReport,
)
from handlers.views.outcomes import said, theme_words, verdict_words
from handlers.views.view import (
    Button,
    Row,
    Rows,
    View,
    lines,
    one_a_row,
    own_lines,
    paragraphs,
    rows,
)
from participation.people import LANGUAGES
from participation.report_fields import NOTE, Field
from participation.reports import Report
from storage.reports import Verdict


def theme_page(report: Report, place: int) -> View:
    """One theme with what can be changed in it."""
    number, theme = report.consultation_id, report.themes[place]
    return View(
        paragraphs(
            theme_words(place + 1, theme),
            _("This verdict needs a reason.") if theme.lacks_reason else "",
            _("Choose the verdict, or change a text:"),
        ),
        rows(
            *_verdicts(number, place),
            _texts(number, place, is_reason=False),
            _texts(number, place, is_reason=True),
            (
                Button(
                    _("Remove this theme"), RemoveTheme(number, place, count=len(report.themes))
                ),
            ),
            (Button(_("To the report"), WriteReport(number)),),
        ),
    )


def verdict_choice(report: Report, place: int) -> View:
    """What the commune does with the theme."""
    theme = report.themes[place]
    question = _("Theme {number}: what is the commune’s answer?").format(number=isolate(place + 1))
    return View(
        paragraphs(
            question,
            said(theme.heard),
            _("Accepted in part and not accepted need a reason, which people will read."),
        ),
        rows(
            *_verdicts(report.consultation_id, place),
            (Button(_("To the report"), WriteReport(report.consultation_id)),),
        ),
    )


def report_text(
    report: Report, field: Field, present: str, *, first: str = "", may_skip: bool = True
) -> View:
    """Asks for one text in one language; ``present`` is what it holds now."""
    number = report.consultation_id
    skip = (Button(_("Not in this language"), SkipReportText(number, field.number)),)
    return View(
        paragraphs(
            first,
            _question(report, field),
            _("Write one message of up to {count} characters.").format(
                count=isolate(field.longest)
            ),
            lines(_("It says now:"), own_lines(present)) if present else "",
        ),
        rows(
            skip if may_skip else (),
            (Button(_("To the report"), WriteReport(number)),),
        ),
    )


def _verdicts(number: int, place: int) -> Rows:
    return one_a_row(
        Button(verdict_words(verdict), DecideTheme(number, place, verdict.value))
        for verdict in Verdict
    )


def _texts(number: int, place: int, *, is_reason: bool) -> Row:
    label = _("Reason · {language}") if is_reason else _("Heard · {language}")
    return tuple(
        Button(
            label.format(language=OWN_NAMES[language]),
            AskReportText(number, Field(place, is_reason, language).number),
        )
        for language in LANGUAGES
    )


def _question(report: Report, field: Field) -> str:
    language, number = isolate(OWN_NAMES[field.language]), isolate(field.theme + 1)
    if field.theme == NOTE:
        return _("What does this correction change? Write it for readers, in {language}.").format(
            language=language
        )
    if not field.is_reason:
        return _("Theme {number}: what was heard? Write it in {language}.").format(
            number=number, language=language
        )
    theme = report.themes[field.theme]
    if theme.verdict is Verdict.ACCEPTED:
        sentence = _("Theme {number}: what will the commune do? Write it in {language}.")
    else:
        sentence = _("Theme {number}: why? Write the reason in {language}.")
    return sentence.format(number=number, language=language)
