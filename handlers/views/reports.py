"""A report back as it is being written: the whole of it, and its files."""

from collections.abc import Sequence

from handlers.language import OWN_NAMES, _, directed, in_language, isolate, language_now
from handlers.views.actions import (
    AskReportFile,
    AskReportText,
    ConfirmReport,
    GiveUpReport,
    ManageConsultation,
    OpenTheme,
    PreviewReport,
    RemoveReportFile,
    WriteReport,
)
from handlers.views.outcomes import titled, verdict_words
from handlers.views.view import (
    Button,
    Row,
    Rows,
    View,
    bold,
    lines,
    one_a_row,
    paragraphs,
    rows,
    shortened,
)
from participation.people import LANGUAGES
from participation.report_fields import Field
from participation.reports import MOST_THEMES, Report, Theme
from storage.reports import FileKind

LONGEST_LABEL = 40


def report_board(report: Report, *, first: str = "") -> View:
    """Everything that is written so far, and what can be done with it."""
    number = report.consultation_id
    return View(
        paragraphs(
            first,
            lines(bold(_("Report back")), titled(report.title)),
            lines(*_overview(report)) or _how_to_begin(),
            lines(*_files(report)),
            lines(*missing(report)),
        ),
        rows(
            *one_a_row(
                Button(_short(place, theme), OpenTheme(number, place))
                for place, theme in enumerate(report.themes)
            ),
            _adding(report),
            *_enclosing(report),
            *_finishing(report),
            (Button(_("Back"), ManageConsultation(number)),),
        ),
    )


def report_file(report: Report, language: str, *, first: str = "") -> View:
    """Asks for a file or a voice message in one language."""
    number = report.consultation_id
    remove = (Button(_("Remove the file"), RemoveReportFile(number, language)),)
    return View(
        paragraphs(
            first,
            _(
                "Send a file (PDF, Word, picture as a file) or a voice message in {language}."
            ).format(language=isolate(OWN_NAMES[language])),
            _("People who read this language get it beside the themes."),
        ),
        rows(
            remove if language in report.files else (),
            (Button(_("To the report"), WriteReport(number)),),
        ),
    )


def report_giving_up(report: Report) -> View:
    """Asks once more before what was written is forgotten."""
    number = report.consultation_id
    return View(
        _("Forget everything that you have written here and not published?"),
        rows(
            (Button(_("Yes, forget it"), GiveUpReport(number, sure=True)),),
            (Button(_("To the report"), WriteReport(number)),),
        ),
    )


def _how_to_begin() -> str:
    return _(
        "Write theme by theme what was heard and what the commune answers, in Arabic and in "
        "French. What you write is kept after every message."
    )


def _overview(report: Report) -> Sequence[str]:
    return [
        _("{number}. {question}").format(number=isolate(place + 1), question=_state(theme))
        for place, theme in enumerate(report.themes)
    ]


def _state(theme: Theme) -> str:
    if not any(theme.heard.values()):
        return _("What was heard is missing")
    if theme.verdict is None:
        return _("No verdict yet")
    if theme.lacks_reason:
        return _("The reason is missing")
    return verdict_words(theme.verdict)


def _short(place: int, theme: Theme) -> str:
    heard = shortened(" ".join(in_language(theme.heard).split()), LONGEST_LABEL) or "…"
    label = _("{number}. {question}").format(number=isolate(place + 1), question=isolate(heard))
    return directed(label)


def _adding(report: Report) -> Row:
    if len(report.themes) >= MOST_THEMES:
        return ()
    field = Field(len(report.themes), is_reason=False, language=language_now())
    return (Button(_("Add a theme"), AskReportText(report.consultation_id, field.number)),)


def _enclosing(report: Report) -> Rows:
    return tuple(
        (
            Button(
                _("File or voice: {language}").format(language=OWN_NAMES[language]),
                AskReportFile(report.consultation_id, language),
            ),
        )
        for language in LANGUAGES
    )


def _finishing(report: Report) -> Rows:
    number = report.consultation_id
    if not report.themes and not report.files:
        return ()
    previews = tuple(
        Button(
            _("Preview: {language}").format(language=OWN_NAMES[language]),
            PreviewReport(number, language, 0),
        )
        for language in LANGUAGES
    )
    return (
        previews,
        (Button(_("Publish"), ConfirmReport(number)),),
        (Button(_("Forget this draft"), GiveUpReport(number, sure=False)),),
    )


def _files(report: Report) -> Sequence[str]:
    return [
        (
            _("Voice message in {language}.")
            if one.kind is FileKind.VOICE
            else _("File in {language}.")
        ).format(language=isolate(OWN_NAMES[language]))
        for language, one in report.files.items()
    ]


def missing(report: Report) -> Sequence[str]:
    """A sentence for each language in which something is not said."""
    return [
        _("Not everything is said in {language}: those who read it will see the other.").format(
            language=isolate(OWN_NAMES[language])
        )
        for language in report.missing
    ]
