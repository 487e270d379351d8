"""Writing a report back, as staff see it."""

from collections.abc import Sequence

from handlers.language import OWN_NAMES, _, directed, in_language, isolate, language_now, ngettext
from handlers.views.actions import (
    Action,
    AskReportFile,
    AskReportText,
    ConfirmReport,
    DecideTheme,
    GiveUpReport,
    ManageConsultation,
    OpenTheme,
    PreviewReport,
    PublishReport,
    RemoveReportFile,
    RemoveTheme,
    SkipReportText,
    WriteReport,
)
from handlers.views.outcomes import outcome_page, said, theme_words, titled, verdict_words
from handlers.views.view import (
    Button,
    Row,
    Rows,
    View,
    bold,
    lines,
    one_a_row,
    own_lines,
    paragraphs,
    rows,
    shortened,
    turning,
)
from participation.people import LANGUAGES
from participation.reporting import NOTE, Field, Published
from participation.reports import MOST_THEMES, Report, Theme
from storage.reports import FileKind, Verdict

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
            lines(*_missing(report)),
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


def report_preview(report: Report, page: int, language: str) -> View:
    """What people will see, in the language being spoken."""
    number = report.consultation_id
    text, count = outcome_page(report, page)
    return View(
        paragraphs(bold(_("Preview: nobody else sees this yet.")), text),
        rows(
            turning(min(page, count - 1), count, lambda to: PreviewReport(number, language, to)),
            (Button(_("To the report"), WriteReport(number)),),
        ),
    )


def report_confirmation(report: Report, count: int) -> View:
    """The last question before everybody can read it."""
    number = report.consultation_id
    return View(
        paragraphs(
            lines(bold(_("Publish the report?")), titled(report.title)),
            lines(*_missing(report)),
            _("Everybody can read it then, on the card of the consultation."),
            _told(count),
        ),
        rows(
            *_publishing(report, count),
            (Button(_("To the report"), WriteReport(number)),),
        ),
    )


def report_published(published: Published) -> View:
    """Said once it is published."""
    number = published.report.consultation_id
    sentence = ngettext(
        "Published. {count} person is being told.",
        "Published. {count} people are being told.",
        published.count,
    )
    return View(
        sentence.format(count=isolate(published.count)) if published.count else _("Published."),
        rows(
            (Button(_("Back"), ManageConsultation(number)),),
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


def _missing(report: Report) -> Sequence[str]:
    return [
        _("Not everything is said in {language}: those who read it will see the other.").format(
            language=isolate(OWN_NAMES[language])
        )
        for language in report.missing
    ]


def _verdicts(number: int, place: int) -> Rows:
    return one_a_row(
        Button(verdict_words(verdict), DecideTheme(number, place, verdict.value))
        for verdict in Verdict
    )


def _texts(number: int, place: int, *, is_reason: bool) -> Row:
    label = _("Reason: {language}") if is_reason else _("Heard: {language}")
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


def _told(count: int) -> str:
    if not count:
        return _("Nobody has asked to be told.")
    sentence = ngettext(
        "{count} person asked to be told.", "{count} people asked to be told.", count
    )
    return sentence.format(count=isolate(count))


def _publishing(report: Report, count: int) -> Rows:
    number = report.consultation_id

    def button(label: str, *, telling: bool) -> Row:
        action: Action = PublishReport(number, telling)
        return (Button(label, action),)

    if report.version:
        quietly = button(_("Publish the correction"), telling=False)
        return (
            (quietly, button(_("Publish and tell them again"), telling=True))
            if count
            else (quietly,)
        )
    return (button(_("Publish and tell them") if count else _("Publish"), telling=True),)
