"""A new consultation: the two ways to a questionnaire, and the draft that comes of it."""

from handlers.language import _
from handlers.views.actions import (
    ComposeQuestionnaire,
    FillInWorkbook,
    NewConsultation,
    OpenWorkspace,
    PreviewForm,
    ReplaceWorkbook,
)
from handlers.views.composing import title_of
from handlers.views.view import (
    Attached,
    Button,
    Row,
    Rows,
    View,
    lines,
    paragraphs,
    rows,
    said_title,
)
from participation.authoring import Begun
from participation.managing import Managed
from participation.roles import Act
from participation.staff import Staff


def beginning(staff: Staff) -> Row:
    """The way to a new consultation, for those who may."""
    if not staff.may(Act.AUTHOR):
        return ()
    return (Button(_("New consultation"), NewConsultation()),)


def authoring_rows(one: Managed, staff: Staff) -> Rows:
    """What can be done with a draft's questionnaire."""
    if not one.is_draft or not staff.may(Act.AUTHOR):
        return ()
    return (
        (Button(_("Preview"), PreviewForm(one.consultation_id)),),
        (Button(_("New workbook"), ReplaceWorkbook(one.consultation_id)),),
    )


def new_consultation(begun: Begun) -> View:
    """Two ways, and the one that was begun already."""
    composed = begun.composed
    return View(
        paragraphs(
            f"<b>{_('New consultation')}</b>",
            _("First the questionnaire. There are two ways:"),
            lines(
                _("In Excel: you get a workbook with examples, fill it in and send it back."),
                _("Here: you write the title and up to ten questions, one by one."),
            ),
            ""
            if composed is None
            else _("You have begun already: {title}.").format(title=title_of(composed)),
        ),
        rows(
            (Button(_("Continue what I began"), ComposeQuestionnaire(fresh=False)),)
            if composed
            else None,
            (Button(_("Fill in an Excel workbook"), FillInWorkbook()),),
            (
                Button(
                    _("Build it here, from the beginning") if composed else _("Build it here"),
                    ComposeQuestionnaire(fresh=True),
                ),
            ),
            (Button(_("Workspace"), OpenWorkspace()),),
        ),
    )


def awaiting_workbook(*, replacing: bool) -> View:
    """A workbook is waited for."""
    said = (
        _("Send the corrected workbook here, as a file. It replaces the draft’s questionnaire.")
        if replacing
        else _("The workbook is being prepared. Fill it in and send it back here, as a file.")
    )
    return View(said, rows((Button(_("Workspace"), OpenWorkspace()),)))


def template_sent(file: int) -> View:
    """The ready workbook, with what to do in three lines."""
    return View(
        lines(
            _("1. Open it in Excel. Point at a header: a note says what to write there."),
            _("2. Replace the five examples in the sheet “survey”; the last questions may stay."),
            _("3. Save it as .xlsx and send it back here."),
        ),
        (),
        Attached(file),
    )


def reading() -> View:
    """A workbook has come and is being read."""
    return View(_("Your workbook is being read. One moment."))


def taken_already() -> str:
    """The button of a refused workbook was tapped twice, or ten others have come since."""
    return _("This workbook was taken up already. If no draft comes, send it again.")


def send_a_file() -> View:
    """Something else than a file came."""
    return View(
        _("A workbook is awaited here: send the .xlsx file itself, with the paper clip."),
        rows((Button(_("Workspace"), OpenWorkspace()),)),
    )


def not_fetched() -> View:
    """Telegram did not hand a file out."""
    return View(
        _("Telegram did not give us this file. Please send it once more."),
        rows((Button(_("Workspace"), OpenWorkspace()),)),
    )


def no_more_a_draft() -> View:
    """The consultation was opened, or the role withdrawn, before the workbook was read."""
    return View(
        _("This workbook was not used: the consultation is no longer a draft of yours to change."),
        rows((Button(_("Workspace"), OpenWorkspace()),)),
    )


def drafted(one: Managed, *, again: bool = False) -> View:
    """A draft has been made of it, or there was one of the very same questionnaire."""
    said = (
        _("You have sent this questionnaire before: {title} is its draft, and there is no second.")
        if again
        else _("The questionnaire is ready, and {title} is a draft now: nobody sees it yet.")
    )
    return View(
        lines(
            said.format(title=said_title(one.title)),
            _("Look at it with “Preview” before you open it."),
        )
    )


def workbook_to_keep(file: int) -> View:
    """The workbook made of what was written in the chat."""
    return View(
        _("Your questionnaire as a workbook, to keep or to change in Excel."), (), Attached(file)
    )
