"""Refusals about the report on a consultation."""

from handlers.language import _, isolate
from handlers.refusals.sentences import Sentences
from participation.report_publication import (
    NoteMissing,
    NothingToPublish,
    ReportedMeanwhile,
    ReportUnfinished,
)
from participation.reporting import NoSuchTheme, StillAnswered, TooManyThemes
from participation.reports import MOST_THEMES
from participation.wording import InTheOtherLanguage

SENTENCES: Sentences = {
    StillAnswered: lambda _refusal: _(
        "The report is written once nobody can answer any more: 24 hours after the closing."
    ),
    TooManyThemes: lambda _refusal: _("A report has at most {count} themes.").format(
        count=isolate(MOST_THEMES)
    ),
    NoSuchTheme: lambda _refusal: _("This theme is not here any more. Please open the report."),
    InTheOtherLanguage: lambda _refusal: _("This text is in the other language: it is not kept."),
    NothingToPublish: lambda _refusal: _("There is nothing new to publish here."),
    ReportUnfinished: lambda refusal: _(
        "Theme {number} is not finished: it needs what was heard, a verdict, and the reason."
    ).format(number=isolate(refusal.number)),
    NoteMissing: lambda _refusal: _("Please write first what the correction changes."),
    ReportedMeanwhile: lambda _refusal: _(
        "Somebody else has published a newer version. Forget this draft and begin with that one."
    ),
}
