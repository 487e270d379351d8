"""Publishing a report: seen beforehand, confirmed, done."""

from handlers.language import _, isolate, ngettext
from handlers.views.actions import (
    Action,
    ManageConsultation,
    PreviewReport,
    PublishReport,
    WriteReport,
)
from handlers.views.outcomes import outcome_page, titled
from handlers.views.reports import missing
from handlers.views.view import (
    Button,
    Row,
    Rows,
    View,
    bold,
    lines,
    paragraphs,
    rows,
    turning,
)
from participation.report_publication import Published
from participation.reports import Report


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
            lines(*missing(report)),
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
